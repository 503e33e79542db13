"""S2 in the guide's words, by API: facts come in by feeds, the law makes spans of them, machines ask (S2.x).

On SQLite and on PostgreSQL, through a served gate; nothing is written behind its back but who may ask.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from daftar.disclosure.outbox import open_message
from tests.gate.installation import Registry, national_code, served, token

INQUIRIES = "/api/v1/eligibility-inquiries"
TODAY = date.today()
INSURED, WIFE, SON, DAUGHTER, PENSIONER, LAPSED, NOBODY = (national_code(serial) for serial in range(301, 308))
MOBILE = "09120000301"


def years_ago(years: int) -> str:
    return TODAY.replace(year=TODAY.year - years, day=1).isoformat()


def months_back(count: int) -> list[str]:
    """The last `count` months, newest first."""
    months, day = [], TODAY.replace(day=1)
    for _ in range(count):
        months.append(f"{day:%Y-%m}")
        day = (day - timedelta(days=1)).replace(day=1)
    return months


@dataclass
class Counter:
    """A contracted centre and a branch, both at the gate."""

    base: str
    registry: Registry
    centre: httpx.Client
    branch: httpx.Client

    def feed(self, table: str, columns: str, *rows: str) -> None:
        """The branch database sends rows; all must be let in."""
        body = "\n".join((columns, *rows, ""))
        name = f"{table}-{time.monotonic_ns()}"
        sent = self.branch.put(f"/api/v1/feeds/{table}/{name}", content=body, headers={"Content-Type": "text/csv"})
        assert sent.status_code == 200, sent.text
        assert sent.json()["quarantined"] == []

    def ask(self, number: str, **more: str) -> dict:
        """The centre asks in general mode."""
        subject = {"type": "ir-national-code", "number": number}
        return self.centre.post(INQUIRIES, json={"subject": subject} | more).raise_for_status().json()

    def own(self, number: str, mobile: str) -> httpx.Response:
        """The insured asks in specific mode and types back the code that came by SMS."""
        subject = {"type": "ir-national-code", "number": number}
        headers = {"Accept-Language": "fa"}
        body = {"subject": subject, "mobile": mobile}
        started = httpx.post(f"{self.base}/api/v1/own-entitlement/start", json=body, headers=headers)
        if started.status_code != 200:
            return started
        sealed = self.registry.read("SELECT sealed FROM outbox_message ORDER BY id DESC LIMIT 1")[0][0]
        code = re.search(r"\d{6}", open_message(self.registry.secrets, sealed).text).group()
        body = {"challenge": started.json()["challenge"], "code": code}
        return httpx.post(f"{self.base}/api/v1/own-entitlement/confirm", json=body, headers=headers)


@pytest.fixture(scope="module")
def counter(shared_database_url: str, secrets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    registry = Registry(shared_database_url, secrets)
    registry.organisation("centre")
    registry.client("centre", "centre")
    registry.client("branch", "", scopes=" ".join(f"feeds:{table}" for table in FEEDS))
    log = Path(tmp_path_factory.mktemp("log")) / "server.log"
    with served(shared_database_url, log=log) as server:
        headers = {
            name: {"Authorization": f"Bearer {token(server.base, name, registry.secret).json()['access_token']}"}
            for name in ("centre", "branch")
        }
        with (
            httpx.Client(base_url=server.base, headers=headers["centre"]) as centre,
            httpx.Client(base_url=server.base, headers=headers["branch"], timeout=60) as branch,
        ):
            made = Counter(server.base, registry, centre, branch)
            bring_facts(made)
            yield made


FEEDS = ("persons", "affiliations", "contributions", "dependencies", "evidence", "other_cover")


def bring_facts(counter: Counter) -> None:
    """One household, a pensioner, and somebody who stopped paying two years ago."""
    rows = (
        (INSURED, "male", years_ago(45), MOBILE),
        (WIFE, "female", years_ago(43), ""),
        (SON, "male", years_ago(20), ""),
        (DAUGHTER, "female", years_ago(16), ""),
        (PENSIONER, "male", years_ago(70), "09120000305"),
        (LAPSED, "male", years_ago(50), "09120000306"),
    )
    counter.feed(
        "persons",
        "id_type,id_number,sex,birth_date,mobile,mobile_verified",
        *(f"ir-national-code,{number},{sex},{born},{mobile},true" for number, sex, born, mobile in rows),
    )
    counter.feed(
        "affiliations",
        "affiliation_id,id_type,id_number,kind,starts",
        f"s2-1,ir-national-code,{INSURED},compulsory,{years_ago(20)}",
        f"s2-2,ir-national-code,{PENSIONER},pensioner,{years_ago(9)}",
        f"s2-3,ir-national-code,{LAPSED},compulsory,{years_ago(20)}",
    )
    counter.feed(
        "contributions",
        "id_type,id_number,month,kind,days",
        *(f"ir-national-code,{INSURED},{month},compulsory,30" for month in months_back(14)),
        *(f"ir-national-code,{LAPSED},{month},compulsory,30" for month in months_back(36)[24:]),
    )
    counter.feed(
        "dependencies",
        "id_type,id_number,main_id_type,main_id_number,starts,relation",
        f"ir-national-code,{WIFE},ir-national-code,{INSURED},{years_ago(20)},spouse",
        f"ir-national-code,{SON},ir-national-code,{INSURED},{years_ago(19)},son",
        f"ir-national-code,{DAUGHTER},ir-national-code,{INSURED},{years_ago(15)},daughter",
    )


def test_general_mode_tells_centres_one_of_two_statuses_with_a_tracking_code(counter: Counter) -> None:
    """«عام»: S2.7: «حمایت درمانی دارد» / «حمایت درمانی ندارد», no end date, no personal data."""
    told = {number: counter.ask(number) for number in (INSURED, WIFE, PENSIONER, LAPSED, NOBODY)}
    assert [answer["status"] for answer in told.values()] == ["covered"] * 3 + ["not_covered"] * 2
    fields = {"tracking_code", "status", "service_date", "setting", "answered_at"}
    assert all(set(answer) == fields for answer in told.values())
    assert len({answer["tracking_code"] for answer in told.values()}) == len(told)


def test_the_entitlement_takes_the_booklets_place_from_its_day_on(counter: Counter) -> None:
    """S2.3: the day is answered with the facts of the day: an earlier one too."""
    assert counter.ask(LAPSED, service_date=f"{months_back(36)[30]}-15")["status"] == "covered"
    assert counter.ask(PENSIONER, service_date=years_ago(10))["status"] == "not_covered"


def test_inpatient_care_resolves_overlap_between_basic_insurers(counter: Counter) -> None:
    """S2.5: «رفع همپوشانی‌های درمانی سازمان‌های بیمه‌گر پایه کماکان به قوت خود باقی است»."""
    assert [payer["insurer"] for payer in counter.ask(PENSIONER, setting="inpatient")["payers"]] == ["ir-sso"]
    counter.feed(
        "other_cover",
        "id_type,id_number,insurer,starts",
        f"ir-national-code,{PENSIONER},ir-health,{years_ago(2)}",
    )
    told = counter.ask(PENSIONER, setting="inpatient")
    assert sorted(payer["insurer"] for payer in told["payers"]) == ["ir-health", "ir-sso"]
    choice = {"reference": "بستری ۴", "payer": told["payers"][0]["insurer"]}
    recorded = counter.centre.post(f"{INQUIRIES}/{told['tracking_code']}/admission", json=choice)
    assert recorded.json()["payer"] == choice["payer"]


def test_specific_mode_authenticates_first_then_tells_the_end_date(counter: Counter) -> None:
    """«خاص»: S2.8, S2.10: «ابتدا فرد احراز هویت شده», then status, «تاریخ پایان اعتبار استحقاق درمان», code."""
    told = counter.own(INSURED, MOBILE).json()
    assert (told["status"], told["reason"]["code"]) == ("covered", "contribution_paid")
    assert date.fromisoformat(told["valid_until"]) > TODAY
    assert told["data_as_of"]
    assert told["notice"]
    lapsed = counter.own(LAPSED, "09120000306").json()
    assert (lapsed["status"], lapsed["reason"]["code"]) == ("not_covered", "contribution_lapsed")


def test_a_mobile_that_does_not_match_is_sent_to_a_branch(counter: Counter) -> None:
    """S2.9: «عدم تطابق کد ملی با شماره موبایل»: register and be authenticated at a branch."""
    refused = counter.own(PENSIONER, "09129999999")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/mismatch")
    assert refused.json()["title"].startswith("عدم تطابق کد ملی با شماره موبایل")
    assert refused.json()["title"] == counter.own(NOBODY, "09129999999").json()["title"]


def test_a_son_of_nineteen_needs_a_study_certificate(counter: Counter) -> None:
    """S2.13: sons of 19 full years without a valid university study certificate are shown without cover."""
    assert counter.ask(SON)["status"] == "not_covered"
    counter.feed(
        "evidence",
        "id_type,id_number,kind,valid_from,source",
        f"ir-national-code,{SON},study_certificate,{(TODAY - timedelta(days=40)).isoformat()},counter",
    )
    assert counter.ask(SON)["status"] == "covered"


def test_a_daughter_needs_the_original_birth_certificate(counter: Counter) -> None:
    """S2.13: daughters without «اصل شناسنامه» are shown without cover, until an office has seen it."""
    assert counter.ask(DAUGHTER)["status"] == "not_covered"
    seen = (TODAY - timedelta(days=40)).isoformat()
    papers = ("birth_certificate_seen", "unmarried", "not_employed")
    rows = (f"ir-national-code,{DAUGHTER},{paper},{seen},counter" for paper in papers)
    counter.feed("evidence", "id_type,id_number,kind,valid_from,source", *rows)
    assert counter.ask(DAUGHTER)["status"] == "covered"


def test_the_end_date_changes_with_the_conditions(counter: Counter) -> None:
    """S2.10: it rests on the conditions of the day of inquiry: a withdrawn spell ends it at once."""
    assert counter.ask(PENSIONER)["status"] == "covered"
    counter.feed(
        "affiliations",
        "affiliation_id,id_type,id_number,kind,starts,deleted",
        f"s2-2,ir-national-code,{PENSIONER},pensioner,{years_ago(9)},true",
    )
    assert counter.ask(PENSIONER)["status"] == "not_covered"
