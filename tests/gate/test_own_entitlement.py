"""The specific mode by API: identifier and mobile, a one-time code, then the whole answer (S2.8-S2.10)."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime
from uuid import uuid4

import httpx
import pytest

from daftar.coverage.scope import lock
from daftar.disclosure.outbox import open_message
from daftar.store.connect import connect, transaction
from daftar.store.dialect import is_sqlite
from tests.gate.conftest import COVERED, LAPSED, UNKNOWN, Desk
from tests.gate.installation import national_code

START, CONFIRM = "/api/v1/own-entitlement/start", "/api/v1/own-entitlement/confirm"


@pytest.fixture
def public(desk: Desk):
    """Somebody without a token."""
    with httpx.Client(base_url=desk.server.base, headers={"Accept-Language": "fa"}) as http:
        yield http


def start(public: httpx.Client, number: str, mobile: str) -> httpx.Response:
    return public.post(START, json={"subject": {"type": "ir-national-code", "number": number}, "mobile": mobile})


def last_code(desk: Desk) -> str:
    sealed = desk.registry.read("SELECT sealed FROM outbox_message ORDER BY id DESC LIMIT 1")[0][0]
    return re.search(r"\d{6}", open_message(desk.registry.secrets, sealed).text).group()


def confirm(public: httpx.Client, challenge: str, code: str) -> httpx.Response:
    return public.post(CONFIRM, json={"challenge": challenge, "code": code})


def someone(desk: Desk, serial: int, **more: object) -> tuple[str, str]:
    """A new person with a mobile of their own."""
    number, mobile = national_code(serial), f"+98912{serial:07d}"
    desk.registry.person(number, mobile=mobile, **more)
    return number, mobile


def test_the_insured_sees_until_when_and_why(desk: Desk, public: httpx.Client) -> None:
    challenge = start(public, COVERED, "۰۹۱۲۰۰۰۰۰۰۱").json()["challenge"]
    told = confirm(public, challenge, last_code(desk)).json()
    assert set(told) == {"tracking_code", "status", "valid_until", "reason", "data_as_of", "notice"}
    assert (told["status"], told["valid_until"], told["reason"]["code"]) == ("covered", None, "contribution_paid")
    assert told["reason"]["text"].startswith("حق بیمه")
    assert "ممکن است تغییر کند" in told["notice"]  # S2.10
    (row,) = desk.registry.read(
        "SELECT mode, ground, shown, acting_for FROM inquiry WHERE mode = 'specific' ORDER BY id DESC LIMIT 1"
    )
    assert tuple(row) == ("specific", "own", "status valid_until reason tracking_code", None)


def test_a_lapsed_person_is_told_the_last_day_is_over(desk: Desk, public: httpx.Client) -> None:
    challenge = start(public, LAPSED, "09120000002").json()["challenge"]
    told = confirm(public, challenge, last_code(desk)).json()
    assert (told["status"], told["reason"]["code"]) == ("not_covered", "contribution_lapsed")


def test_mismatch_and_unknown_person_get_the_same_message(desk: Desk, public: httpx.Client) -> None:
    number, _ = someone(desk, 101)
    mismatch, unknown = start(public, number, "09129999999"), start(public, UNKNOWN, "09129999999")
    assert mismatch.status_code == 403
    assert mismatch.json() == unknown.json()
    assert mismatch.json()["title"].startswith("عدم تطابق کد ملی با شماره موبایل")  # S2.9
    assert "شعبه" in mismatch.json()["title"]


def test_after_five_mismatches_no_more_and_a_matching_mobile_still_works(desk: Desk, public: httpx.Client) -> None:
    number, mobile = someone(desk, 102)
    assert [start(public, number, "09129999999").status_code for _ in range(6)] == [403] * 5 + [429]
    refused = start(public, number, "09129999998")
    assert int(refused.headers["retry-after"]) > 0
    assert start(public, number, mobile).status_code == 200


def test_three_codes_an_hour_for_a_mobile(desk: Desk, public: httpx.Client) -> None:
    number, mobile = someone(desk, 103)
    assert [start(public, number, mobile).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_three_codes_an_hour_also_of_twelve_at_once(desk: Desk, public: httpx.Client) -> None:
    number, mobile = someone(desk, 114)
    with ThreadPoolExecutor(12) as many:
        told = list(many.map(lambda _: start(public, number, mobile).status_code, range(12)))
    assert sorted(told) == [200] * 3 + [429] * 9


def test_while_cover_is_rebuilt_a_code_is_sent_and_opens(desk: Desk, public: httpx.Client) -> None:
    """A rebuild holds the rows of its persons for as long as it takes; who asks does not wait for it."""
    number, mobile = someone(desk, 115)
    key = desk.registry.secrets.key("ir-national-code", number)
    rebuild = connect(desk.registry.url)
    with closing(rebuild), nullcontext() if is_sqlite(rebuild) else transaction(rebuild):
        if not is_sqlite(rebuild):  # SQLite has one writer, whoever it is
            lock(rebuild, {key})
        answer = start(public, number, mobile)
        assert answer.status_code == 200
        assert confirm(public, answer.json()["challenge"], last_code(desk)).status_code == 200


def test_a_code_opens_once_and_only_its_own_challenge(desk: Desk, public: httpx.Client) -> None:
    number, mobile = someone(desk, 104)
    challenge = start(public, number, mobile).json()["challenge"]
    code = last_code(desk)
    other = start(public, number, mobile).json()["challenge"]
    if last_code(desk) != code:
        assert confirm(public, other, code).status_code == 403
    assert confirm(public, challenge, code).status_code == 200
    assert confirm(public, challenge, code).status_code == 403
    assert confirm(public, str(uuid4()), code).status_code == 403
    assert confirm(public, "not-a-challenge", code).status_code == 403


def test_five_wrong_codes_even_at_once_and_the_right_one_comes_too_late(desk: Desk, public: httpx.Client) -> None:
    number, mobile = someone(desk, 105)
    challenge = start(public, number, mobile).json()["challenge"]
    right = last_code(desk)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    left: list[str] = []

    def guess() -> None:
        answer = httpx.post(desk.server.base + CONFIRM, json={"challenge": challenge, "code": wrong})
        left.append(answer.json()["errors"][0]["message"])

    guessing = [threading.Thread(target=guess) for _ in range(12)]
    for thread in guessing:
        thread.start()
    for thread in guessing:
        thread.join()
    assert sorted({int(re.search(r"(\d+)\.$", each).group(1)) for each in left}) == [0, 1, 2, 3, 4]
    assert desk.registry.read("SELECT tries FROM own_entitlement_challenge ORDER BY created_at DESC LIMIT 1")[0][0] == 5
    assert confirm(public, challenge, right).status_code == 403


def test_a_parent_asks_for_a_minor_child_and_the_journal_names_both(desk: Desk, public: httpx.Client) -> None:
    parent, mobile = someone(desk, 106)
    child = national_code(107)
    parent_key = desk.registry.secrets.key("ir-national-code", parent)
    child_key = desk.registry.person(child, born=date(2020, 1, 1))
    grown, grown_key = national_code(108), desk.registry.person(national_code(108), born=date(1999, 1, 1))
    for key in (child_key, grown_key):
        desk.registry.write(
            (
                "INSERT INTO dependency (key, main_key, starts, relation, office, recorded_at, withdrawn)"
                " VALUES (?, ?, ?, 'son', '', ?, ?)",
                [key, parent_key, date(2020, 1, 1), datetime.now(UTC), False],
            )
        )
    challenge = start(public, child, mobile).json()["challenge"]
    assert confirm(public, challenge, last_code(desk)).status_code == 200
    (row,) = desk.registry.read(
        "SELECT key, acting_for, ground FROM inquiry WHERE mode = 'specific' ORDER BY id DESC LIMIT 1"
    )
    assert [str(each).replace("-", "") for each in row] == [child_key.hex, parent_key.hex, "dependant"]
    assert start(public, grown, mobile).status_code == 403


def test_an_adult_is_asked_about_while_their_consent_stands(desk: Desk, public: httpx.Client) -> None:
    (parent, mobile), grown = someone(desk, 111), national_code(112)
    keys = [desk.registry.person(grown, born=date(1999, 1, 1)), desk.registry.secrets.key("ir-national-code", parent)]
    values = [*keys, date(2020, 1, 1), datetime.now(UTC), False]
    desk.registry.write(
        (
            "INSERT INTO dependency (key, main_key, starts, relation, office, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, 'daughter', '', ?, ?)",
            values,
        ),
        (
            "INSERT INTO dependant_consent (key, main_key, given_on, given_at, given_by, office, ended_by)"
            " VALUES (?, ?, ?, ?, 'counter', '', '')",
            values[:4],
        ),
    )
    challenge = start(public, grown, mobile).json()["challenge"]
    assert confirm(public, challenge, last_code(desk)).status_code == 200
    too_late = start(public, grown, mobile).json()["challenge"]
    desk.registry.write(
        ("UPDATE dependant_consent SET ended_at = ?, ended_by = 'counter' WHERE key = ?", [datetime.now(UTC), keys[0]])
    )
    refused = confirm(public, too_late, last_code(desk))
    never_sent = confirm(public, str(uuid4()), "123456")
    assert (refused.status_code, refused.json()) == (never_sent.status_code, never_sent.json())
    assert start(public, grown, mobile).status_code == 403
    rows = desk.registry.read("SELECT ground, outcome FROM inquiry WHERE key = ? ORDER BY id", keys[0])
    assert [tuple(row) for row in rows] == [("consent", "not_covered"), ("consent", "refused")]


def test_an_unverified_mobile_of_the_main_insured_opens_nothing(desk: Desk, public: httpx.Client) -> None:
    parent, mobile = someone(desk, 109, verified=False)
    child_key = desk.registry.person(national_code(110), born=date(2020, 1, 1))
    desk.registry.write(
        (
            "INSERT INTO dependency (key, main_key, starts, relation, office, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, 'son', '', ?, ?)",
            [
                child_key,
                desk.registry.secrets.key("ir-national-code", parent),
                date(2020, 1, 1),
                datetime.now(UTC),
                False,
            ],
        )
    )
    assert start(public, national_code(110), mobile).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"subject": {"type": "ir-national-code", "number": COVERED}, "mobile": "021"}, "mobile"),
        ({"subject": {"type": "ir-national-code", "number": COVERED}, "mobile": "+16502530000"}, "mobile"),
        ({"subject": {"type": "ir-national-code", "number": "1"}, "mobile": "09120000001"}, "subject.number"),
        ({"subject": {"type": "ir-national-code", "number": COVERED}}, "mobile"),
        ({"subject": {"type": "cn-resident-id", "number": "11010519491231002X"}, "mobile": "09120000001"}, "mobile"),
    ],
)
def test_bad_input_names_the_field(public: httpx.Client, body: dict[str, object], field: str) -> None:
    refused = public.post(START, json=body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
