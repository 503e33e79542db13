"""S1 in the guide's words, by API: facts come in by feeds, organisations with an agreement ask (S1.1-S1.20).

On SQLite and on PostgreSQL, through a served gate; nothing is written behind its back but who may ask.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.gate.installation import Registry, national_code, served, token

INQUIRIES = "/api/v1/affiliation-inquiries"
WORKER, DAUGHTER, FORMER, PENSIONER, NEVER, NOBODY = (national_code(serial) for serial in range(401, 407))
FEEDS = ("persons", "affiliations", "dependencies", "offices")
STATES = {
    "no_record": "اطلاعاتی با شماره ملی مورد نظر موجود نیست.",
    "not_active": "اطلاعات مربوط به شماره ملی موجود ولیکن شخص مورد نظر ارتباط بیمه‌ای فعال ندارد.",
    "affiliated_in_period": "شخص مورد نظر در دوره تعیین‌شده دارای ارتباط بیمه‌ای بوده است.",
    "active": "اطلاعات مربوط به شماره ملی موجود و شخص مورد نظر در زمان استعلام دارای ارتباط بیمه‌ای فعال می‌باشد.",
}
"""S1.13-S1.16, word for word."""


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Tehran")).date()


@dataclass
class Panel:
    """A fund, a court and the police, and a branch that sends facts."""

    base: str
    registry: Registry
    askers: dict[str, httpx.Client]
    branch: httpx.Client

    def feed(self, table: str, columns: str, *rows: str) -> None:
        """The branch database sends rows; all must be let in."""
        name = f"{table}-{time.monotonic_ns()}"
        body = "\n".join((columns, *rows, "")).encode()
        sent = self.branch.put(f"/api/v1/feeds/{table}/{name}", content=body, headers={"Content-Type": "text/csv"})
        assert sent.status_code == 200, sent.text
        assert sent.json()["quarantined"] == []

    def ask(self, who: str, number: str, **more: Any) -> dict[str, Any]:
        """Enter the national number and inquire directly (S1.7)."""
        answer = self.sent(who, number, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sent(self, who: str, number: str, **more: Any) -> httpx.Response:
        letter = {"number": "۱۴۰۵/۱۲۳", "date": str(today())}
        body = {"subject": {"type": "ir-national-code", "number": number}, "reference": letter} | more
        return self.askers[who].post(INQUIRIES, json=body, headers={"Accept-Language": "fa"})


@pytest.fixture(scope="module")
def panel(shared_database_url: str, secrets: Any) -> Iterator[Panel]:
    registry = Registry(shared_database_url, secrets)
    for kind in ("fund", "judicial", "quasi_judicial"):
        registry.organisation(kind, kind=kind)
        registry.client(kind, kind, "affiliation")
    registry.organisation("stranger", kind="fund", ends=today() - timedelta(days=1))
    registry.client("stranger", "stranger", "affiliation")
    registry.client("branch", "", scopes=" ".join(f"feeds:{table}" for table in FEEDS))
    with served(shared_database_url) as server:
        clients = {}
        for name in ("fund", "judicial", "quasi_judicial", "stranger", "branch"):
            bearer = token(server.base, name, registry.secret).raise_for_status().json()["access_token"]
            headers = {"Authorization": f"Bearer {bearer}"}
            clients[name] = httpx.Client(base_url=server.base, headers=headers, timeout=60)
        found = Panel(server.base, registry, clients, clients.pop("branch"))
        send_facts(found)
        yield found
        for each in (*clients.values(), found.branch):
            each.close()


def send_facts(panel: Panel) -> None:
    """A worker and her daughter, one who worked once, a pensioner, one who never was insured."""
    panel.feed("offices", "code,kind,name", "b8,branch,شعبه ۸ تهران")
    columns = "id_type,id_number,given_name,family_name,father_name,birth_date,insurance_number,residence_address,phone"
    people = (
        (WORKER, "مریم", "1985-04-04", "0011223344"),
        (DAUGHTER, "سارا", "2015-04-04", "0011223345"),
        (FORMER, "رضا", "1970-04-04", "0011223346"),
        (PENSIONER, "حسن", "1950-04-04", "0011223347"),
        (NEVER, "نیما", "1990-04-04", ""),
    )
    rows = [f"ir-national-code,{n},{g},نمونه,علی,{b},{i},خانه {g},021-0{i[-4:]}" for n, g, b, i in people]
    panel.feed("persons", columns, *rows)
    panel.feed(
        "affiliations",
        "affiliation_id,id_type,id_number,kind,starts,ends,office,pensioner_number,workshop_number,workshop_name,"
        "workshop_address,employer_name",
        f"a1,ir-national-code,{WORKER},compulsory,2015-01-01,,b8,,9801,کارگاه نمونه,شهرک صنعتی,شرکت نمونه",
        f"a2,ir-national-code,{FORMER},compulsory,2001-01-01,2009-12-31,b8,,9802,کارگاه کهنه,کرج,شرکت کهنه",
        f"a3,ir-national-code,{PENSIONER},pensioner,2012-01-01,,b8,700123,,,,",
    )
    panel.feed(
        "dependencies",
        "id_type,id_number,main_id_type,main_id_number,starts,relation",
        f"ir-national-code,{DAUGHTER},ir-national-code,{WORKER},2015-04-04,daughter",
    )


def period(first: str, last: str) -> dict[str, dict[str, str]]:
    return {"period": {"from": first, "to": last}}


def test_exactly_one_of_four_states_with_the_guides_sentence(panel: Panel) -> None:
    """S1.12-S1.17."""
    asked = {
        "no_record": [
            (NOBODY, {}),
            (FORMER, period("2012-01-01", "2013-01-01")),
            (NEVER, period("2020-01-01", "2021-01-01")),
        ],
        "not_active": [(FORMER, {}), (NEVER, {})],
        "affiliated_in_period": [
            (FORMER, period("2009-12-31", "2013-01-01")),
            (WORKER, period("2016-01-01", "2016-12-31")),
        ],
        "active": [(WORKER, {}), (DAUGHTER, {}), (PENSIONER, {}), (WORKER, period("2016-01-01", str(today())))],
    }
    for state, questions in asked.items():
        for number, more in questions:
            answer = panel.ask("fund", number, **more)
            assert (answer["outcome"], answer["text"]) == (state, STATES[state])
            assert len(answer["tracking_code"]) == 16


def test_a_fund_never_receives_an_address(panel: Panel) -> None:
    """S1.6: group decides the projection."""
    for number in (WORKER, DAUGHTER, FORMER, PENSIONER):
        answer = panel.sent("fund", number)
        assert "contact" not in answer.json()
        for secret in ("خانه", "شهرک صنعتی", "شرکت نمونه", "021-0"):
            assert secret not in answer.text


def test_the_forms_of_the_states(panel: Panel) -> None:
    """O2-O4 of S1.18."""
    known = panel.ask("fund", FORMER)
    assert known["person"] == {
        "given_name": "رضا",
        "family_name": "نمونه",
        "father_name": "علی",
        "birth_date": "1970-04-04",
    }
    (then,) = panel.ask("fund", FORMER, **period("2005-01-01", "2005-12-31"))["spells"]
    assert (then["relation_type"], then["office_name"], then["workshop_name"]) == (
        "main",
        "شعبه ۸ تهران",
        "کارگاه کهنه",
    )
    assert (then["starts"], then["ends"]) == ("2001-01-01", "2009-12-31")
    retired = panel.ask("fund", PENSIONER)
    assert (retired["spells"][0]["relation_type"], retired["spells"][0]["pensioner_number"]) == ("pensioner", "700123")
    child = panel.ask("fund", DAUGHTER)
    assert child["spells"][0]["relation_type"] == "dependant"
    assert child["main_insured"] == {"insurance_number": "0011223344"}


@pytest.mark.parametrize("who", ["judicial", "quasi_judicial"])
def test_judicial_and_quasi_judicial_also_get_residence_workplace_and_contact_when_active(
    panel: Panel, who: str
) -> None:
    """S1.19, S1.20: «آدرس محل سکونت، اشتغال و شماره تماس», for the main insured and for dependants."""
    main = panel.ask(who, WORKER)["contact"]
    assert (main["residence_address"], main["phone"]) == ("خانه مریم", "021-03344")
    assert main["workplaces"] == [
        {
            "workshop_name": "کارگاه نمونه",
            "workshop_address": "شهرک صنعتی",
            "workshop_phone": None,
            "employer_name": "شرکت نمونه",
        }
    ]
    child = panel.ask(who, DAUGHTER)
    assert child["spells"][0]["kinship"] == "daughter"
    assert (child["main_insured"]["given_name"], child["main_insured"]["number"]) == ("مریم", WORKER)
    assert child["contact"] == main
    assert "contact" not in panel.ask(who, FORMER)
    assert "contact" not in panel.ask(who, WORKER, **period("2016-01-01", "2016-12-31"))


def test_a_court_names_its_letter(panel: Panel) -> None:
    """A judicial user without a letter number: a clear message, nothing disclosed."""
    answer = panel.sent("judicial", WORKER, reference={"date": str(today())})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["message"]) == ("reference.number", "شماره نامه استعلام لازم است.")


def test_without_an_agreement_in_force_no_access(panel: Panel) -> None:
    """S1.2; it ended yesterday."""
    answer = panel.sent("stranger", WORKER)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/no-agreement")


def test_every_inquiry_is_kept_with_who_asked_on_which_letter_and_what_was_shown(panel: Panel) -> None:
    """S1.29, X.5."""
    panel.ask("judicial", WORKER)
    key = panel.registry.secrets.key("ir-national-code", WORKER)
    rows = panel.registry.read(
        "SELECT organisation, account, outcome, ground, reference, shown FROM inquiry"
        " WHERE key = ? AND organisation = 'judicial' AND outcome = 'active' ORDER BY asked_at DESC",
        key,
    )
    organisation, account, outcome, ground, reference, shown = rows[0]
    assert (organisation, account, outcome, ground) == ("judicial", "judicial", "active", "agreement")
    assert reference == f"۱۴۰۵/۱۲۳ {today()}"
    assert {"insurance_number", "residence_address", "employer_name"} <= set(shown.split())
    assert "mobile" not in shown.split(), "no mobile is on record, so none was shown"
