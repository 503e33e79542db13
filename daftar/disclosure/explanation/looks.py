"""The journal's record of an explanation: under the key of whom the answer is about, and of each main insured shown."""

from dataclasses import dataclass

from daftar.answers import Entry
from daftar.disclosure.explanation.explaining import Explanation
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, and by which way."""

    account: str
    channel: Channel
    office: str = ""


def looks(found: Explanation, by: Looker) -> list[Entry]:
    """What is journalled of an explanation shown as a whole, in the transaction that reads it."""
    own = _entry(by, found.inquiry["key"], "explained", "inquiry spans facts", str(found.inquiry["id"]))
    return [own, *looks_beside(found, by)]


def looks_beside(found: Explanation, by: Looker) -> list[Entry]:
    """The part of it under the keys of main insureds, where the look at the person is journalled otherwise."""
    keys = sorted({each.key for each in found.facts if each.through})
    return [_entry(by, key, "named_beside", "facts", None) for key in keys]


def _entry(by: Looker, key: Key, reason: str, shown: str, reference: str | None) -> Entry:
    return Entry(
        channel=by.channel,
        mode="explanation",
        key=key,
        outcome="shown",
        reason=reason,
        ground=Ground.DUTY,
        shown=shown,
        account=by.account,
        office=by.office or None,
        reference=reference,
    )
