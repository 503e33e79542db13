"""How a case of the kind `objection` is handled: by people, never by the rules that it is about (S2.12)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import LeftToReviewer, Policy, Section
from daftar.portal.journal.services import TRACKING
from daftar.portal.objections.models import Objection
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits
from daftar.store.sealing import Fields
from daftar.terms.calendars import show_day
from daftar.terms.cases import Way
from daftar.terms.phones import show_phone
from daftar.terms.tracking_codes import grouped


class ObjectionProcedure:
    """The procedure of `CaseKind.OBJECTION`; the papers of an answer are recorded where it is decided."""

    def policy(self, case: Case, *, at: datetime) -> Policy:
        """One pair of eyes: what is recorded with it, a counter records by itself on any day."""
        return Policy(Way.MANUAL)

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        """Nothing is needed to say that something is wrong."""
        return ()

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> LeftToReviewer:
        """The rules have answered already."""
        return LeftToReviewer()

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        """Nothing beyond what was recorded with the decision."""

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        """What is objected to, and what was said."""
        return [Section(gettext("The objection"), list(_lines(case, fields)))]

    def written_at(self, case: Case) -> str:
        """Where people object."""
        return reverse("objections:own")


def _lines(case: Case, fields: Fields) -> Iterator[tuple[str, str]]:
    row = Objection.objects.filter(case=case).first()
    if row:
        (code,) = TRACKING.codes([row.inquiry])
        yield gettext("Tracking code of the answer"), digits(grouped(code))
        yield gettext("To be answered by"), show_day(row.due_on, language())
    yield gettext("What was said"), fields.get("said", "")
    if fields.get("caller"):
        yield gettext("Said on the telephone by"), say(f"objection_caller.{fields['caller']}")
    if fields.get("phone"):
        yield gettext("Number to call back"), digits(show_phone(fields["phone"]))
