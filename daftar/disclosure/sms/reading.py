"""Which question a message asks, of those that its sender may ask (requirements, S2.8/S2.9 decision on SMS).

The sender's own registered SIM and their own code, or a dependant's, ask the specific mode; else a registered
provider's number asks the general one; else it is the sentence of S2.9, whoever may be known under the code. What can
be no identifier at all is a wrong code, whoever sends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from daftar.answers import Question
from daftar.disclosure.meant import Candidate, candidates, likeliest
from daftar.disclosure.senders import RegisteredProvider, Sender
from daftar.disclosure.sms.messages import Outcome
from daftar.store.keys import Key, MobileKey, Secrets
from daftar.terms.bare_numbers import possible_identifiers
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground, Mode


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The sender may not ask about this person; counted by `key`."""

    key: Key
    jurisdiction: str


Read = Question | Mismatch | Outcome


def readings(secrets: Secrets, text: str) -> tuple[Candidate, ...]:
    """Whom a message may mean, the likeliest first; none where it holds nothing that can be an identifier."""
    try:
        return candidates(secrets, possible_identifiers(text))
    except Misunderstood:
        return ()


def read(sender: Sender, mobile: MobileKey, meant: Sequence[Candidate], of_registry: set[Key], at: datetime) -> Read:
    """The question of one message, or why there is none; which of both hangs on nobody being known (ADR 0024)."""
    if not meant:
        return Outcome.WRONG_CODE
    for each in meant:
        if each.key in sender.persons:
            return _specific(sender, each, at)
    jurisdiction = jurisdiction_of(meant[0].identifier.type)
    provider = sender.provider(jurisdiction.today(at))
    if provider is not None:
        return _general(provider, mobile, likeliest(meant, of_registry), at)
    return Outcome.NO_AGREEMENT if sender.providers else Mismatch(meant[0].key, jurisdiction.code)


def _specific(sender: Sender, meant: Candidate, at: datetime) -> Question:
    jurisdiction, who = jurisdiction_of(meant.identifier.type), sender.persons[meant.key]
    return Question(
        key=meant.key,
        service_day=jurisdiction.today(at),
        jurisdiction=jurisdiction.code,
        channel=Channel.SMS,
        ground=who.ground,
        mode=Mode.SPECIFIC,
        acting_for=who.key if who.key != meant.key else None,
    )


def _general(provider: RegisteredProvider, mobile: MobileKey, meant: Candidate, at: datetime) -> Question:
    jurisdiction = jurisdiction_of(meant.identifier.type)
    today = jurisdiction.today(at)
    return Question(
        key=meant.key,
        service_day=today,
        jurisdiction=jurisdiction.code,
        channel=Channel.SMS,
        ground=Ground.AGREEMENT,
        organisation=provider.organisation,
        account=f"mobile:{mobile.hex}",
        charges=provider.charges(today),
    )
