"""Which format and FHIR version a request speaks and wants (R4 §3.1.0.1.11 and §2.1.0.6): JSON of version 4.0 only."""

from functools import lru_cache
from urllib.parse import parse_qs

from daftar.gate.problems import Problem
from daftar.gate.request import Request

FHIR_JSON = "application/fhir+json"
GENERIC = ("application/json", "text/json")
VERSION = "4.0"
_ANY = ("*/*", "application/*")
_SHORT = {"json": FHIR_JSON}
_OFFERED = f"{FHIR_JSON} / {GENERIC[0]}"


def answer_type(request: Request) -> bytes:
    """The media type of the answer. `_format` goes before Accept. Raises Problem `not-acceptable`."""
    return _chosen(request.headers.get(b"accept", b""), request.scope.get("query_string", b""))


def expect_json(request: Request) -> None:
    """The body is JSON of this version. Raises Problem `unsupported-media-type`."""
    _check_sent(request.headers.get(b"content-type", b""))


def parameters(request: Request) -> dict[str, list[str]]:
    """The parameters of the address."""
    return read_parameters(request.scope.get("query_string", b""))


def read_parameters(text: bytes) -> dict[str, list[str]]:
    """Parameters as a form or an address writes them; what is none is left out."""
    try:
        return parse_qs(text.decode("ascii"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return {}


@lru_cache(maxsize=256)
def _chosen(accept: bytes, query: bytes) -> bytes:
    wanted = read_parameters(query).get("_format", [])[-1:] if b"_format" in query else []
    names = [_SHORT.get(wanted[0].strip().lower(), wanted[0])] if wanted else accept.decode("latin-1").split(",")
    # `+` of a media type is a space in an address that did not write %2B
    ranked = sorted((_ranked(each.replace(" json", "+json") if wanted else each) for each in names), reverse=True)
    for weight, name, version in ranked:
        if weight > 0 and version:
            if name in (FHIR_JSON, *_ANY, ""):
                return _declared(FHIR_JSON)
            if name in GENERIC:
                return _declared(GENERIC[0])
    raise Problem("not-acceptable", offered=_OFFERED)


def _ranked(part: str) -> tuple[float, str, bool]:
    """Weight, name, and whether the version asked for is ours."""
    name, given = _media_type(part)
    try:
        weight = float(given.get("q", "1"))
    except ValueError:
        weight = 0.0
    return weight, name, _is_ours(given.get("fhirversion"))


@lru_cache(maxsize=256)
def _check_sent(content_type: bytes) -> None:
    name, given = _media_type(content_type.decode("latin-1"))
    charset = given.get("charset", "utf-8").lower().replace("-", "")
    if name not in (FHIR_JSON, *GENERIC) or charset != "utf8" or not _is_ours(given.get("fhirversion")):
        raise Problem("unsupported-media-type", expected=f"{_OFFERED}, FHIR {VERSION}")


def _media_type(part: str) -> tuple[str, dict[str, str]]:
    name, *given = part.split(";")
    pairs = (each.partition("=") for each in given)
    return name.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}


def _is_ours(version: str | None) -> bool:
    return version is None or version == VERSION or version.startswith(f"{VERSION}.")


def _declared(name: str) -> bytes:
    return f"{name}; charset=utf-8; fhirVersion={VERSION}".encode() if name == FHIR_JSON else name.encode()
