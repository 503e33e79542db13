"""Who may act and who may be bound: both known, alive, and insured where the service is offered (S3.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daftar.portal.accounts.models import Account
from daftar.portal.accounts.roles import identity_verified
from daftar.portal.directory.region_picker import path_of
from daftar.portal.people.models import Person
from daftar.portal.people.selectors import PersonSeen, person_key, person_seen
from daftar.portal.proxy.asked import Child, Named, Refusal, Refused
from daftar.rules.proxy import CommitmentReason, commitment_ends, commitment_reason, may_confirm_themself, serves
from daftar.terms.jurisdictions import jurisdictions

SERVICE = "proxy"
CARD = "id_card_issued"

COMMITMENT = {
    CommitmentReason.OF_AGE: Refusal.SIXTEEN_OR_OVER,
    CommitmentReason.BIRTH_DATE_UNKNOWN: Refusal.BIRTH_UNKNOWN,
    CommitmentReason.NO_RULE: Refusal.COMMITMENT_NOT_OFFERED,
}


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two, as the registry has them; `region` is that of the insurance, with those above it."""

    seen: PersonSeen
    region: list[str]

    @property
    def key(self) -> UUID:
        """The person's key."""
        return self.seen.key

    def today(self, at: datetime) -> date:
        """The day where they are insured."""
        return jurisdictions()[self.seen.jurisdiction].today(at)


def principal_of(account: Account, at: datetime) -> Party:
    """The verified citizen behind an account, their row held until the end of the transaction.

    Whoever binds holds the principal's row: of two bindings at once the second one sees the first.
    """
    if not identity_verified(account):
        raise Refused(Refusal.NOT_VERIFIED)
    return served(party(account.person_key, hold=True), at)


def party(key: UUID | None, *, hold: bool = False) -> Party:
    """A living person of the registry."""
    rows = Person.objects.select_for_update() if hold else Person.objects
    row = rows.filter(key=key, withdrawn=False, death_date=None).first()
    seen = person_seen(row.key) if row else None
    if row is None or seen is None:
        raise Refused(Refusal.NOT_MATCHED)
    return Party(seen, [each.code for each in path_of(row.insured_region)])


def served(one: Party, at: datetime) -> Party:
    """The same person, where their jurisdiction and region have the service (S3.2)."""
    if SERVICE not in jurisdictions()[one.seen.jurisdiction].services or not serves(one.region, one.today(at)):
        raise Refused(Refusal.REGION_NOT_SERVED)
    return one


def member_of(named: Named, principal: Party, at: datetime) -> Party:
    """The person whom the principal named; number and name must both be the registry's."""
    found = party(person_key(named.identifier))
    if found.seen.jurisdiction != principal.seen.jurisdiction or not found.seen.is_called(named.name):
        raise Refused(Refusal.NOT_MATCHED)
    if found.key == principal.key:
        raise Refused(Refusal.ONESELF)
    return served(found, at)


def refuse_unless_confirming(member: Party, at: datetime) -> None:
    """The policy of the member's region: a yes from their own log-in instead of a face (decision on S3.4-S3.8)."""
    if not may_confirm_themself(member.region, member.today(at)):
        raise Refused(Refusal.CONFIRMATION_NOT_OFFERED)


def refuse_unless_young(born: date | None, today: date, jurisdiction: str) -> None:
    """Under 16 on the day (S3.10)."""
    reason = commitment_reason(born, today, jurisdiction)
    if reason is not CommitmentReason.ALLOWED:
        raise Refused(COMMITMENT[reason])


def last_day_of_commitment(child: Child, member: Party, at: datetime) -> date | None:
    """Until when the letter stands for a member under 16 without identity card, by the registry's own day of birth.

    That there is no card is declared by taking this way, and refused where the registry shows one (S3.5, S3.9).
    """
    born, today = member.seen.birth_date, member.today(at)
    if born is not None and born != child.born:
        raise Refused(Refusal.NOT_MATCHED)
    refuse_unless_young(born, today, member.seen.jurisdiction)
    if member.seen.fields.get(CARD):
        raise Refused(Refusal.HAS_IDENTITY_CARD)
    return commitment_ends(child.born, today, member.seen.jurisdiction)
