"""Made-up organisations that ask whether somebody is affiliated, their users, and whom they ask about (S1)."""

from datetime import date

from django.conf import settings

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.affiliation.models import Affiliation, Dependency
from daftar.portal.organisations.models import Agreement, Organisation
from daftar.portal.people.models import Person, PersonIdentifier
from daftar.store.sealing import seal_fields
from tests.portal import world

FUND, COURT, POLICE = "fund-1", "court-1", "police-1"
NAMES = {FUND: "صندوق نمونه", COURT: "دادگستری نمونه", POLICE: "فرماندهی انتظامی نمونه"}
KINDS = {FUND: "fund", COURT: "judicial", POLICE: "quasi_judicial"}

WORKER = ("ir-national-code", world.ir_code(21), "09120000021")  # active, main insured
WIFE = ("ir-national-code", world.ir_code(22), "09120000022")  # active, WORKER's dependant
FORMER = ("ir-national-code", world.ir_code(23), "")  # insured from 2020 to 2023
NOBODY = ("ir-national-code", world.ir_code(999), "")  # unknown

WORKER_FIELDS = {
    "given_name": "بهرام",
    "family_name": "نمونه‌ای",
    "father_name": "جمشید",
    "insurance_number": "0012345678",
    "residence_address": "تهران، خیابان نمونه، پلاک ۷",
    "phone": "02100000021",
    "mobile": "+989120000021",
    "id_booklet_no": "4711",
}
WORKSHOP = {
    "workshop_number": "0099887766",
    "workshop_name": "کارگاه نمونه",
    "workshop_address": "کرج، شهرک نمونه",
    "workshop_phone": "02600000021",
    "employer_name": "کارفرمای نمونه",
}


def build() -> None:
    """Organisations with an agreement in force, users of each role, three persons."""
    for code, kind in KINDS.items():
        Organisation.objects.create(code=code, kind=kind, name=NAMES[code], recorded_at=world.long_ago())
        Agreement.objects.create(
            organisation=code, number="1", starts=date(2020, 1, 1), purposes="", recorded_at=world.long_ago()
        )
        _account(code.removesuffix("-1"), Role.OPERATOR, code)
    _account("court-supervisor", Role.SUPERVISOR, COURT)
    _account("court-admin", Role.ADMINISTRATOR, COURT)
    _people()


def _account(user: str, role: Role, organisation: str) -> None:
    account_make(
        user=user,
        password=world.PASSWORD,
        role=role,
        organisation=organisation,
        display_name=user,
        totp_secret=world.TOTP_SECRET,
    )


def _people() -> None:
    _person(WORKER, date(1980, 5, 1), WORKER_FIELDS)
    _person(WIFE, date(1983, 6, 2), {"given_name": "مینا", "family_name": "نمونه‌ای", "father_name": "کاوه"})
    _person(FORMER, date(1970, 7, 3), {"given_name": "نادر", "family_name": "پیشین", "father_name": "هوشنگ"})
    _spell("s21", WORKER, date(2021, 3, 21), None)
    _spell("s23", FORMER, date(2020, 1, 1), date(2023, 3, 20))
    Dependency.objects.create(
        key=world.key_of(WIFE),
        main_key=world.key_of(WORKER),
        starts=date(2021, 3, 21),
        relation="spouse",
        office=world.OFFICE,
        recorded_at=world.long_ago(),
    )


def _person(made: tuple[str, str, str], born: date, fields: dict[str, str]) -> None:
    Person.objects.create(
        key=world.key_of(made),
        jurisdiction="ir",
        birth_date=born,
        sealed=seal_fields(settings.SECRETS, "person", fields),
        office=world.OFFICE,
        recorded_at=world.long_ago(),
    )
    PersonIdentifier.objects.create(
        key=world.key_of(made),
        person_key=world.key_of(made),
        type=made[0],
        sealed=seal_fields(settings.SECRETS, "person_identifier", {"number": made[1]}),
    )


def _spell(number: str, made: tuple[str, str, str], starts: date, ends: date | None) -> None:
    Affiliation.objects.create(
        affiliation_id=number,
        key=world.key_of(made),
        kind="compulsory",
        starts=starts,
        ends=ends,
        insurance_type="01",
        sealed=seal_fields(settings.SECRETS, "affiliation", WORKSHOP),
        office=world.OFFICE,
        recorded_at=world.long_ago(),
    )
