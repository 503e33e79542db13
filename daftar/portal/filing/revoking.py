"""How a revocation is handled (异地就医自助备案撤销, S3.23): by rules, never with an unsettled stay (S3.26)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.urls import reverse

from daftar.disclosure.stays import StayFound, stays_of
from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Decision, Policy, Section
from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import Institution
from daftar.portal.directory.tree import Tree
from daftar.portal.filing import shown
from daftar.portal.filing.facts import path_in
from daftar.portal.filing.models import Filing
from daftar.portal.filing.procedure import AUTOMATIC, law_of_case
from daftar.portal.journal.services import raw_connection
from daftar.rules import revocation
from daftar.rules.destination import Scope, where_it_counts
from daftar.rules.filing_decision import StandingFiling
from daftar.rules.revocation import RevocationReason, RevocationVerdict, Stay
from daftar.store.keys import Key
from daftar.store.sealing import Fields
from daftar.terms.filings import FilingState

FILING = "filing"
"""Name of the case's field."""


def filing_of(case: Case, fields: Fields, *, hold: bool = False) -> Filing | None:
    """The person's filing that is to be taken back; None when there is no such one, or its source has withdrawn it."""
    rows = Filing.objects.select_for_update() if hold else Filing.objects
    return rows.filter(filing_id=fields.get(FILING, ""), key=case.person, withdrawn=False).first()


def verdict_on(case: Case, row: Filing | None, *, at: datetime) -> RevocationVerdict:
    """What the rules say of taking a filing back; inside `atomic()`. What its source has withdrawn holds no more."""
    if row is None:
        return RevocationVerdict(RevocationReason.ALREADY_CANCELLED)
    law = law_of_case(case)
    tree = kept(at).tree
    path = path_in(tree, row.destination_region)
    scope = where_it_counts(path, row.starts) if path else None
    found = _placed(stays_of(raw_connection(), Key(case.person), law, at=at))
    stays = [Stay(each.admitted, each.discharged, each.settled_on) for each in found if _counts(each, scope, tree)]
    filing = StandingFiling(row.starts, row.ends, row.state)
    return revocation.decide(filing, stays, day=law.today(at))


class RevocationProcedure:
    """The procedure of the kind `revocation`."""

    def policy(self, case: Case, *, at: datetime) -> Policy:
        """The rules decide."""
        return AUTOMATIC

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        """Nothing is needed but the filing."""
        return {FILING} - fields.keys()

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> Decision:
        """Decide; the filing's row is held until the transaction ends."""
        verdict = verdict_on(case, filing_of(case, fields, hold=True), at=at)
        return Decision(verdict.approved, (verdict.reason,))

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        """From the day of revocation on the filing counts no more; a later word of its source replaces this."""
        row = Filing.objects.get(filing_id=fields[FILING], key=case.person)
        last = verdict_on(case, row, at=at).last_day
        row.state, row.recorded_at = FilingState.CANCELLED, at
        row.ends = last or row.ends
        row.save(update_fields=["state", "ends", "recorded_at"])

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        """The filing that is taken back."""
        return shown.revocation_shown(case, filing_of(case, fields))

    def written_at(self, case: Case) -> str:
        """The page that asks whether it is meant."""
        return reverse("filing:revoke_check", args=[case.number])


def _placed(found: list[StayFound]) -> list[StayFound]:
    """The same, with the hospital's region where a stay's source gave none."""
    unknown = {each.institution for each in found if not each.region}
    regions = dict(Institution.objects.filter(code__in=unknown).values_list("code", "region")) if unknown else {}
    return [
        StayFound(
            each.institution,
            each.region or regions.get(each.institution, ""),
            each.admitted,
            each.discharged,
            each.settled_on,
        )
        for each in found
    ]


def _counts(stay: StayFound, scope: Scope | None, tree: Tree) -> bool:
    """Whether a stay is in a place that the filing opens; where nobody knows, it is taken to be."""
    path = path_in(tree, stay.region)
    if scope is None or not path:
        return True
    return any(each.region in path if each.below else path == (each.region,) for each in scope.opens)
