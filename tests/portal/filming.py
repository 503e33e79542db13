"""A film for Chromium's fake camera: somebody who does as a challenge asks, in time with the page that asks it."""

from collections.abc import Sequence
from pathlib import Path

import numpy
from PIL import Image

from daftar.portal.proxy.faces.port import Move
from tests.portal.posing import HEIGHT, MOVED, WIDTH, Sitter, shown

PER_SECOND = 10
LATE = 0.3
"""Share of a step by which the film is behind the page, so that the pictures fall into the middle of each pose."""


def film(path: Path, sitter: Sitter, moves: Sequence[Move], *, prepare_ms: int, step_ms: int, noise: int = 0) -> None:
    """Write the film as YUV4MPEG2; the camera plays it from its beginning when it is opened.

    Each frame has a grain of its own, as a camera's have; another `noise` makes another film of the same.
    """
    grain = numpy.random.default_rng(noise)
    poses = [shown(sitter), *(shown(sitter, **MOVED[move]) for move in moves)]
    ends = [(prepare_ms + (place + 1 + LATE) * step_ms) / 1000 for place in range(len(poses))]
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for place, planes in enumerate(map(_planes, poses)):
            begins = ends[place - 1] if place else 0
            for _ in range(round((ends[place] - begins) * PER_SECOND)):
                brightness = planes[0] + grain.integers(-2, 3, planes[0].shape)
                file.write(b"FRAME\n" + brightness.clip(16, 235).astype(numpy.uint8).tobytes() + planes[1] + planes[2])
    part.replace(path)


def _planes(picture: numpy.ndarray) -> tuple[numpy.ndarray, bytes, bytes]:
    """Brightness, and the two colours at half the size, in the narrow range that a camera's film has."""
    brightness, blue, red = Image.fromarray(picture).convert("YCbCr").split()
    half = (WIDTH // 2, HEIGHT // 2)
    colours = [128 + (numpy.asarray(each.resize(half)).astype(float) - 128) * 224 / 255 for each in (blue, red)]
    narrow = 16 + numpy.asarray(brightness).astype(float) * 219 / 255
    return narrow.astype(int), *(each.astype(numpy.uint8).tobytes() for each in colours)
