"""The facts of an explanation on the staff page: of whom, known when, and gone since (S2.17, S2.18)."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from daftar.coverage.past import said
from daftar.portal.affiliation.models import Contribution
from daftar.portal.entitlement.models import Evidence, FactPast
from daftar.portal.entitlement.services import evidence_record
from daftar.portal.feeds.models import CoverageDue
from daftar.portal.journal.models import Inquiry
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.outcomes import EvidenceKind
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.objecting import answered, objected
from tests.portal.test_counter_guard import is_behind

pytestmark = pytest.mark.usefixtures("portal")

PROOF = {"office": world.OFFICE, "checked_by": "counter"}
PERSON = {"en": "Sex, birth and death", "fa": "جنسیت، تولد و درگذشت", "zh": "性别、出生与死亡"}
OF_MAIN = {"en": "Facts of the main insured", "fa": "داده‌های بیمه‌شده اصلی", "zh": "参保人的事实"}
NOT_YET = {"en": "not known yet when answered", "fa": "هنگام پاسخ هنوز نرسیده بود", "zh": "答复时尚未获知"}
WITHDRAWN = {"en": "withdrawn after the answer", "fa": "پس از پاسخ پس گرفته شد", "zh": "答复后已撤回"}
UNCOUNTED = {
    "en": "may not have counted yet",
    "fa": "هنوز به حساب نیامده باشد",
    "zh": "可能尚未计入",
}
CHANGED = {"en": "changed after the answer", "fa": "پس از پاسخ تغییر کرد", "zh": "答复后已变更"}


def page_of(code: str, language: str = "en", client: Client | None = None) -> str:
    response = (client or log_in("hotline")).get(f"/{language}/console/answers/{code}/")
    assert response.status_code == 200
    return words(response)


def row_of_the_person(code: str, language: str, client: Client) -> list[str]:
    """What the page says of the person themself, piece by piece."""
    content = client.get(f"/{language}/console/answers/{code}/").content.decode()
    [row] = [each for each in re.findall(r"<tr>.*?</tr>", content, re.DOTALL) if PERSON[language] in each]
    return re.findall(r"<bdi>(.*?)</bdi>", row)


def looks(key: UUID) -> list[tuple[str, str, str]]:
    return [(row.account, row.reason, row.shown) for row in told(key) if row.mode == "explanation"]


def record_paper(valid_until: date | None, at: datetime) -> None:
    evidence_record(
        key=world.key_of(world.SON),
        kind=EvidenceKind.STUDY_CERTIFICATE,
        valid_from=date(2026, 1, 1),
        valid_until=valid_until,
        office=world.OFFICE,
        by="counter",
        at=at,
    )


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_dependants_answer_is_explained_by_the_main_insured_too(language: str) -> None:
    page = page_of(answered(world.SON), language)
    assert OF_MAIN[language] in page
    assert text("basis.son", language) in page
    assert text("basis.compulsory", language) in page.split(OF_MAIN[language], 1)[1]
    assert NOT_YET[language] not in page
    assert looks(world.key_of(world.SON)) == [("hotline", "explained", "inquiry spans facts")]
    assert looks(world.key_of(world.PAID)) == [("hotline", "named_beside", "facts")]


def test_of_who_depends_on_nobody_no_one_else_is_looked_at() -> None:
    code, others = answered(world.PAID), Inquiry.objects.exclude(key=world.key_of(world.PAID)).count()
    assert OF_MAIN["en"] not in page_of(code)
    assert Inquiry.objects.exclude(key=world.key_of(world.PAID)).count() == others


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_what_came_and_what_went_since_is_marked(language: str) -> None:
    code, now, client = answered(world.LAPSED), timezone.now(), log_in("hotline")
    key = world.key_of(world.LAPSED)
    assert NOT_YET[language] not in page_of(code, language, client)
    Contribution.objects.create(
        key=key,
        month=date(2026, 9, 1),
        kind="voluntary",
        days=17,
        recorded_at=world.long_ago(),
        known_since=now + timedelta(minutes=1),
    )
    for kind, withdrawn in (("voluntary", True), ("self_employed", False)):
        FactPast.objects.create(
            key=key,
            table="affiliation",
            said=said({"kind": kind, "starts": "2020-01-01", "ends": None, "office": "ir-1"}),
            recorded_at=world.long_ago(),
            known_since=world.long_ago(),
            replaced_at=now + timedelta(minutes=1),
            withdrawn=withdrawn,
        )
    page = page_of(code, language, client)
    for mark in (NOT_YET, WITHDRAWN, CHANGED):
        assert page.count(mark[language]) == 1


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_while_cover_waits_to_be_computed_it_is_said_that_facts_may_not_count_yet(language: str) -> None:
    """As a load leaves it that has brought a month and not ended."""
    key, before, client = world.key_of(world.LAPSED), answered(world.LAPSED), log_in("hotline")
    month = {"month": date(2026, 9, 1), "kind": "compulsory", "days": 30, "recorded_at": world.long_ago()}
    CoverageDue.objects.create(key=key, since=timezone.now())
    Contribution.objects.create(key=key, known_since=timezone.now(), **month)
    assert UNCOUNTED[language] not in page_of(before, language, client)
    assert page_of(answered(world.LAPSED), language, client).count(UNCOUNTED[language]) == 1


@pytest.mark.parametrize(
    ("language", "word", "other"), [("fa", "مرد", "زن"), ("zh", "男", "女"), ("en", "Male", "Female")]
)
def test_the_sex_that_the_law_reads_is_said_in_words(language: str, word: str, other: str) -> None:
    code, key, client = answered(world.LAPSED), world.key_of(world.LAPSED), log_in("hotline")
    Person.objects.filter(key=key).update(sex="male")
    assert row_of_the_person(code, language, client)[0] == word
    Person.objects.filter(key=key).update(sex="female")
    assert row_of_the_person(code, language, client)[0] == other


def test_a_paper_brought_later_was_not_known_and_one_shown_again_was() -> None:
    son, at = world.key_of(world.SON), datetime(2026, 2, 1, tzinfo=UTC)
    record_paper(None, at)
    record_paper(None, at + timedelta(days=1))
    [paper] = Evidence.objects.filter(key=son)
    assert (paper.recorded_at, paper.known_since) == (at + timedelta(days=1), at)
    code, client = answered(world.SON), log_in("hotline")
    assert text("evidence.study_certificate", "en") in page_of(code, client=client)
    assert not FactPast.objects.exists()
    record_paper(date(2026, 6, 30), timezone.now())
    page = page_of(code, client=client)
    assert page.count(NOT_YET["en"]) == 1
    assert page.count(CHANGED["en"]) == 1
    [past] = FactPast.objects.all()
    assert (past.key, past.known_since, past.withdrawn) == (son, at, False)


def test_who_is_close_to_the_main_insured_explains_nothing_of_a_dependant() -> None:
    """Who acts for the father by proxy is not close to the son, but would read what the father paid."""
    code, hotline = answered(world.SON), log_in("hotline")
    is_behind("hotline", world.SILENT)
    assert hotline.get(f"/en/console/answers/{code}/").status_code == 200
    silent, father, now = world.key_of(world.SILENT), world.key_of(world.PAID), timezone.now()
    ProxyBinding.objects.create(
        principal=silent,
        member=father,
        jurisdiction="ir",
        way="counter",
        asked_at=now,
        bound_at=now,
        sealed=b"",
        **PROOF,
    )
    before = Inquiry.objects.count()
    assert hotline.get(f"/en/console/answers/{code}/").status_code == 404
    assert Inquiry.objects.count() == before
    assert log_in("headquarters").get(f"/en/console/answers/{code}/").status_code == 200


def test_beside_an_objection_the_look_at_the_main_insured_is_journalled_too() -> None:
    case = objected(world.SON)
    page = words(log_in("hotline").get(f"/en/console/objections/{case.number}/"))
    assert OF_MAIN["en"] in page
    assert looks(world.key_of(world.PAID)) == [("hotline", "named_beside", "facts")]
    assert looks(world.key_of(world.SON)) == [], "that look is the objection's"


def test_many_contributions_are_counted_not_shown() -> None:
    key, first = world.key_of(world.PENSIONER), date(2010, 1, 1)
    for month in world.months(first, date(2016, 12, 1)):
        Contribution.objects.create(key=key, month=month, kind="compulsory", days=30, recorded_at=world.long_ago())
    page = page_of(answered(world.PENSIONER))
    assert "not shown here: 48" in page
    assert page.count("days paid: 30") == 36


def test_the_span_that_is_lost_is_called_so() -> None:
    code = answered(world.LAPSED)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coverage SET rule_version = 'ir.newer'")
    page = page_of(code)
    assert "The span that decided is no longer kept." in page
    assert "Facts that came, changed or were withdrawn since are marked below." in page
