"""The persons behind the demo's staff: insured like everybody, for nobody serves or decides themself or those close.

The reviewers' offices are a county's, a city's, the province's and headquarters, in cities of each way of deciding
about an enrolment (`rules/parameters/cn/enrolment`): 鹰潭 by one reviewer, 南昌 by two, 赣州 by rules alone.
"""

from dataclasses import dataclass
from datetime import datetime

from daftar.config.demo.access import LOG_INS
from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Someone
from daftar.config.demo.people import People
from daftar.store.keys import Secrets

STAFF = ("counter", "hotline", "reviewer", "insurer_admin")
ENROLLED = {"ir": ("ir-national-code", "ir-b8-1", 60_000_000), "cn": ("cn-resident-id", "cn-h360600", 60_000)}
"""Identifier, the office that registers them, what they pay a month. They live at the place of their own office."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A staff log-in, and the person behind it."""

    user: str
    jurisdiction: str
    person: Someone


def add_staff(facts: Facts, people: People, days: dict[str, Days]) -> list[Behind]:
    """One person for each log-in of staff; `days` by jurisdiction. Wants the offices first."""
    regions = {str(row["code"]): str(row["region"]) for row in facts.rows["offices"]}
    found = []
    for turn, log_in in enumerate(each for each in LOG_INS if each.role in STAFF):
        id_type, office, amount = ENROLLED[log_in.jurisdiction]
        today, sex = days[log_in.jurisdiction], "female" if turn % 2 else "male"
        person = people.make(id_type, sex, today.born(25 + 2 * turn), office=office)
        region = regions[log_in.office]
        facts.person(person, insured_region=region, residence_region=region)
        facts.affiliation(person, "compulsory", today.years(-5))
        facts.paid(person, "compulsory", today.month(-24), today.month(-1), amount=amount)
        found.append(Behind(log_in.user, log_in.jurisdiction, person))
    return found


def record_staff(secrets: Secrets, behind: list[Behind], at: datetime) -> None:
    """Record who is behind each of them, as headquarters would; once more changes nothing. Wants Django set up."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.review_services import reviewer_record

    accounts = {each.user: each for each in Account.objects.filter(user__in=[each.user for each in behind])}
    heads = [each for each in accounts.values() if each.role == "insurer_admin"]
    for each in behind:
        by = next(head for head in heads if head.jurisdiction != each.jurisdiction)  # nobody records themself
        key = secrets.key(each.person.id_type, each.person.id_number)
        reviewer_record(account=accounts[each.user], person=key, by=by, at=at)
