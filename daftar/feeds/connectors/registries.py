"""Which registries there are, whom they are asked about, and from when on (S2.13 c)."""

from dataclasses import dataclass
from datetime import date, timedelta

from daftar.rules.parameters import law_set
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import EvidenceKind, Reason, Relation

AHEAD = timedelta(days=30)
"""How long before cover would end, or the law switches to the connector, a registry is asked."""


@dataclass(frozen=True, slots=True)
class Connector:
    """A registry of S2.13: its name in texts and journal, what it confirms, which reason that mends, and whose."""

    name: str
    kind: EvidenceKind
    jurisdiction: str
    missing: Reason
    relation: Relation


STUDY_CERTIFICATES = Connector(
    "study_certificates", EvidenceKind.STUDY_CERTIFICATE, "ir", Reason.STUDY_CERTIFICATE_MISSING, Relation.SON
)
"""The Ministry of Science, Research and Technology: sons of 19 full years."""

BIRTH_REGISTRATIONS = Connector(
    "birth_registrations",
    EvidenceKind.BIRTH_CERTIFICATE_SEEN,
    "ir",
    Reason.BIRTH_CERTIFICATE_CHECK_MISSING,
    Relation.DAUGHTER,
)
"""The registration of births: daughters whose original birth certificate would have to be seen."""

CONNECTORS = {each.kind: each for each in (STUDY_CERTIFICATES, BIRTH_REGISTRATIONS)}


def decides(kind: EvidenceKind, jurisdiction: str, day: date) -> bool:
    """Whether on a day only a connector's word counts for a kind of evidence, and paper no longer (S2.13)."""
    return law_set(jurisdictions()[jurisdiction].law_set)[f"connector/{kind}"].at(day) is True


def is_asked(connector: Connector, day: date) -> bool:
    """Whether a registry is asked on a day: when it decides, and some weeks before, so that nobody loses cover."""
    return decides(connector.kind, connector.jurisdiction, day + AHEAD)


def decides_from(kind: EvidenceKind, jurisdiction: str, day: date) -> date | None:
    """The next day, `day` included, from which only a connector's word counts; None when no such day is known."""
    parameter = law_set(jurisdictions()[jurisdiction].law_set)[f"connector/{kind}"]
    if parameter.at(day) is True:
        return day
    return min((each.since for each in parameter.values if each.since > day and each.value is True), default=None)
