"""Two people before a camera: portraits that come with packages, turned and brought nearer by a warp.

Eileen Collins of scikit-image and Grace Hopper of matplotlib, both of them photographs of the United States government
and in the public domain. The warp gives a portrait the depth of a head: an ellipsoid, and a nose on it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

import matplotlib.cbook
import numpy
import skimage.data
from PIL import Image
from skimage.transform import warp

from daftar.portal.proxy.faces.port import Frame, Move

WIDTH, HEIGHT = 640, 480


@dataclass(frozen=True)
class Sitter:
    """Who sits before the camera: a portrait, where its nose is, and how far apart the eyes are, in its pixels."""

    name: str
    nose: tuple[float, float]
    eyes: float


EILEEN = Sitter("eileen", (226, 129), 43)
GRACE = Sitter("grace", (267, 240), 82)
EYES = 84
"""Between the eyes in a straight frame of ours, in pixels."""


@cache
def portrait(sitter: Sitter) -> numpy.ndarray:
    """The whole portrait."""
    if sitter is EILEEN:
        return skimage.data.astronaut()
    with matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=True) as file:
        return numpy.asarray(Image.open(file).convert("RGB"))


@cache
def shown(sitter: Sitter, turned: float = 0, nearer: float = 1, flat: bool = False) -> numpy.ndarray:
    """A frame of the camera: the head turned to its own left by so many degrees, and so much nearer.

    `flat`: it is the portrait on paper that is turned.
    """
    zoom = sitter.eyes / EYES / nearer
    down, across = numpy.mgrid[:HEIGHT, :WIDTH]
    x, y = (across - WIDTH / 2) * zoom, (down - HEIGHT / 2) * zoom
    angle = radians(turned)
    source = x.copy()
    for _ in range(12):  # the point of the head that is seen here, by going there
        source = (x - (0 if flat else depth(source, y, sitter.eyes)) * sin(angle)) / cos(angle)
    places = numpy.array([y + sitter.nose[1], source + sitter.nose[0]])
    layers = [warp(portrait(sitter)[..., layer], places, mode="edge", preserve_range=True) for layer in range(3)]
    return numpy.stack(layers, axis=-1).clip(0, 255).astype(numpy.uint8)


def depth(x: numpy.ndarray, y: numpy.ndarray, eyes: float) -> numpy.ndarray:
    """How far a point of the face stands out, `x` and `y` from the bottom of the nose."""
    head = 1.1 * eyes * numpy.exp(-((x / (1.6 * eyes)) ** 2 + ((y + 0.2 * eyes) / (2.2 * eyes)) ** 2))
    nose = 0.5 * eyes * numpy.exp(-((x / (0.3 * eyes)) ** 2 + (y / (0.35 * eyes)) ** 2))
    return head + nose


def jpeg(picture: numpy.ndarray, noise: int = 0) -> bytes:
    """As a camera writes it: with noise of its own, so that no two are the same."""
    grain = numpy.random.default_rng(noise).integers(-3, 4, picture.shape)
    written = io.BytesIO()
    Image.fromarray((picture.astype(int) + grain).clip(0, 255).astype(numpy.uint8)).save(written, "JPEG", quality=88)
    return written.getvalue()


MOVED = {Move.LEFT: {"turned": 25}, Move.RIGHT: {"turned": -25}, Move.CLOSER: {"nearer": 1.45}}


def filmed(sitter: Sitter, moves: Sequence[Move], flat: bool = False, noise: int = 0) -> list[Frame]:
    """A capture by somebody who does as asked: one straight frame, one at the end of each move."""
    poses = [shown(sitter), *(shown(sitter, **MOVED[move], flat=flat) for move in moves)]
    return [Frame(step, jpeg(picture, 100 * noise + step)) for step, picture in enumerate(poses)]


def empty_room() -> numpy.ndarray:
    """A frame without anybody."""
    across = numpy.linspace(90, 160, WIDTH, dtype=numpy.uint8)
    return numpy.repeat(numpy.repeat(across[None, :, None], HEIGHT, axis=0), 3, axis=2)


def beside(one: Sitter, other: Sitter) -> numpy.ndarray:
    """Two people in one frame."""
    quarter = WIDTH // 4
    halves = [shown(each)[:, quarter : quarter + WIDTH // 2] for each in (one, other)]
    return numpy.concatenate(halves, axis=1)
