"""What each kind of case brings with it: its policy, the material it needs, the rules' decision, what approval does.

The app of a kind (enrolment, filing) gives its procedure in its `apps.py`; cases know no kind by themselves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from daftar.portal.cases.models import Case
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseKind, Way


@dataclass(frozen=True, slots=True)
class Policy:
    """How a case is decided, as it was on the day of submission; a later policy does not touch it (S3.15)."""

    way: Way
    four_eyes: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules decided; `reasons` are codes of the law's own reasons."""

    approved: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftToReviewer:
    """The rules decided nothing; `reasons` say what they cannot tell, for who submitted it and for the reviewer."""

    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a filled-in form as people read it: a heading, and name and value of each line, in their language."""

    title: str
    lines: Sequence[tuple[str, str]]


class Procedure(Protocol):
    """Everything runs in the transaction of the act."""

    def policy(self, case: Case, *, at: datetime) -> Policy:
        """The policy for a case that is being submitted."""

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        """Codes of material that is needed and not `given`."""

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> Decision | LeftToReviewer:
        """Decide by the rules. Where the policy is manual this counts for nothing; what they cannot tell is told."""

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        """Make the facts of an approved case, and their coverage.

        Raises CaseNotDone `facts_changed` when what was asked for cannot be any more: then nothing was approved.
        """

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        """What was filled in, for the applicant who checks it and for the reviewer who decides."""

    def written_at(self, case: Case) -> str:
        """Address of the page at which a draft, or a case that was sent back, is gone on with."""


_PROCEDURES: dict[CaseKind, Procedure] = {}


def procedure_give(kind: CaseKind, procedure: Procedure) -> None:
    """Say how cases of a kind are handled; a later one takes the place of the first."""
    _PROCEDURES[kind] = procedure


def procedure_of(kind: CaseKind) -> Procedure:
    """The procedure of a kind; KeyError when no app has given one."""
    return _PROCEDURES[kind]
