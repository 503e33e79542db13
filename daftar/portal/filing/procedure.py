"""How a filing is handled: decided by the rules at once, made in the transaction of the approval (S3.24, S3.26)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Decision, Policy, Section
from daftar.portal.cases.services import materials_given
from daftar.portal.cases.stepping import fields_of
from daftar.portal.directory.kept import kept
from daftar.portal.filing import filled_in, shown
from daftar.portal.filing.facts import facts_of, insured_as, insured_where
from daftar.portal.filing.letter import SIGNATURE, signed
from daftar.portal.filing.models import Filing
from daftar.rules.filing import lacking
from daftar.rules.filing_decision import FilingVerdict, decide
from daftar.store.sealing import Fields, seal_fields
from daftar.terms.cases import Way
from daftar.terms.filings import FilingState
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions

AUTOMATIC = Policy(Way.AUTOMATIC, version="S3.24")
"""«根据校验规则系统自动审核»: everywhere, by nobody."""

ONLINE = "online"
"""Where it was filed (网上经办)."""


def law_of_case(case: Case) -> Jurisdiction:
    """Whose rules and days decide."""
    return jurisdictions()[case.jurisdiction]


def given_with(case: Case, fields: Fields, given: Collection[str]) -> frozenset[str]:
    """The material that is there, with the identity that counts as shown and the letter where it is signed."""
    letter = {SIGNATURE} if signed(fields, given) else set()
    return frozenset({*given, *filled_in.identity_shown(case)} - {SIGNATURE} | letter)


def verdict_of(
    case: Case, fields: Fields, given: Collection[str], *, at: datetime, hold: bool = False
) -> FilingVerdict:
    """What the rules say of a filing as it is filled in; `hold` keeps the person's row until the transaction ends."""
    tree = kept(at).tree
    wanted = filled_in.wanted_of(fields, given_with(case, fields, given), tree)
    law = law_of_case(case)
    known = facts_of(case.person, law, tree, wanted.destination, wanted.starts, at=at, hold=hold)
    return decide(wanted, known, jurisdiction=case.jurisdiction, day=law.today(at))


class FilingProcedure:
    """The procedure of the kind `filing`."""

    def policy(self, case: Case, *, at: datetime) -> Policy:
        """The rules decide."""
        return AUTOMATIC

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        """The letter unless it is signed, and of each entry of the law one; before that, what is not filled in."""
        there = given_with(case, fields, given)
        unfilled = (filled_in.OF_THE_FILER | filled_in.OF_THE_CONTACT) - fields.keys()
        if unfilled:
            return unfilled
        groups = lacking(filled_in.needed_for(case.jurisdiction, fields), there)
        return {kind for group in groups for kind in group} | ({SIGNATURE} - there)

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> Decision:
        """Decide; the reasons are those of `rules.filing_decision`."""
        verdict = verdict_of(case, fields, materials_given(case), at=at, hold=True)
        return Decision(verdict.approved, verdict.reasons)

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        """Make the filing."""
        contact = {name: fields.get(name, "") for name in (filled_in.CONTACT_NAME, filled_in.CONTACT_PHONE)}
        address = fields.get(filled_in.ADDRESS) or fields.get(filled_in.CONTACT_ADDRESS, "")
        Filing.objects.create(
            filing_id=number_of(case),
            key=case.person,
            category=fields[filled_in.CATEGORY],
            destination_region=fields[filled_in.DESTINATION],
            starts=filled_in.starts_on(fields),
            ends=filled_in.ends_on(fields),
            state=FilingState.IN_FORCE,
            insured_region=insured_where(case.person),
            insurance_type=insured_as(case.person, law_of_case(case).today(at)),
            source=ONLINE,
            sealed=seal_fields(settings.SECRETS, "filing", contact | {"address": address}),
            recorded_at=at,
        )

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        """The form."""
        return shown.filing_shown(case, fields)

    def written_at(self, case: Case) -> str:
        """The first page that is not filled in."""
        return reverse(f"filing:{unfinished(case, fields_of(case))}", args=[case.number])


def number_of(case: Case) -> str:
    """Number of the filing that a case makes; no source has such numbers."""
    return f"daftar-{case.number}"


def unfinished(case: Case, fields: Fields) -> str:
    """Name of the first page of the form that is still to be filled in; `check` when all are."""
    if not fields.keys() >= filled_in.OF_THE_FILER:
        return "place"
    if not fields.keys() >= filled_in.OF_THE_CONTACT:
        return "contact"
    return "check" if signed(fields, materials_given(case)) else "letter"
