"""The stage on which stories are told: makes their persons, keeps what must be answered about them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Someone
from daftar.config.demo.people import People
from daftar.terms.outcomes import Reason, Setting, Status

PAID_UNTIL = -1
"""Stories that are paid up are paid to the end of last month: this month's contribution is not due yet."""

COMPULSORY_GRACE, SELF_EMPLOYED_GRACE, VOLUNTARY_GRACE = 3, 2, 1
"""Months of grace by kind, as in daftar/rules/parameters/*/grace; written here by hand, so that a test compares."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer that must be given. `valid_until` None: open, or not covered."""

    service_date: date
    setting: Setting
    status: Status
    reason: Reason
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """A person, the mobile to ask with, one line about them, and the expected answer. `name` as one signs up with."""

    id_type: str
    id_number: str
    name: str
    mobile: str
    about: str
    expected: Expected


@dataclass
class Stage:
    """Where stories of one jurisdiction are told; `days` counts from its own today."""

    facts: Facts
    people: People
    days: Days
    id_type: str
    office: str
    region: str
    stories: list[Story] = field(default_factory=list)

    def someone(self, sex: str, age: int, *, id_type: str = "", card_state: str = "", **more: Any) -> Someone:
        """A person of a full age, their birthday some months ago; `birth=` fixes the day, `id_card_issued=` a card."""
        birth = more.pop("birth", None) or self.days.born(age)
        card: dict[str, date | str] = {"card_state": card_state} if card_state else {}
        if issued := more.pop("id_card_issued", None):
            card["id_card_issued"] = issued
        person = self.people.make(id_type or self.id_type, sex, birth, office=self.office, **more)
        region = self.region
        return self.facts.person(person, insured_region=region, residence_region=region, **card)

    def main(self, sex: str = "male", age: int = 45, **more: Any) -> Someone:
        """A main insured in compulsory insurance, paid up: covered to `main_until`."""
        person = self.someone(sex, age, **more)
        self.facts.affiliation(person, "compulsory", self.days.years(-6))
        self.facts.paid(person, "compulsory", self.days.month(-24), self.days.month(PAID_UNTIL), amount=30_000_000)
        return person

    @property
    def main_until(self) -> date:
        """Last day of cover of `main`."""
        return self.days.month_end(PAID_UNTIL + COMPULSORY_GRACE)

    def covered(self, person: Someone, about: str, reason: Reason, until: date | None, **asked: Any) -> None:
        """This person must be answered *covered*."""
        self._tell(person, about, Status.COVERED, reason, until, **asked)

    def refused(self, person: Someone, about: str, reason: Reason, **asked: Any) -> None:
        """This person must be answered *not covered*."""
        self._tell(person, about, Status.NOT_COVERED, reason, None, **asked)

    def _tell(
        self,
        person: Someone,
        about: str,
        status: Status,
        reason: Reason,
        until: date | None,
        *,
        on: date | None = None,
        setting: Setting = Setting.OUTPATIENT,
        mobile: str = "",
    ) -> None:
        expected = Expected(on or self.days.today, setting, status, reason, until)
        mobile = mobile or person.mobile
        self.stories.append(Story(person.id_type, person.id_number, person.name, mobile, about, expected))
