"""Many telephones at once: their words taken, their errands done and their dialogues kept in one transaction.

So a dialogue and what was journalled for it are never apart: after a crash both are there or neither, and a word that
comes again finds what was said to it (S2.18, S2.20).
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from daftar.answers import TrackingCodes, Writer
from daftar.disclosure.senders import Sender, find_senders
from daftar.gate.ussd import menu, screens
from daftar.gate.ussd.dialogue import MOST_TURNS, Dialogue, hear, mark_of
from daftar.gate.ussd.errands import Bureau, Caller, count_mismatches, run_errands
from daftar.gate.ussd.heard import Heard, Said
from daftar.gate.ussd.sessions import Kept, count_begun, read_dialogues, write_dialogues
from daftar.store.dialect import Connection
from daftar.store.keys import MobileKey, Secrets
from daftar.terms.jurisdictions import jurisdictions

MOST_BEGUN = 10
WITHIN = timedelta(minutes=1)


@dataclass(slots=True)
class Turn:
    """One request in work: the words that are new in it, or what is said at once."""

    heard: Heard
    caller: Caller
    words: deque[str] = field(default_factory=deque)
    said: str = ""  # a text of this channel that ends the dialogue without touching it


def converse(
    conn: Connection,
    heard: Sequence[Heard],
    *,
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[Said]:
    """What is said to each request, in order. The caller owns the transaction, and says it after the commit."""
    bureau = Bureau(conn, at, secrets, writer, tracking)
    kept = read_dialogues(conn, secrets, [each.id for each in heard], at)
    turns: dict[int, Turn] = {}
    said: dict[int, Said] = {}
    for places in _waves(heard):
        wave = _answer(bureau, kept, [heard[place] for place in places])
        turns.update(zip(places, wave, strict=True))
        said.update({place: _said(turns[place]) for place in places})
    count_mismatches(bureau, [turn.caller for turn in turns.values()])  # which may change what a last screen says
    write_dialogues(conn, secrets, kept.values(), at)
    return [_said(turns[place]) if said[place].ends else said[place] for place in range(len(heard))]


def _waves(heard: Sequence[Heard]) -> Iterator[list[int]]:
    """Places of requests such that a dialogue comes once in each: two of its requests are taken one after the other."""
    seen: Counter[UUID] = Counter()
    waves: list[list[int]] = []
    for place, each in enumerate(heard):
        if seen[each.id] == len(waves):
            waves.append([])
        waves[seen[each.id]].append(place)
        seen[each.id] += 1
    yield from waves


def _answer(bureau: Bureau, kept: dict[UUID, Kept], wave: Sequence[Heard]) -> list[Turn]:
    """Take each request's new words as far as they go; errands of all are run together, round by round."""
    unknown = {each.caller for each in wave if each.id not in kept and not each.by_word}
    begun = count_begun(bureau.conn, unknown, bureau.at - WITHIN) if unknown else {}
    turns = [_turn(kept, each, begun, bureau.at) for each in wave]
    senders = _meet(bureau, [turn.caller for turn in turns if not turn.said])
    moving = [turn for turn in turns if turn.words]
    while moving:
        for turn in moving:
            _take_words(turn)
        errands = [turn.caller for turn in moving if turn.caller.wish]
        strangers = {each.mobile for each in errands} - senders.keys()
        if strangers:
            senders |= find_senders(bureau.conn, strangers, at=bureau.at)
        run_errands(bureau, errands, senders)
        moving = [turn for turn in moving if turn.words and not turn.caller.dialogue.ended]
    return turns


