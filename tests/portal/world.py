"""A small made-up world for tests of pages: households whose facts go through the law, one provider, accounts.

Place code 000 is not assigned, so these numbers belong to nobody.
"""

import hmac
from base64 import b32decode, b32encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar import coverage
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.affiliation.models import Affiliation, Contribution, Dependency
from daftar.portal.directory.models import Office
from daftar.portal.entitlement.models import OtherCover
from daftar.portal.feeds.models import FeedBatch, FeedOffice, FeedQuarantine
from daftar.portal.journal.services import raw_connection
from daftar.portal.organisations.models import Agreement, Organisation
from daftar.portal.people.models import Person, PersonIdentifier
from daftar.store.sealing import seal_fields
from daftar.terms.identifiers import cn_check_character, ir_check_digit

PASSWORD = "a long made-up password"
TOTP_SECRET = b32encode(b"twenty made-up bytes").decode()
OFFICE = "ir-1"
HOSPITAL = "hospital-1"


def ir_code(serial: int) -> str:
    """A national code of an unassigned place."""
    nine = f"000{serial:06d}"
    return f"{nine}{ir_check_digit(nine)}"


def cn_id(serial: int, born: date) -> str:
    """A resident id of an unassigned division."""
    seventeen = f"990000{born:%Y%m%d}{serial:03d}"
    return seventeen + cn_check_character(seventeen)


PAID = ("ir-national-code", ir_code(1), "09120000001")  # pays contributions, covered
LAPSED = ("ir-national-code", ir_code(2), "09120000002")  # stopped paying long ago
SON = ("ir-national-code", ir_code(3), "")  # PAID's son of 20 without a study certificate
CHILD = ("ir-national-code", ir_code(4), "")  # PAID's son of 8
PENSIONER = ("ir-national-code", ir_code(5), "09120000005")
SILENT = ("ir-national-code", ir_code(6), "")  # known, no mobile registered
RESIDENT = ("cn-resident-id", cn_id(1, date(1980, 1, 1)), "13800000001")


def build(at: datetime) -> None:
    """Make the world: facts first, then the spans that the law makes of them."""
    today = at.date()
    person(PAID, "رضا", "نمونه", date(1980, 5, 1), "male")
    person(LAPSED, "لیلا", "آزمایشی", date(1985, 5, 1), "female")
    person(SON, "امید", "نمونه", today - timedelta(days=20 * 366 + 40), "male")
    person(CHILD, "سینا", "نمونه", today - timedelta(days=8 * 366 + 40), "male")
    person(PENSIONER, "پروین", "بازنشسته", date(1950, 5, 1), "female")
    person(SILENT, "نادر", "بی‌تلفن", date(1970, 5, 1), "male")
    person(RESIDENT, "伟", "王", date(1980, 1, 1), "male", jurisdiction="cn")
    start = date(today.year - 4, 1, 1)
    spell("a1", PAID, "compulsory", start, months(start, today))
    spell("a2", LAPSED, "compulsory", start, months(start, date(today.year - 3, 1, 1)))
    spell("a5", PENSIONER, "pensioner", start, [])
    spell("a6", SILENT, "compulsory", start, months(start, today))
    spell("a7", RESIDENT, "resident", start, months(date(today.year, 1, 1), date(today.year, 12, 1)))
    for child in (SON, CHILD):
        Dependency.objects.create(
            key=key_of(child),
            main_key=key_of(PAID),
            starts=start,
            relation="son",
            office=OFFICE,
            recorded_at=long_ago(),
        )
    OtherCover.objects.create(
        key=key_of(PENSIONER), insurer="ir-other", starts=start, office=OFFICE, recorded_at=long_ago()
    )
    rebuild([PAID, LAPSED, SON, CHILD, PENSIONER, SILENT, RESIDENT], at)
    offices(at)
    hospital(start)
    accounts()
    from tests.portal import officials

    officials.build()


def rebuild(persons: list[tuple[str, str, str]], at: datetime) -> None:
    """Compute the spans of persons."""
    with transaction.atomic():
        coverage.rebuild(raw_connection(), [key_of(each) for each in persons], at=at)


def long_ago() -> datetime:
    """A moment before every test."""
    return datetime(2025, 1, 1, tzinfo=UTC)


def key_of(made: tuple[str, str, str]) -> UUID:
    """The blind index of a made-up person."""
    return settings.SECRETS.key(made[0], made[1])


def international(mobile: str, type_name: str) -> str:
    """A mobile in E.164."""
    return ("+98" + mobile[1:] if type_name.startswith("ir") else "+86" + mobile) if mobile else ""


