"""The process that decodes one file: reads it, makes it anew, writes a line of JSON and the new file, ends.

It has neither secrets nor settings in its environment, opens no file for writing, and is held to memory and time by the
kernel. Start: `python -m daftar.portal.cases.materials.child material < file`.
"""

import json
import logging
import resource
import sys
import warnings

from daftar.portal.cases.materials.documents import document_anew
from daftar.portal.cases.materials.kinds import Kind, kind_of
from daftar.portal.cases.materials.limits import CHILD_MEMORY, CHILD_PROCESSOR_SECONDS
from daftar.portal.cases.materials.pages import page_picture
from daftar.portal.cases.materials.pictures import picture_anew
from daftar.portal.cases.materials.signature import signature_anew
from daftar.terms.misunderstood import Misunderstood

PAGE = "page-"
OUT_OF_MEANS = (MemoryError, RecursionError)


def made(task: str, content: bytes) -> tuple[dict[str, object], bytes]:
    """Head and content of the file made anew; a head with a `code` when it cannot be."""
    try:
        return _made(task, content)
    except Misunderstood as problem:
        return {"code": problem.code, "values": problem.values}, b""
    except OUT_OF_MEANS:
        return {"code": "material_too_complex"}, b""
    except Exception:  # decoders of hostile files raise whatever they like: all of it means damage
        return {"code": "material_damaged"}, b""


def _made(task: str, content: bytes) -> tuple[dict[str, object], bytes]:
    if task == "signature":
        return {"media_type": "image/png"}, signature_anew(content)
    if task.startswith(PAGE):
        return {"media_type": "image/jpeg"}, page_picture(content, int(task.removeprefix(PAGE)))
    kind = kind_of(content)
    if kind is Kind.PDF:
        written, pages = document_anew(content)
        return {"media_type": "application/pdf", "pages": pages}, written
    return {"media_type": "image/jpeg"}, picture_anew(content, kind)


def limit() -> None:
    """Hold this process to its means; a core would be a copy of the file on disk."""
    for what, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Read, make anew, write."""
    limit()
    logging.disable()  # readers tell of each fault they meet, in words of the file
    warnings.simplefilter("ignore")
    head, content = made(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
