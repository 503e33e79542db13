"""Which question a message asks, of those that its sender may ask (requirements, S2.8/S2.9 decision on SMS).

The sender's own registered SIM and their own code, or a dependant's, ask the specific mode; else a registered
provider's number asks the general one; else it is the sentence of S2.9, whoever may be known under the code. What can
be no identifier at all, or is likelier a mistyped one, is a wrong code, whoever sends it (S2.20).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from daftar.answers import Question
from daftar.disclosure.meant import Candidate, candidates, likeliest
from daftar.disclosure.senders import Sender
from daftar.disclosure.sms.messages import Outcome
from daftar.disclosure.telephone_questions import general_question, specific_question
from daftar.store.keys import Key, MobileKey, Secrets
from daftar.terms.bare_numbers import possible_identifiers
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel


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
            return specific_question(sender.persons[each.key], each, Channel.SMS, at)
    if meant[0].doubtful:
        return Outcome.WRONG_CODE
    jurisdiction = jurisdiction_of(meant[0].identifier.type)
    provider = sender.provider(jurisdiction.today(at))
    if provider is not None:
        return general_question(provider, mobile, likeliest(meant, of_registry), Channel.SMS, at)
    return Outcome.NO_AGREEMENT if sender.providers else Mismatch(meant[0].key, jurisdiction.code)