def person(
    made: tuple[str, str, str], given: str, family: str, born: date, sex: str, *, jurisdiction: str = "ir"
) -> None:
    """Register a person with an identifier and, when there is one, a verified mobile."""
    type_name, number, mobile = made
    mobile = international(mobile, type_name)
    fields = {"given_name": given, "family_name": family, "father_name": "", "mobile": mobile}
    Person.objects.create(
        key=key_of(made),
        jurisdiction=jurisdiction,
        sex=sex,
        birth_date=born,
        mobile_key=settings.SECRETS.mobile_key(mobile) if mobile else None,
        mobile_verified=bool(mobile),
        sealed=seal_fields(settings.SECRETS, "person", fields),
        office=OFFICE,
        recorded_at=long_ago(),
    )
    PersonIdentifier.objects.create(
        key=key_of(made),
        person_key=key_of(made),
        type=type_name,
        sealed=seal_fields(settings.SECRETS, "person_identifier", {"number": number}),
    )


def spell(number: str, made: tuple[str, str, str], kind: str, start: date, paid: list[date]) -> None:
    """An affiliation spell with its paid months."""
    Affiliation.objects.create(
        affiliation_id=number, key=key_of(made), kind=kind, starts=start, office=OFFICE, recorded_at=long_ago()
    )
    for month in paid:
        Contribution.objects.create(
            key=key_of(made), month=month, kind=kind, days=30, office=OFFICE, recorded_at=long_ago()
        )


def months(first: date, last: date) -> list[date]:
    """First days of the months from `first` to `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]


def offices(at: datetime) -> None:
    """One office that reported yesterday, and a batch with a quarantined row."""
    Office.objects.create(code=OFFICE, kind="branch", name="شعبه یک تهران", recorded_at=long_ago())
    FeedOffice.objects.create(
        office=OFFICE, table="contributions", newest_fact=at - timedelta(days=1), last_contact=at - timedelta(hours=2)
    )
    batch = FeedBatch.objects.create(
        table="persons",
        name="persons-1.csv",
        digest="0" * 64,
        state="loaded",
        rows=1200,
        changed=1199,
        quarantined=1,
        started_at=at - timedelta(hours=2),
        finished_at=at - timedelta(hours=2),
    )
    FeedQuarantine.objects.create(
        batch=batch.id, line=17, column="id_number", reason="wrong_check_digit", masked="000•••••12"
    )


def hospital(start: date) -> None:
    """A provider with an agreement in force."""
    Organisation.objects.create(code=HOSPITAL, kind="provider", name="بیمارستان نمونه", recorded_at=long_ago())
    Agreement.objects.create(
        organisation=HOSPITAL, number="1", starts=start, purposes="eligibility", recorded_at=long_ago()
    )


def accounts() -> None:
    """One account of each role that has pages; of the citizens one is verified and one confirmed by mail alone."""
    account_make(
        user="hospital",
        password=PASSWORD,
        role=Role.OPERATOR,
        organisation=HOSPITAL,
        display_name="پذیرش",
        totp_secret=TOTP_SECRET,
    )
    for user, role in (("counter", Role.COUNTER), ("hotline", Role.HOTLINE), ("headquarters", Role.INSURER_ADMIN)):
        account_make(
            user=user,
            password=PASSWORD,
            role=role,
            office=OFFICE,
            display_name=user,
            totp_secret=TOTP_SECRET,
        )
    account_make(
        user="counter-cn",
        password=PASSWORD,
        role=Role.COUNTER,
        office=OFFICE,
        jurisdiction="cn",
        display_name="counter-cn",
        totp_secret=TOTP_SECRET,
    )
    account_make(user="newcomer", password=PASSWORD, role=Role.COUNTER, office=OFFICE)
    account_make(
        user="citizen",
        password=PASSWORD,
        role=Role.CITIZEN,
        mail="citizen@example.org",
        name="رضا نمونه",
        person_key=key_of(PAID),
        verified_at=long_ago(),
        verified_by="mobile",
    )
    account_make(
        user="mail-citizen",
        password=PASSWORD,
        role=Role.CITIZEN,
        mail="lapsed@example.org",
        name="لیلا آزمایشی",
        person_key=key_of(LAPSED),
    )


def totp(at: datetime, secret: str = TOTP_SECRET) -> str:
    """The authenticator's code at a moment (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), (int(at.timestamp()) // 30).to_bytes(8, "big"), sha1)
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
