"""Which question a message asks, of those that its sender may ask (requirements, S2.8/S2.9 decision on SMS).

The sender's own registered SIM and their own code, or a dependant's, ask the specific mode; else a registered
provider's number asks the general one; else it is the sentence of S2.9, whoever may be known under the code.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from daftar.answers import Question
from daftar.disclosure.senders import RegisteredProvider, Sender
from daftar.disclosure.sms.messages import Outcome
from daftar.store.dialect import Connection, as_uuid, marks, padded, rows
from daftar.store.keys import Key, MobileKey, Secrets
from daftar.terms.bare_numbers import DOUBTFUL, possible_identifiers
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground, Mode


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a number may mean."""

    identifier: Identifier
    key: Key

    @property
    def doubtful(self) -> bool:
        """Whether it may as well be a slip of the hand."""
        return DOUBTFUL in self.identifier.warnings


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The sender may not ask about this person; counted by `key`."""

    key: Key
    jurisdiction: str


Read = Question | Mismatch | Outcome


def candidates(secrets: Secrets, text: str) -> tuple[Candidate, ...]:
    """Whom a message may mean, the likeliest first; none where it holds no usable number."""
    try:
        found = possible_identifiers(text)
    except Misunderstood:
        return ()
    return tuple(Candidate(each, secrets.key(each.type, each.number)) for each in found)


def known(conn: Connection, keys: Collection[Key]) -> set[Key]:
    """Which of the keys are persons of the registry."""
    wanted = padded(sorted(set(keys)))
    if not wanted:
        return set()
    sql = f"SELECT key FROM person WHERE NOT withdrawn AND key IN ({marks(wanted)})"
    return {Key(as_uuid(row[0])) for row in rows(conn, sql, wanted)}


def read(sender: Sender, mobile: MobileKey, meant: Sequence[Candidate], of_registry: set[Key], at: datetime) -> Read:
    """The question of one message, or why there is none."""
    if not meant:
        return Outcome.WRONG_CODE
    for each in meant:
        if each.key in sender.persons:
            return _specific(sender, each, at)
    if meant[0].doubtful and sender.provider(jurisdiction_of(meant[0].identifier.type).today(at)) is None:
        # whether such a number is anybody's is told to nobody who may not ask today
        return Outcome.NO_AGREEMENT if sender.providers else Outcome.WRONG_CODE
    likeliest = _likeliest(meant, of_registry)
    if likeliest is None:
        return Outcome.WRONG_CODE
    jurisdiction = jurisdiction_of(likeliest.identifier.type)
    provider = sender.provider(jurisdiction.today(at))
    if provider is not None:
        return _general(provider, mobile, likeliest, at)
    return Outcome.NO_AGREEMENT if sender.providers else Mismatch(meant[0].key, jurisdiction.code)


def _likeliest(meant: Sequence[Candidate], of_registry: set[Key]) -> Candidate | None:
    """Somebody who is known before somebody who is not; a doubtful number is nobody's unless it is known."""
    certain = [each for each in meant if not each.doubtful]
    return next((each for each in [*certain, *meant] if each.key in of_registry), next(iter(certain), None))


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
