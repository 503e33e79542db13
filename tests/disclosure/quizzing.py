"""A city with hospitals and people who were in them, and somebody who answers the quiz, below the portal."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.quiz import Examinee, Given, House, Questions
from daftar.disclosure.quiz.answering import Judged, answer
from daftar.disclosure.quiz.asking import begin, look
from daftar.disclosure.quiz.reopening import reopen
from daftar.store.connect import transaction
from daftar.store.dialect import execute, is_sqlite, rows
from daftar.store.keys import Key, Secrets

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOME = "X1"
CITY, OTHER_CITY = "cn-4403", "cn-4401"
CAME, LEFT = date(2026, 3, 4), date(2026, 3, 15)
NOBODY = date(2026, 1, 1)
SHANGHAI = timedelta(hours=8)


class Town:
    """Writes regions, institutions and settlements."""

    def __init__(self, conn: Any) -> None:
        self.conn = conn

    def build(self) -> None:
        """One province of two cities with two counties each; ten hospitals of the second class in each city."""
        self.region("cn", "country", "")
        self.region("cn-44", "province", "cn")
        for city in (CITY, OTHER_CITY):
            self.region(city, "city", "cn-44")
            for county in ("03", "04"):
                self.region(f"{city}{county}", "county", city)
        for number in range(10):
            self.institution(f"X{number}", f"{CITY}0{3 + number % 2}")
            self.institution(f"Y{number}", f"{OTHER_CITY}03")
        self.institution("C1", f"{CITY}03", institution_class="D2")  # a clinic of the same place
        self.institution("N1", f"{CITY}03", cross_region=False)  # not open to insured of other provinces
        self.institution("L1", f"{CITY}03", opened_on=date(2026, 9, 1))  # opened after the stay

    def region(self, code: str, level: str, parent: str) -> None:
        """One division."""
        execute(
            self.conn,
            "INSERT INTO region (code, name, level, parent, files_to, office, words, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, ?, '', '', '', ?, ?)",
            [code, f"name of {code}", level, parent, AT, False],
        )

    def institution(self, code: str, region: str, **changes: Any) -> None:
        """One institution; `changes` to a hospital that is open to all."""
        made = {"name": f"name of {code}", "level": "3A", "institution_class": "A100", "cross_region": True}
        made |= {"opened_on": None, "closed_on": None} | changes
        execute(
            self.conn,
            "INSERT INTO institution (code, name, region, level, institution_class, address, phone, opened_on,"
            " closed_on, cross_region, office, words, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, ?, ?, '', '', ?, ?, ?, '', '', ?, ?)",
            [
                *(code, made["name"], region, made["level"], made["institution_class"]),
                *(made["opened_on"], made["closed_on"], made["cross_region"], AT, False),
            ],
        )

    def settle(
        self, key: UUID, institution: str = HOME, admitted: date = CAME, discharged: date = LEFT, **changes: Any
    ) -> str:
        """One version of a settlement; its number."""
        made = {"settlement_id": uuid4().hex, "version": 1, "kind": "settled", "refers_to": "", "withdrawn": False}
        made |= {"direct": True, "settled_at": None} | changes
        execute(
            self.conn,
            "INSERT INTO settlement (settlement_id, version, key, kind, institution, admitted, discharged, currency,"
            " refers_to, direct, insured_region, treated_region, insurance_type, admission_type, total, office,"
            " recorded_at, settled_at, withdrawn)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'CNY', ?, ?, '', '', '', '', 100, '', ?, ?, ?)",
            [
                *(made["settlement_id"], made["version"], key, made["kind"], institution, admitted, discharged),
                *(made["refers_to"], made["direct"], AT, made["settled_at"], made["withdrawn"]),
            ],
        )
        return str(made["settlement_id"])


_LATER_QUIZ = """
UPDATE quiz SET expires_at = expires_at - ?, locked_until = locked_until - ?, closed_at = closed_at - ?
"""
_LATER_ATTEMPT = """
UPDATE quiz_attempt SET at = at - ?, day = ((at - ? + interval '8 hours') AT TIME ZONE 'UTC')::date
"""


class Desk:
    """Answers as one person after the other, each step in a transaction of its own.

    `now` is what the application's clock says. `wait` lets time pass: on SQLite that clock goes on; PostgreSQL's clock
    cannot be moved, so what it has written is moved back.
    """

    def __init__(self, conn: Any, secrets: Secrets, *, build: bool = True) -> None:
        self.conn, self.secrets = conn, secrets
        self.house = House(secrets, SharedWriter(), TrackingCodes(secrets))
        self.town = Town(conn)
        self.now = AT
        if build:
            with transaction(conn):
                self.town.build()

    def person(self, *, settled: bool = True) -> Examinee:
        """Somebody new with one stay, or with none."""
        key = self.secrets.key("cn-resident-id", uuid4().hex)
        if settled:
            with transaction(self.conn):
                self.town.settle(key)
        return Examinee(key=key, jurisdiction="cn", account=7, user="citizen-7", stamp=b"s" * 16)

    def settle(self, who: Examinee, *place: Any, **changes: Any) -> str:
        """One more settlement of a person."""
        with transaction(self.conn):
            return self.town.settle(who.key, *place, **changes)

    def wait(self, passing: timedelta) -> None:
        """Let time pass."""
        if is_sqlite(self.conn):
            self.now += passing
            return
        with transaction(self.conn):
            execute(self.conn, _LATER_QUIZ, [passing] * 3)
            execute(self.conn, _LATER_ATTEMPT, [passing] * 2)

    def begin(self, who: Examinee) -> Any:
        """«开始答题»."""
        with transaction(self.conn):
            return begin(self.conn, self.house, who, at=self.now)

    def look(self, who: Examinee) -> Any:
        """Where the person stands."""
        with transaction(self.conn):
            return look(self.conn, who, at=self.now)

    def give(self, who: Examinee, given: Given) -> Judged:
        """Send answers."""
        with transaction(self.conn):
            return answer(self.conn, self.house, who, given, at=self.now)

    def guess(self, who: Examinee, number: int) -> Any:
        """Begin where it must be, and send a wrong answer; another number is another answer."""
        asked = self.begin(who)
        return self.give(who, wrong(asked, number)) if isinstance(asked, Questions) else asked

    def answer(self, who: Examinee) -> Any:
        """Begin where it must be, and send the right answer."""
        asked = self.begin(who)
        return self.give(who, right(asked)) if isinstance(asked, Questions) else asked

    def reopen(self, who: Examinee) -> bool:
        """An office opens a closed quiz."""
        with transaction(self.conn):
            return reopen(self.conn, self.house, who.key, by="counter", office="cn-1", at=self.now)

    def journalled(self, who: Examinee) -> list[str]:
        """Outcomes of the journal's rows about a person, in order."""
        found = rows(self.conn, "SELECT outcome FROM inquiry WHERE key = ? AND mode = 'quiz' ORDER BY id", [who.key])
        return [outcome for (outcome,) in found]


def right(asked: Questions, **changes: Any) -> Given:
    """The right answer: hospital and day of admission; `changes` to it."""
    given = Given(asked.draw, HOME, CAME, None)
    return msgspec.structs.replace(given, **changes)


def wrong(asked: Questions, number: int) -> Given:
    """A wrong answer: the right hospital with a day on which nothing was."""
    return Given(asked.draw, HOME, NOBODY - timedelta(days=number), None)


def renewed(who: Examinee) -> Examinee:
    """The same person with other credentials."""
    return msgspec.structs.replace(who, stamp=uuid4().bytes)


def wait_out_midnight() -> None:
    """Where the database's clock decides, three wrong answers of one test must not lie on two days of the insurer."""
    into = (datetime.now(UTC) + SHANGHAI).time()
    if (into.hour, into.minute) == (23, 59):
        time.sleep(61 - into.second)


def counted(conn: Any, key: Key) -> int:
    """How many submissions were judged."""
    return int(rows(conn, "SELECT count(*) FROM quiz_attempt WHERE key = ?", [key])[0][0])
