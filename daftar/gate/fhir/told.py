"""Answers as resources: CoverageEligibilityResponse, the request behind it, and Coverage (S2.7, S2.5).

General mode: a status and a tracking code, and of inpatient care the payers; no end of cover, no reason, no name. The
journal keeps no number, so what is read later says of the patient only that they are not shown.
"""

from typing import Any

import msgspec

from daftar.answers import Answer
from daftar.gate.fhir import systems
from daftar.gate.fhir.asked import ACT_CODE, ANSWERED_PURPOSES
from daftar.terms.identifiers import Identifier
from daftar.terms.insurers import insurer_name
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Setting, Status
from daftar.terms.texts import text, worded

Resource = dict[str, Any]

DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
NOT_SHOWN: Resource = {"type": "Patient", "extension": [{"url": DATA_ABSENT, "valueCode": "masked"}]}
PAYER_REASON = "/fhir/R4/StructureDefinition/payer-reason"
"""Extension of a Coverage: why its insurer stands where it stands in the order of payers (S2.5)."""

_CLASS = {Setting.INPATIENT: ("IMP", "inpatient encounter"), Setting.OUTPATIENT: ("AMB", "ambulatory")}


class Reader(msgspec.Struct, frozen=True):
    """To whom an answer is told: where this installation stands, the reader's language, the organisation that asked."""

    base_url: str
    language: str
    organisation: str

    def system(self, name: str) -> str:
        """A system of identifiers of this installation."""
        return systems.system(self.base_url, name)

    def patient(self, person: Identifier | None) -> Resource:
        """The reference to a person; None when only the journal is left to tell of them."""
        if person is None:
            return NOT_SHOWN
        return {"type": "Patient", "identifier": {"system": self.system(person.type), "value": person.number}}

    def asker(self) -> Resource:
        """The reference to the organisation that asked."""
        identifier = {"system": self.system(systems.ORGANISATION), "value": self.organisation}
        return {"type": "Organization", "identifier": identifier}

    def insurer(self, code: str) -> Resource:
        """The reference to an insurer; to one that no jurisdiction names, by its code alone."""
        named = insurer_name(code, self.language)
        if named == code:
            return {"type": "Organization", "identifier": {"system": self.system(systems.INSURER), "value": code}}
        return {"reference": f"Organization/{code}", "display": named}


class About(msgspec.Struct, frozen=True):
    """What an answer was asked about. `person` is None when only the journal is left to tell of them."""

    jurisdiction: str
    purposes: tuple[str, ...]
    person: Identifier | None = None


def tell_response(answer: Answer, about: About, reader: Reader) -> Resource:
    """The CoverageEligibilityResponse of an answer; `partial` when more was asked for than is told here."""
    code = answer.tracking_code
    insurer = jurisdictions()[about.jurisdiction].insurer
    unanswered = [each for each in about.purposes if each not in ANSWERED_PURPOSES]
    told: Resource = {
        "resourceType": "CoverageEligibilityResponse",
        "id": code,
        "meta": {"lastUpdated": answer.answered_at},
        "language": reader.language,
        "identifier": [{"system": reader.system(systems.TRACKING_CODE), "value": code}],
        "status": "active",
        "purpose": about.purposes,
        "patient": reader.patient(about.person),
        "servicedDate": answer.service_day,
        "created": answer.answered_at,
        "requestor": reader.asker(),
        "request": {"reference": f"CoverageEligibilityRequest/{code}"},
        "outcome": "partial" if unanswered else "complete",
        "disposition": text(f"status.{answer.status}", reader.language),
        "insurer": reader.insurer(insurer),
        "insurance": _insurance(answer, reader, insurer),
    }
    if unanswered:
        told["error"] = [{"code": {"text": text("fhir.validation_only", reader.language)}}]
    return told


def tell_request(answer: Answer, about: About, reader: Reader) -> Resource:
    """The CoverageEligibilityRequest that was answered, as the journal has it."""
    code, display = _CLASS[answer.setting]
    return {
        "resourceType": "CoverageEligibilityRequest",
        "id": answer.tracking_code,
        "meta": {"lastUpdated": answer.answered_at},
        "status": "active",
        "purpose": about.purposes,
        "patient": reader.patient(about.person),
        "servicedDate": answer.service_day,
        "created": answer.answered_at,
        "provider": reader.asker(),
        "insurer": reader.insurer(jurisdictions()[about.jurisdiction].insurer),
        "item": [{"category": {"coding": [{"system": ACT_CODE, "code": code, "display": display}]}}],
    }


def tell_coverages(answer: Answer, about: About, reader: Reader) -> list[Resource]:
    """A Coverage for each insurer that covers the day, in the order in which they pay."""
    covering = _covering(answer, jurisdictions()[about.jurisdiction].insurer)
    return [_coverage(answer, reader, place, *each, about.person) for place, each in enumerate(covering, start=1)]


def _covering(answer: Answer, own: str) -> list[tuple[str, str]]:
    """Insurers in order, each with the reason of its place; outpatient care asks the own one alone."""
    if answer.payers is not None:
        return [(each.insurer, each.reason) for each in answer.payers]
    return [(own, "")] if answer.status == Status.COVERED else []


def _insurance(answer: Answer, reader: Reader, own: str) -> list[Resource]:
    found = _covering(answer, own)
    told = [
        {"coverage": {"reference": f"Coverage/{answer.tracking_code}-{place}"}, "inforce": True}
        for place, _ in enumerate(found, start=1)
    ]
    if own not in [insurer for insurer, _ in found]:
        told.append({"coverage": {"display": insurer_name(own, reader.language)}, "inforce": False})
    return told


def _coverage(
    answer: Answer, reader: Reader, place: int, insurer: str, reason: str, person: Identifier | None
) -> Resource:
    told: Resource = {
        "resourceType": "Coverage",
        "id": f"{answer.tracking_code}-{place}",
        "meta": {"lastUpdated": answer.answered_at},
        "language": reader.language,
        "identifier": [{"system": reader.system(systems.TRACKING_CODE), "value": answer.tracking_code}],
        "status": "active",
        "beneficiary": reader.patient(person),
        "payor": [reader.insurer(insurer)],
    }
    if reason:
        words = {"coding": [{"code": reason}], "text": worded("payer_reason", reason, reader.language)}
        told["order"] = place
        told["extension"] = [{"url": f"{reader.base_url}{PAYER_REASON}", "valueCodeableConcept": words}]
    return told
