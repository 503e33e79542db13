"""Strict decoders made of the element tables: an unknown name, a wrong type, an empty value is an error with a path."""

from types import GenericAlias
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from daftar.gate.fhir.elements import ANYTHING, BACKBONES, DATATYPES, PRIMITIVES, REQUEST
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import decode

DEEPEST = 40
T = TypeVar("T")
_UNDERSTOOD_BY_NOBODY = ("modifierExtension", "implicitRules")
_BLANK = b" \t\r\n"


class Kind(Struct):
    """The type of a resource."""

    resourceType: str


class Extension(Struct):
    """An extension may be ignored, whatever its value is (R4 §2.4)."""

    url: str


def _shape(name: str, elements: str, known: dict[str, Any], tag: str | None = None) -> Any:
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for each in elements.split():
        element, _, type_name = each.partition(":")
        bare = type_name.rstrip("*!")
        one = known[bare]
        type_: Any = GenericAlias(list, one) if "*" in type_name else one
        fields.append((element, type_) if "!" in type_name else (element, type_ | UnsetType, UNSET))
        if bare in PRIMITIVES:
            fields.append((f"_{element}", Any, UNSET))  # extensions of a primitive value
    return msgspec.defstruct(
        name, fields, kw_only=True, forbid_unknown_fields=True, gc=False, tag_field=tag and "resourceType", tag=tag
    )


def _request() -> Any:
    known: dict[str, Any] = PRIMITIVES | ANYTHING | {"Extension": Extension}
    for name, elements in (DATATYPES | BACKBONES).items():
        known[name] = _shape(name, elements, known)
    return known["Identifier"], _shape("Request", REQUEST, known, "CoverageEligibilityRequest")


IDENTIFIER, _REQUEST_SHAPE = _request()
_KIND = msgspec.json.Decoder(Kind)
_REQUEST_DECODER = msgspec.json.Decoder(_REQUEST_SHAPE)


def read_kind(body: bytes) -> str:
    """The resource type of a JSON body. Raises Problem `malformed-json` or `invalid-input`."""
    return read(body, _KIND, "$this").resourceType


def read_request(body: bytes, path: str) -> Any:
    """A CoverageEligibilityRequest, whose elements are attributes and msgspec.UNSET where absent.

    `path` is where it stands in what was sent. Raises Problem `invalid-input` naming the element.
    """
    dense = body.translate(None, _BLANK)
    if b"[]" in dense or b"{}" in dense or b"null" in dense:  # or within a string: looked at more slowly
        refuse_empty(untyped(body), path)
    return read(body, _REQUEST_DECODER, path)


def read(body: bytes, decoder: msgspec.json.Decoder[T], path: str) -> T:
    """A body by a decoder. Raises Problem `malformed-json`, or `invalid-input` naming the element below `path`."""
    try:
        return decode(body, decoder)
    except Problem as problem:
        raise Problem(problem.slug, tuple(_explained(each, path) for each in problem.errors)) from None


def convert(value: Any, shape: Any, path: str) -> Any:
    """Untyped JSON as one of the shapes. Raises Problem `invalid-input`."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        raise Problem("invalid-input", (FieldError(path, "not_fhir_form"),)) from None


def refuse_empty(value: Any, path: str) -> None:
    """No list, object or string may be empty and nothing null (R4 §2.6.2). Raises Problem `invalid-input`."""
    found = _empty_within(value, 0)
    if found is not None:
        raise Problem("invalid-input", (FieldError(path + found, "empty"),))


def _empty_within(value: Any, depth: int) -> str | None:
    """Where below a value the first empty one stands; what is nested too deeply counts as empty too."""
    if value is None or value in ("", [], {}) or depth > DEEPEST:
        return ""
    if isinstance(value, dict):
        for name, each in value.items():
            if (found := _empty_within(each, depth + 1)) is not None:
                return f".{name}{found}"
    elif isinstance(value, list):
        for place, each in enumerate(value):
            if (found := _empty_within(each, depth + 1)) is not None:
                return f"[{place}]{found}"
    return None


def untyped(body: bytes) -> Any:
    """JSON of any shape. Raises Problem `malformed-json`."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem("malformed-json") from None


def _explained(error: FieldError, path: str) -> FieldError:
    """The element by its FHIRPath, and what is wrong in FHIR's sense."""
    element = error.field.rpartition(".")[2]
    code = "not_understood" if error.code == "unknown_field" and element in _UNDERSTOOD_BY_NOBODY else error.code
    where = path if error.field in ("", "$") else f"{path}.{error.field}"
    return FieldError(where.replace(".[", "["), "not_fhir_form" if code == "wrong_type" else code, error.values)
