"""People and providers with telephones, as a test of SMS and USSD needs them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from daftar.store.dialect import marks
from daftar.store.keys import Key, MobileKey
from tests.gate.installation import Registry

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)  # in both jurisdictions


class Callers(Registry):
    """A registry whose people have telephones."""

    def phone(self, organisation: str, mobile: str, *, starts: date | None = None, ends: date | None = None) -> None:
        """A registered telephone of a provider."""
        self.write(
            (
                "INSERT INTO provider_phone (organisation, mobile_key, sealed, starts, ends, office, recorded_at,"
                " withdrawn) VALUES (?, ?, ?, ?, ?, '', ?, ?)",
                [organisation, self.mobile(mobile), b"", starts, ends, AT, False],
            )
        )

    def dependant(self, key: Key, main: Key, *, starts: date = date(2020, 1, 1), ends: date | None = None) -> None:
        """A dependency, since 2020 unless it says otherwise."""
        self.write(
            (
                "INSERT INTO dependency (key, main_key, starts, relation, ends, office, recorded_at, withdrawn)"
                " VALUES (?, ?, ?, 'son', ?, '', ?, ?)",
                [key, main, starts, ends, AT, False],
            )
        )

    def consent(self, key: Key, main: Key, *, given: date = TODAY, ended_at: datetime | None = None) -> None:
        """That a dependant lets a main insured ask; a second one of the same two needs the first to have ended."""
        self.write(
            (
                "INSERT INTO dependant_consent (key, main_key, given_on, given_at, given_by, office, ended_at,"
                " ended_by) VALUES (?, ?, ?, ?, 'counter', '', ?, ?)",
                [key, main, given, AT, ended_at, "counter" if ended_at else ""],
            )
        )

    def binding(self, principal: Key, member: Key, *, last_day: date | None = None, **more: Any) -> None:
        """A proxy binding that stands: by a commitment letter where it has a last day."""
        by_letter = {"way": "commitment", "letter": "2026-11", "letter_language": "fa", "letter_agreed_at": AT}
        values = {
            **{"id": uuid4(), "principal": principal, "member": member, "jurisdiction": "ir", "asked_at": AT},
            **{"bound_at": AT, "last_day": last_day, "ended_at": None, "ended": "", "ended_by": "", "checked_by": ""},
            **{"way": "own_confirmation", "letter": "", "letter_language": "", "letter_agreed_at": None},
            **{"office": "", "sealed": b""},
            **(by_letter if last_day else {}),
            **more,
        }
        sql = f"INSERT INTO proxy_binding ({', '.join(values)}) VALUES ({marks(list(values))})"
        self.write((sql, list(values.values())))

    def mobile(self, mobile: str) -> MobileKey:
        """Blind index of a mobile."""
        return self.secrets.mobile_key(mobile)
