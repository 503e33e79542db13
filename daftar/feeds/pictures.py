"""Photographs made anew: a JPEG of ours out of a JPEG or PNG from outside, without anything that came along with it.

`python -m daftar.feeds.pictures` is the process that does it (`pictures_apart`): decoders read strangers' bytes there.
"""

import io
import resource
import sys

import msgspec
from PIL import Image, ImageFile, ImageOps

FORMATS = ("JPEG", "PNG")
LARGEST_BYTES = 10_000_000
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 960
"""The smallest face that a face check finds in such a picture is still as large as its net looks at (150 pixels)."""

QUALITY = 90
CPU_SECONDS = 60
MEMORY = 2 << 30

Made = bytes | str
"""A JPEG, or the code of what is wrong (texts: section `feed`)."""


class UnreadablePicture(ValueError):
    """No photograph that can be kept; its text is a code of the section `feed`."""


def main() -> None:
    """Photographs from standard input, what became of each to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[bytes])
    sys.stdout.buffer.write(msgspec.msgpack.encode([_made(each) for each in given]))


def picture_made(written: bytes) -> bytes:
    """A JPEG of ours, upright and no larger than need be; raises `UnreadablePicture`."""
    if len(written) > LARGEST_BYTES:
        raise UnreadablePicture("photo_too_large")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # half a photograph is none
    try:
        with Image.open(io.BytesIO(written), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnreadablePicture("photo_too_large")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded smaller
            image.load()
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except UnreadablePicture:
        raise
    except Exception as error:  # a decoder may raise anything at a broken file
        raise UnreadablePicture("photo_unreadable") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = io.BytesIO()
    Image.frombytes("RGB", upright.size, upright.tobytes()).save(made, "JPEG", quality=QUALITY)  # the pixels alone
    return made.getvalue()


def _made(written: bytes) -> Made:
    try:
        return picture_made(written)
    except UnreadablePicture as error:
        return str(error)


if __name__ == "__main__":
    main()
