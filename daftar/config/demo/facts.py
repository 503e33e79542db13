"""Rows of the feeds as they are made up, by table (contracts §2): what a branch would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from daftar.config.demo import particulars
from daftar.store.months import next_month

Row = dict[str, str | int | bool | date | datetime | None]

TABLES = (
    "regions",
    "pooling_regions",
    "units",
    "offices",
    "institutions",
    "organisations",
    "agreements",
    "provider_phones",
    "persons",
    "affiliations",
    "dependencies",
    "evidence",
    "other_cover",
    "filings",
    "settlements",
    "contributions",
)
"""In the order of loading: persons before what is about them, contributions last because they are the most."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person, as far as other rows need to know them. `mobile` is E.164 or empty."""

    id_type: str
    id_number: str
    given_name: str
    family_name: str
    sex: str
    birth: date
    mobile: str = ""
    office: str = ""
    father_name: str = ""
    death: date | None = None

    @property
    def identifier(self) -> Row:
        """The columns by which every table names a person."""
        return {"id_type": self.id_type, "id_number": self.id_number}

    @property
    def name(self) -> str:
        """Both names, in the order of their language."""
        chinese = self.id_type == "cn-resident-id"
        return f"{self.family_name}{self.given_name}" if chinese else f"{self.given_name} {self.family_name}"


@dataclass
class Facts:
    """Rows by table. `recorded` says when an office's newest facts were recorded (its lag)."""

    recorded: dict[str, datetime]
    newest: datetime
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, table: str, office: str, **columns: str | int | bool | date | None) -> None:
        """One row, sent by an office at its lag."""
        self.rows[table].append({**columns, "office": office, "recorded_at": self.recorded.get(office, self.newest)})

    def person(self, someone: Someone, **columns: str | bool | date | None) -> Someone:
        """A person, with what else the registry holds of them."""
        self.add(
            "persons",
            someone.office,
            **someone.identifier,
            given_name=someone.given_name,
            family_name=someone.family_name,
            father_name=someone.father_name,
            sex=someone.sex,
            birth_date=someone.birth,
            death_date=someone.death,
            mobile=someone.mobile,
            mobile_verified=bool(someone.mobile),
            **(particulars.of_person(someone.id_type, someone.id_number) | columns),
        )
        return someone

    def affiliation(
        self, someone: Someone, kind: str, starts: date, ends: date | None = None, **columns: str | None
    ) -> None:
        """A spell of insurance relationship."""
        number = f"{someone.id_number}-{kind}-{starts:%Y%m%d}"
        self.add(
            "affiliations",
            someone.office,
            affiliation_id=number,
            **someone.identifier,
            kind=kind,
            starts=starts,
            ends=ends,
            **(particulars.of_work(someone.id_type, someone.id_number, kind) | columns),
        )

    def paid(self, someone: Someone, kind: str, first: date, last: date, amount: int = 0) -> None:
        """Every month from that of `first` to that of `last` paid in full."""
        currency = "CNY" if someone.id_type == "cn-resident-id" else "IRR"
        for month in months(first, last):
            self.add(
                "contributions",
                someone.office,
                **someone.identifier,
                month=f"{month:%Y-%m}",
                kind=kind,
                days=(next_month(month) - month).days,
                amount=amount,
                currency=currency,
            )

    def dependant(self, someone: Someone, main: Someone, relation: str, starts: date, ends: date | None = None) -> None:
        """A spell of living on the insurance of `main`."""
        self.add(
            "dependencies",
            someone.office,
            **someone.identifier,
            main_id_type=main.id_type,
            main_id_number=main.id_number,
            starts=starts,
            relation=relation,
            ends=ends,
        )

    def evidence(
        self, someone: Someone, kind: str, valid_from: date, valid_until: date | None, source: str = "counter"
    ) -> None:
        """A paper that proves something for a time."""
        self.add(
            "evidence",
            someone.office,
            **someone.identifier,
            kind=kind,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
        )

    def other_cover(self, someone: Someone, insurer: str, starts: date, ends: date | None = None) -> None:
        """Cover by another basic insurer, as that insurer reports it."""
        number = f"M{someone.id_number[-6:]}"
        self.add(
            "other_cover",
            someone.office,
            **someone.identifier,
            insurer=insurer,
            starts=starts,
            ends=ends,
            number=number,
        )


def months(first: date, last: date) -> Iterator[date]:
    """First days of the months from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


def days_before(at: datetime, days: float) -> datetime:
    """An instant some days earlier."""
    return at - timedelta(days=days)
