"""People, organisations and questions for tests of affiliation, with every personal field filled."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.affiliation import AffiliationQuestion, AffiliationReply, ask_affiliation
from daftar.store.dialect import execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from daftar.terms.outcomes import Channel, Ground
from tests.coverage.registry import day

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)

PERSONAL = (
    "given_name",
    "family_name",
    "father_name",
    "insurance_number",
    "id_booklet_no",
    "residence_address",
    "household_address",
    "phone",
    "mobile",
    "card_number",
    "ethnicity",
    "nationality",
)
AT_WORK = (
    "workshop_number",
    "workshop_name",
    "workshop_address",
    "workshop_phone",
    "employer_name",
    "pensioner_number",
)


class People:
    """Writes persons whose every field says whose it is: `phone of Ali`."""

    def __init__(self, conn: Any, secrets: Secrets) -> None:
        self.conn = conn
        self.secrets = secrets
        execute(
            conn,
            "INSERT INTO office (code, kind, name, department, region, address, phone, postcode, parent, words,"
            " sent_by, recorded_at, withdrawn)"
            " VALUES ('b8', 'branch', 'Branch 8', '', '', '', '', '', '', '', '', ?, ?)",
            [AT, False],
        )

    def person(self, name: str, *, died: str = "", withdrawn: bool = False) -> Key:
        """Somebody known."""
        key = self.secrets.key("ir-national-code", name)
        sealed = seal_fields(self.secrets, "person", {field: f"{field} of {name}" for field in PERSONAL})
        execute(
            self.conn,
            "INSERT INTO person (key, jurisdiction, sex, birth_date, death_date, insured_region, residence_region,"
            " card_state, mobile_verified, sealed, office, recorded_at, withdrawn)"
            " VALUES (?, 'ir', 'male', ?, ?, '', '', '', ?, ?, 'b8', ?, ?)",
            [key, date(1980, 1, 1), day(died), False, sealed, AT, withdrawn],
        )
        number = seal_fields(self.secrets, "person_identifier", {"number": f"number of {name}"})
        execute(
            self.conn,
            "INSERT INTO person_identifier (key, person_key, type, sealed) VALUES (?, ?, 'ir-national-code', ?)",
            [key, key, number],
        )
        return key

    def spell(self, key: UUID, starts: str, ends: str = "", *, kind: str = "compulsory", of: str = "work") -> None:
        """An own affiliation spell."""
        sealed = seal_fields(self.secrets, "affiliation", {field: f"{field} of {of}" for field in AT_WORK})
        execute(
            self.conn,
            "INSERT INTO affiliation (affiliation_id, key, kind, starts, ends, insurance_type, category,"
            " pooling_region, sealed, office, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, ?, ?, '310', '', '', ?, 'b8', ?, ?)",
            [uuid4().hex, key, kind, day(starts), day(ends), sealed, AT, False],
        )

    def tie(self, key: UUID, main: UUID, starts: str, ends: str = "", *, relation: str = "son") -> None:
        """A dependency spell."""
        execute(
            self.conn,
            "INSERT INTO dependency (key, main_key, starts, relation, ends, office, recorded_at, withdrawn)"
            " VALUES (?, ?, ?, ?, ?, 'b8', ?, ?)",
            [key, main, day(starts), relation, day(ends), AT, False],
        )

    def organisation(
        self, code: str, kind: str, *, purposes: str = "", ends: str = "", quota: int | None = None, number: str = "1"
    ) -> None:
        """An organisation with one agreement; a second call with another number adds one."""
        if not rows(self.conn, "SELECT 1 FROM organisation WHERE code = ?", [code]):
            execute(
                self.conn,
                "INSERT INTO organisation (code, kind, name, province, address, provider_type, ownership, institution,"
                " suspended, office, recorded_at, withdrawn) VALUES (?, ?, ?, '', '', '', '', '', ?, '', ?, ?)",
                [code, kind, code, False, AT, False],
            )
        execute(
            self.conn,
            "INSERT INTO agreement (organisation, number, starts, ends, purposes, daily_quota, office, recorded_at,"
            " withdrawn) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?)",
            [code, number, date(2020, 1, 1), day(ends), purposes, quota, AT, False],
        )


def question(key: UUID, kind: str = "fund", **changes: Any) -> AffiliationQuestion:
    """A question of an organisation named like its kind, with a letter."""
    asked: dict[str, Any] = {
        "key": key,
        "jurisdiction": "ir",
        "organisation": None if kind == "own" else kind,
        "organisation_kind": kind,
        "channel": Channel.API,
        "ground": Ground.OWN if kind == "own" else Ground.AGREEMENT,
        "account": "client-1",
        "reference_number": "ن/۱۴۰۵/۷",
        "reference_date": date(2026, 11, 20),
    }
    return AffiliationQuestion(**(asked | changes))


def ask(conn: Any, secrets: Secrets, *questions: AffiliationQuestion, at: datetime = AT) -> list[AffiliationReply]:
    """Ask in the caller's transaction."""
    tracking = TrackingCodes(secrets)
    return ask_affiliation(conn, questions, at=at, secrets=secrets, writer=SharedWriter(7), tracking=tracking)


def journalled(conn: Any, *columns: str) -> list[Any]:
    """Rows of the journal in the order written."""
    return rows(conn, f"SELECT {', '.join(columns)} FROM inquiry ORDER BY id")
