"""A main insured whom an organisation's answer about a dependant names has a row of their own in the journal (X.5).

It stands directly behind the answer's and says who was told what of them, and nothing of the dependant: no outcome, no
period. It is no inquiry, and nothing counts it as one.
"""

from functools import lru_cache
from uuid import UUID

import msgspec

from daftar.answers import Entry
from daftar.disclosure.affiliation.facts import Person, read_facts
from daftar.disclosure.affiliation.projection import OF_MAIN
from daftar.store.dialect import Connection
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import Opener
from daftar.terms.outcomes import NAMED_BESIDE

SHOWN = "shown"


def beside(answered: Entry, main: Person) -> Entry:
    """The row of a main insured, made of that of the answer which names them."""
    return msgspec.structs.replace(
        answered,
        mode=NAMED_BESIDE,
        key=Key(UUID(bytes=main)),
        outcome=SHOWN,
        reason=NAMED_BESIDE,
        shown=_of_main(answered.shown),
        period_from=None,
        period_to=None,
        valid_until=None,
    )


def main_insured_told(conn: Connection, secrets: Secrets, dependant: Key, insurance_number: str) -> Person | None:
    """Whose insurance number it is that was told of a dependant's main insured; None when the registry has lost it."""
    facts, opener = read_facts(conn, [dependant.bytes]), Opener(secrets)
    for tie in facts.ties.get(dependant.bytes, ()):
        known = facts.persons.get(tie.main)
        if known and opener.record("person", known.sealed, ("insurance_number",)).insurance_number == insurance_number:
            return tie.main
    return None


@lru_cache(maxsize=4096)
def _of_main(shown: str) -> str:
    """The fields told of the main insured; the same few lists come over and over."""
    fields = [name.removeprefix(OF_MAIN) for name in shown.split() if name.startswith(OF_MAIN)]
    return " ".join(fields)
