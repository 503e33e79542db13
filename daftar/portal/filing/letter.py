"""The commitment letter of a filing (承诺书), signed by hand or by name (S3.22): version, language and moment.

`letters/<version>.toml` holds one version in three languages, kept as those of family proxies are: what somebody has
signed never changes. A drawn signature is a material of the case, `commitment_letter`; a typed one is the name itself.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from daftar.portal.accounts.models import Account
from daftar.portal.cases.material_services import material_add, material_remove
from daftar.portal.cases.materials.checking import check_signature
from daftar.portal.cases.materials.keeping import keep
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.services import case_save
from daftar.portal.people.selectors import person_seen
from daftar.portal.proxy.letter import Letter, newest_on, read_letters
from daftar.store.sealing import Fields
from daftar.terms.materials import MaterialKind
from daftar.terms.misunderstood import Misunderstood

SIGNATURE = MaterialKind.COMMITMENT_LETTER
VERSION, LANGUAGE, SIGNED_AT, SIGNED_NAME = "letter", "letter_language", "letter_signed_at", "signed_name"
LETTER_FIELDS = frozenset({VERSION, LANGUAGE, SIGNED_AT, SIGNED_NAME})
"""Names of the case's fields."""


class LetterChanged(Exception):
    """The letter of the day is not the version that was shown to who signs: they read it first."""


def letters() -> dict[str, Letter]:
    """All versions that were ever shown."""
    return read_letters("daftar.portal.filing")


def letter_on(day: date) -> Letter:
    """The version that is shown on a day."""
    return newest_on(letters(), day)


def signed(fields: Fields, given: Collection[str]) -> bool:
    """Whether a letter was signed: by name, or by a signature that is still among the material."""
    return fields.get(VERSION, "") in letters() and bool(fields.get(SIGNED_NAME) or SIGNATURE in given)


def signed_on(fields: Fields, day: date) -> bool:
    """Whether the letter that was signed is still the one of the day."""
    return fields.get(VERSION) == letter_on(day).version


@transaction.atomic
def letter_sign(
    *,
    case: Case,
    version: int,
    fields: Fields,
    shown: str,
    drawn: str,
    name: str,
    language: str,
    by: Account,
    at: datetime,
    day: date,
) -> Case:
    """Sign the letter of the day: `drawn` is what the page's canvas gives, `name` the alternative that is typed.

    `shown` is the version that who signs has read; nobody signs one that came meanwhile. An earlier signature goes.
    Raises LetterChanged; Misunderstood `signature_missing`, `signature_unreadable`, `not_your_name`; CaseNotDone.
    """
    if shown != letter_on(day).version:
        raise LetterChanged
    checked = check_signature(drawn) if drawn.strip() or not name else None
    if checked is None:
        _own_name(name, by)
    told = {VERSION: shown, LANGUAGE: language, SIGNED_AT: at.isoformat()}
    told[SIGNED_NAME] = "" if checked else name
    saved = case_save(case=case.pk, version=version, fields={**fields, **told}, region=case.region, by=by, at=at)
    for earlier in Material.objects.filter(case=case, what=SIGNATURE, removed_at=None).values_list("pk", flat=True):
        material_remove(case=case.pk, material=earlier, by=by, at=at)
    if checked:
        material_add(case=case.pk, what=SIGNATURE, kept=keep(settings.SECRETS, uuid4(), checked), by=by, at=at)
    return saved


def _own_name(typed: str, by: Account) -> None:
    """Who signs is who submits, be it for themself or for a member."""
    signer = person_seen(by.person_key) if by.person_key else None
    if signer is None or not signer.is_called(typed):
        raise Misunderstood("not_your_name")
