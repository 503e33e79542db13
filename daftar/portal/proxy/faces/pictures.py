"""Pictures before anything looks at them: how many, how large; decoded only when their header says they are small."""

import io
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from daftar.portal.proxy.faces.port import Frame

MOST_FRAMES = 15
LARGEST_FRAME = 250_000
LARGEST_CAPTURE = 2_000_000
"""Bytes; less than what Django writes to a temporary file, so that a capture never touches a disk."""

MOST_PIXELS = 1_300_000  # of a frame: 1280 x 960 and a little
MOST_PIXELS_OF_REFERENCE = 24_000_000
LARGEST_REFERENCE = 10_000_000
LONGEST_SIDE = 1280
"""A larger reference photograph is made smaller before it is searched for faces."""

Picture = NDArray[numpy.uint8]
"""Rows, columns, red green blue."""


class UnreadableError(ValueError):
    """No picture of ours."""


def may_be_looked_at(frames: Sequence[Frame], moves: int) -> bool:
    """Whether a capture is small enough and has frames of every step, in order."""
    sizes = [len(frame.jpeg) for frame in frames]
    steps = [frame.step for frame in frames]
    small = len(frames) <= MOST_FRAMES and sum(sizes) <= LARGEST_CAPTURE and max(sizes, default=0) <= LARGEST_FRAME
    return small and steps == sorted(steps) and set(steps) == set(range(moves + 1))


def frame_picture(jpeg: bytes) -> Picture:
    """One frame of a camera; raises `UnreadableError`."""
    return _picture(jpeg, ("JPEG",), MOST_PIXELS)


def reference_picture(written: bytes) -> Picture:
    """A reference photograph, upright and no larger than need be; raises `UnreadableError`."""
    if len(written) > LARGEST_REFERENCE:
        raise UnreadableError
    return _picture(written, ("JPEG", "PNG"), MOST_PIXELS_OF_REFERENCE)


def _picture(written: bytes, formats: tuple[str, ...], most_pixels: int) -> Picture:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it was imported, has half pictures pass as whole ones
    try:
        with Image.open(io.BytesIO(written), formats=formats) as image:
            if image.width * image.height > most_pixels:
                raise UnreadableError
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded smaller
            image.load()
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except UnreadableError:
        raise
    except Exception as error:  # a decoder may raise anything at a broken file
        raise UnreadableError from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return numpy.asarray(upright, dtype=numpy.uint8)
