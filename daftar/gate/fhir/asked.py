"""Reading what was asked: a CoverageEligibilityRequest, alone, in Parameters, or in a Bundle with what it refers to.

Insurer, coverage, provider and meta.profile are not decided by the sender: the person's identifier decides the insurer,
the token the provider, and a profile of somebody else's is only a claim about content that is checked here anyway.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET

from daftar.gate.fhir.shapes import IDENTIFIER, convert, read, read_kind, read_request, refuse_empty, untyped
from daftar.gate.fhir.systems import BY_TYPE_CODE, type_of_system
from daftar.gate.problems import FieldError, Problem, field_problem
from daftar.terms.calendars import read_iso_day
from daftar.terms.identifiers import TYPES, Identifier, read_identifier
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Setting
from daftar.terms.periods import check_service_day

REQUEST = "CoverageEligibilityRequest"
ANSWERED_PURPOSES = ("validation", "discovery")
PURPOSES = (*ANSWERED_PURPOSES, "benefits", "auth-requirements")
MOST_IN_BUNDLE = 1000
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
BENEFIT_CATEGORY = "http://terminology.hl7.org/CodeSystem/ex-benefitcategory"
_INPATIENT = {(ACT_CODE, "IMP"), (ACT_CODE, "ACUTE"), (ACT_CODE, "NONAC"), (BENEFIT_CATEGORY, "49"), ("", "inpatient")}
"""Categories of an item that ask for inpatient care; 49 is room and board. Any other one is outpatient care (S2.5)."""

Resource = dict[str, Any]


class Sent(msgspec.Struct, frozen=True):
    """A question as sent. `day` is None when today is meant; `path` is where it stood."""

    person: Identifier
    day: str | None
    day_at: str
    setting: Setting
    purposes: tuple[str, ...]


class _Parameter(msgspec.Struct):
    name: str
    resource: msgspec.Raw = msgspec.Raw()


class _Parameters(msgspec.Struct):
    parameter: list[_Parameter]


class _Entry(msgspec.Struct):
    resource: msgspec.Raw
    fullUrl: str = ""


class _Bundle(msgspec.Struct):
    type: str
    entry: list[_Entry]


_PARAMETERS, _BUNDLE = msgspec.json.Decoder(_Parameters), msgspec.json.Decoder(_Bundle)


def read_submitted(body: bytes) -> list[Sent | Problem]:
    """The questions of a `$submit`; several only out of a Bundle, where each is read on its own.

    Raises Problem `malformed-json`, `invalid-input`.
    """
    kind, path = read_kind(body), ""
    if kind == "Parameters":
        body, path = _parameter(body)
        kind = read_kind(body)
    path = path or kind
    if kind == "Bundle":
        return _read_bundle(body, path)
    return [read_single(body, kind, path)]


def read_single(body: bytes, kind: str, path: str) -> Sent:
    """The one request that a body is. Raises Problem `invalid-input`."""
    if kind != REQUEST:
        raise _wrong(f"{path}.resourceType", "unknown_word", allowed=REQUEST)
    return _read(body, path, ())


def read_person(identifiers: Iterable[Any], path: str) -> Identifier:
    """The first identifier of a system of ours. Raises Problem `invalid-input`."""
    for each in identifiers:
        name = type_of_system(each.system) if each.system is not UNSET else _by_type(each)
        if name and each.value is UNSET:
            raise _wrong(f"{path}.value", "required")
        if name:
            return read_number(name, each.value, f"{path}.value")
    raise _wrong(f"{path}.system", "unknown_identifier_system", allowed=", ".join(TYPES))


def read_number(type_name: str, number: str, path: str) -> Identifier:
    """An identifier of one of our types. Raises Problem `invalid-input`."""
    try:
        return read_identifier(type_name, number)
    except Misunderstood as error:
        raise field_problem(path, error) from None


def read_day(sent: Sent, today: date) -> date:
    """The day asked about, today when none is named. Raises Problem `invalid-input`."""
    if sent.day is None:
        return today
    try:
        return check_service_day(read_iso_day(sent.day), today)
    except Misunderstood as error:
        code = "whole_day_needed" if len(sent.day) < 10 else error.code
        raise _wrong(sent.day_at, code, **({} if code == "whole_day_needed" else error.values)) from None


def _read(body: bytes, path: str, around: Sequence[tuple[str, Resource]]) -> Sent:
    request = read_request(body, path)
    if request.status != "active":
        raise _wrong(f"{path}.status", "unknown_word", allowed="active")
    purposes = tuple(request.purpose)
    strange = [place for place, each in enumerate(purposes) if each not in PURPOSES]
    if strange or not any(each in ANSWERED_PURPOSES for each in purposes):
        allowed = PURPOSES if strange else ANSWERED_PURPOSES
        raise _wrong(f"{path}.purpose[{strange[0] if strange else 0}]", "unknown_word", allowed=", ".join(allowed))
    day, day_at = _day(request, path)
    return Sent(_person(request, around, path), day, day_at, _setting(request), purposes)


def _person(request: Any, around: Sequence[tuple[str, Resource]], path: str) -> Identifier:
    """The patient by identifier, or by a Patient that came along."""
    patient = request.patient
    if patient.identifier is not UNSET:
        return read_person((patient.identifier,), f"{path}.patient.identifier")
    if patient.reference is UNSET:
        raise _wrong(f"{path}.patient", "patient_unresolved")
    contained = () if request.contained is UNSET else request.contained
    inside = [(f"#{each.get('id')}", each) for each in contained]
    for name, resource in (*inside, *around):
        if name == patient.reference and resource.get("resourceType") == "Patient":
            shape = convert(resource.get("identifier", ()), list[IDENTIFIER], f"{path}.patient")
            return read_person(shape, f"{path}.patient.resolve().identifier")
    raise _wrong(f"{path}.patient.reference", "patient_unresolved")


def _day(request: Any, path: str) -> tuple[str | None, str]:
    """The day and its element; of a period its first day: on it the person is admitted."""
    if request.servicedPeriod is UNSET:
        return (None if request.servicedDate is UNSET else request.servicedDate), f"{path}.servicedDate"
    if request.servicedDate is not UNSET:
        raise _wrong(f"{path}.servicedPeriod", "given_twice")
    if request.servicedPeriod.start is UNSET:
        raise _wrong(f"{path}.servicedPeriod.start", "required")
    return request.servicedPeriod.start[:10], f"{path}.servicedPeriod.start"


def _setting(request: Any) -> Setting:
    for item in () if request.item is UNSET else request.item:
        coding = () if item.category is UNSET or item.category.coding is UNSET else item.category.coding
        if any((each.system or "", each.code) in _INPATIENT for each in coding):
            return Setting.INPATIENT
    return Setting.OUTPATIENT


def _parameter(body: bytes) -> tuple[bytes, str]:
    """The input parameter `resource` of the operation, and its path."""
    for place, each in enumerate(read(body, _PARAMETERS, "Parameters").parameter):
        if each.name == "resource" and bytes(each.resource):
            return bytes(each.resource), f"Parameters.parameter[{place}].resource"
    raise _wrong("Parameters.parameter", "required")


def _read_bundle(body: bytes, path: str) -> list[Sent | Problem]:
    bundle = read(body, _BUNDLE, path)
    if len(bundle.entry) > MOST_IN_BUNDLE:
        raise _wrong(f"{path}.entry", "too_many", most=str(MOST_IN_BUNDLE))
    bodies = [bytes(each.resource) for each in bundle.entry]
    kinds = [read_kind(each) for each in bodies]
    around: list[tuple[str, Resource]] = []
    for place, (entry, each, kind) in enumerate(zip(bundle.entry, bodies, kinds, strict=True)):
        if kind == "Patient":
            resource = untyped(each)
            refuse_empty(resource, f"{path}.entry[{place}].resource")
            around += [(name, resource) for name in (entry.fullUrl, f"Patient/{resource.get('id')}")]
    asked = [place for place, kind in enumerate(kinds) if kind == REQUEST]
    if not asked:
        raise _wrong(f"{path}.entry", "required")
    return [_read_entry(bodies[place], f"{path}.entry[{place}].resource", around, len(asked)) for place in asked]


def _read_entry(body: bytes, path: str, around: Sequence[tuple[str, Resource]], together: int) -> Sent | Problem:
    try:
        return _read(body, path, around)
    except Problem as problem:
        if together == 1:
            raise
        return problem


def _by_type(identifier: Any) -> str | None:
    coding = () if identifier.type is UNSET or identifier.type.coding is UNSET else identifier.type.coding
    return next((BY_TYPE_CODE[each.code] for each in coding if each.code in BY_TYPE_CODE), None)


def _wrong(element: str, code: str, **values: str) -> Problem:
    return Problem("invalid-input", (FieldError(element, code, values),))