def _turn(kept: dict[UUID, Kept], heard: Heard, begun: dict[MobileKey, int], at: datetime) -> Turn:
    """A request beside its dialogue: one that begins, one that goes on, one that is over, or a word come again."""
    row = kept.get(heard.id)
    known = row.dialogue if row and row.caller == heard.caller else None
    if known and _came_before(known, heard):
        return Turn(heard, Caller(heard.caller, known))
    begins = heard.begins if heard.by_word else row is None
    if begins and len(heard.words) <= MOST_TURNS:
        return _begin(kept, heard, known, begun, at)
    if row is None or known is None or known.ended or not _goes_on(known, heard):
        return Turn(heard, Caller(heard.caller, _new(heard)), said="over")
    return _take(row, heard, known, heard.words if heard.by_word else heard.words[known.turns :])


def _begin(
    kept: dict[UUID, Kept], heard: Heard, before: Dialogue | None, begun: dict[MobileKey, int], at: datetime
) -> Turn:
    """A new dialogue, in the row of the number's last one where its gateway names none; too many are refused."""
    dialogue = _new(heard)
    if heard.by_word:
        now = int(at.timestamp())
        dialogue.begun = [each for each in (before.begun if before else []) if each > now - WITHIN.seconds] + [now]
        flooding = len(dialogue.begun) > MOST_BEGUN
    else:
        begun[heard.caller] = begun.get(heard.caller, 0) + 1
        flooding = begun[heard.caller] > MOST_BEGUN
    if flooding:
        return Turn(heard, Caller(heard.caller, dialogue), said="too_often")
    fresh = heard.id not in kept or kept[heard.id].fresh
    row = kept[heard.id] = Kept(heard.id, heard.caller, at, dialogue, fresh=fresh)
    return _take(row, heard, dialogue, heard.words)


def _take(row: Kept, heard: Heard, dialogue: Dialogue, words: Sequence[str]) -> Turn:
    """Words that are new, marked so that they are known when they come again."""
    row.changed = True
    dialogue.turns += len(words)
    dialogue.heard = [*dialogue.heard, heard.mark] if heard.by_word else [_mark_of_all(heard.words)]
    return Turn(heard, Caller(heard.caller, dialogue), deque(words))


def _came_before(dialogue: Dialogue, heard: Heard) -> bool:
    """Whether the request holds nothing new: repeated, or overtaken by a later one."""
    return heard.mark in dialogue.heard if heard.by_word else len(heard.words) <= dialogue.turns


def _goes_on(dialogue: Dialogue, heard: Heard) -> bool:
    """Whether the words begin with those that were taken, and are not too many."""
    if dialogue.turns + len(heard.words if heard.by_word else heard.words[dialogue.turns :]) > MOST_TURNS:
        return False
    return heard.by_word or dialogue.heard == [_mark_of_all(heard.words[: dialogue.turns])]


def _mark_of_all(words: Sequence[str]) -> str:
    return mark_of("*".join(words))


def _new(heard: Heard) -> Dialogue:
    return Dialogue(heard.jurisdiction, jurisdictions()[heard.jurisdiction].language)


def _meet(bureau: Bureau, callers: Sequence[Caller]) -> dict[MobileKey, Sender]:
    """Find out who begins, and show them the menu in their language."""
    new = [each for each in callers if not each.dialogue.screen]
    if not new:
        return {}
    senders = find_senders(bureau.conn, {each.mobile for each in new}, at=bureau.at)
    for each in new:
        sender, dialogue = senders[each.mobile], each.dialogue
        dialogue.language = sender.language or dialogue.language
        dialogue.registered = bool(sender.providers)
        today = dialogue.home.today(bureau.at)
        dialogue.organisations = [(one.organisation, one.name) for one in sender.providers if one.may(today)]
        dialogue.show(menu.MENU)
    return senders


def _take_words(turn: Turn) -> None:
    """Up to the next errand."""
    caller = turn.caller
    while turn.words and caller.wish is None and not caller.dialogue.ended:
        caller.wish = hear(caller.dialogue, turn.words.popleft())


def _said(turn: Turn) -> Said:
    dialogue = turn.caller.dialogue
    if turn.said:
        return Said(screens.words(turn.said, dialogue.language), ends=True)
    return Said(dialogue.screen, dialogue.ended, tuple(turn.caller.told))
