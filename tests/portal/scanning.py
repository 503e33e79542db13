"""A film for Chromium's fake camera: somebody holds a QR code before it."""

from pathlib import Path

import numpy
import segno

WIDTH, HEIGHT = 640, 480
PAPER, INK, GREY = 220, 30, 128
FRAMES = 10


def hold(path: Path, content: str) -> None:
    """Write the film as YUV4MPEG2: a code in the middle of a grey picture, as bright and dark as a camera sees it."""
    matrix = segno.make(content, error="m", micro=False).matrix
    code = numpy.array([[INK if dark else PAPER for dark in line] for line in matrix])
    code = numpy.pad(code, 4, constant_values=PAPER)
    scale = (HEIGHT - 40) // len(code)
    code = code.repeat(scale, axis=0).repeat(scale, axis=1)
    brightness = numpy.full((HEIGHT, WIDTH), GREY, dtype=numpy.uint8)
    top, left = (HEIGHT - len(code)) // 2, (WIDTH - len(code)) // 2
    brightness[top : top + len(code), left : left + len(code)] = code
    colours = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    part = path.with_suffix(".part")
    part.write_bytes(head + (b"FRAME\n" + brightness.tobytes() + colours) * FRAMES)
    part.replace(path)
