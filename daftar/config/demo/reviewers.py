"""The persons behind the demo's reviewers: insured like everybody, for nobody decides their own or relatives' cases.

Their offices are a county's, a city's, the province's and headquarters, in cities of each way of deciding about an
enrolment (`rules/parameters/cn/enrolment`): 鹰潭 by one reviewer, 南昌 by two, 赣州 by rules alone.
"""

from dataclasses import dataclass
from datetime import datetime

from daftar.config.demo.access import LOG_INS
from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Someone
from daftar.config.demo.people import People
from daftar.store.keys import Secrets

REVIEWING = ("reviewer", "insurer_admin")
ID_TYPE = "cn-resident-id"
OFFICE = "cn-h360600"  # where they are registered; they live and are insured at their own office's place


@dataclass(frozen=True, slots=True)
class Behind:
    """A log-in that reviews, and the person behind it."""

    user: str
    person: Someone


def add_reviewers(facts: Facts, people: People, days: Days) -> list[Behind]:
    """One person for each reviewing log-in of China. Wants the offices first."""
    regions = {str(row["code"]): str(row["region"]) for row in facts.rows["offices"]}
    found = []
    for turn, log_in in enumerate(each for each in LOG_INS if each.jurisdiction == "cn" and each.role in REVIEWING):
        sex = "female" if turn % 2 else "male"
        person = people.make(ID_TYPE, sex, days.born(31 + 3 * turn), office=OFFICE)
        region = regions[log_in.office]
        facts.person(person, insured_region=region, residence_region=region)
        facts.affiliation(person, "compulsory", days.years(-5))
        facts.paid(person, "compulsory", days.month(-24), days.month(-1), amount=60_000)
        found.append(Behind(log_in.user, person))
    return found


def record_reviewers(secrets: Secrets, behind: list[Behind], at: datetime) -> None:
    """Record who is behind each of them, as headquarters would; once more changes nothing. Wants Django set up."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.review_services import reviewer_record

    by = Account.objects.get(user="headquarters")  # that of the other country: nobody records themself
    for each in behind:
        key = secrets.key(each.person.id_type, each.person.id_number)
        reviewer_record(account=Account.objects.get(user=each.user), person=key, by=by, at=at)
