"""From affiliation questions to recorded replies: who may ask, the facts, the decision, the permitted fields."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from daftar.answers import Entry, TrackingCodes, Writer, quotas, record
from daftar.disclosure.affiliation.beside import beside
from daftar.disclosure.affiliation.decision import decide
from daftar.disclosure.affiliation.entries import entry, refusal_entry
from daftar.disclosure.affiliation.facts import Facts, Person, read_facts
from daftar.disclosure.affiliation.faults import NEED_A_LETTER, faults
from daftar.disclosure.affiliation.projection import Projection, digest, project
from daftar.disclosure.affiliation.questions import OWN, AffiliationQuestion, AffiliationRefused
from daftar.disclosure.affiliation.relationships import relationships
from daftar.disclosure.affiliation.replies import Recorded, Told
from daftar.disclosure.agreements import AFFILIATION, Standing, any_allows, charges, read_standings
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets
from daftar.store.sealing import Opener
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import AffiliationOutcome
from daftar.terms.tracking_codes import TrackingCode


class Before(NamedTuple):
    """A question that was answered before: its row of the journal, and the digest of what was told."""

    row: dict[str, Any]
    told: UUID | None


Given = Mapping[int, Before]
"""What was answered before, by the place of its question."""

Noted = tuple[TrackingCode, Told | AffiliationRefused]
"""What a question is told, or why it is refused, and under which code it stands in the journal."""

_NOBODY = Standing("", ())
_NO_AGREEMENT = AffiliationRefused("no-agreement")
_QUOTA_EXCEEDED = AffiliationRefused("quota-exceeded")


class Counter(NamedTuple):
    """What answering needs: the caller's transaction, the secrets, the journal's writer, and the time."""

    conn: Connection
    secrets: Secrets
    writer: Writer
    tracking: TrackingCodes
    at: datetime


class Examined(msgspec.Struct, frozen=True, gc=False):
    """A question with its person, its day, its asker's kind, and why it is refused, if it is."""

    question: AffiliationQuestion
    person: Person
    today: date
    kind: str
    refused: AffiliationRefused | None


def answer(counter: Counter, questions: Sequence[AffiliationQuestion], given: Given | None = None) -> list[Recorded]:
    """What each is told, in order. What stands in `given` is told again as of its day, neither charged nor recorded."""
    given = given or {}
    examined = _examine(counter, questions, given)
    told = _tell_all(counter, examined)
    new = [place for place, each in enumerate(examined) if place not in given or each.refused]
    codes = iter(_record(counter, [examined[place] for place in new], [told[place] for place in new]))
    return [
        _again(counter, each, held, given[place])
        if place in given and isinstance(held, Told)
        else Recorded(each.question, each.today, next(codes), counter.at, held)
        for place, (each, held) in enumerate(zip(examined, told, strict=True))
    ]


def answer_new(counter: Counter, questions: Sequence[AffiliationQuestion]) -> list[Noted]:
    """As `answer`, where nothing was answered before: what each is told, with its code."""
    examined = _examine(counter, questions, {})
    told = _tell_all(counter, examined)
    return list(zip(_record(counter, examined, told), told, strict=True))


def _examine(counter: Counter, questions: Sequence[AffiliationQuestion], given: Given) -> list[Examined]:
    """Whether each may be asked: agreement first, then period and letter, then quota."""
    codes = {each.organisation for each in questions if each.organisation and each.organisation_kind != OWN}
    standings = read_standings(counter.conn, codes) if codes else {}
    days = {code: each.today(counter.at) for code, each in jurisdictions().items()}
    askers: dict[tuple[str | None, bool, date], Asker] = {}
    examined, quota = [], []
    for place, question in enumerate(questions):
        now = days[question.jurisdiction]
        today = given[place].row["service_day"] if place in given else now
        who = (question.organisation, question.organisation_kind == OWN, now)  # also to be told again one needs access
        asker = askers.get(who) or askers.setdefault(who, _asker(*who, standings))
        refused = asker.refused or _refusal(question, asker.kind, today)
        examined.append(Examined(question, question.key.bytes, today, asker.kind, refused))
        quota.append(() if refused or place in given else asker.quota)
    if any(quota):
        granted = quotas.take(counter.conn, quota)
        examined = [
            each if may else msgspec.structs.replace(each, refused=_QUOTA_EXCEEDED)
            for each, may in zip(examined, granted, strict=True)
        ]
    return examined


class Asker(NamedTuple):
    """What an organisation, or a citizen, may do on a day."""

    kind: str
    refused: AffiliationRefused | None
    quota: quotas.Charges


def _asker(organisation: str | None, own: bool, today: date, standings: Mapping[str, Standing]) -> Asker:
    if own:
        return Asker(OWN, None, ())
    code = organisation or ""
    standing = standings.get(code, _NOBODY)
    may = any_allows(standing.agreements, AFFILIATION, today)
    return Asker(standing.kind, None if may else _NO_AGREEMENT, charges(standing.agreements, code, AFFILIATION, today))


def _refusal(question: AffiliationQuestion, kind: str, today: date) -> AffiliationRefused | None:
    found = faults(question, kind, today)
    return AffiliationRefused("invalid-input", found) if found else None


def _tell(each: Examined, facts: Facts, opener: Opener) -> Told:
    person = each.person
    first, last = each.question.period_from, each.question.period_to
    period = (first, last) if first and last else None
    held = relationships(facts, person)
    decision = decide(held, known=person in facts.persons, today=each.today, period=period)
    seen = WHO_SEES_WHAT[each.kind, decision.outcome, decision.role]
    return Told(decision, project(seen, facts, person, decision, opener, each.today))


def _tell_all(counter: Counter, examined: Sequence[Examined]) -> list[Told | AffiliationRefused]:
    open_ = [each for each in examined if not each.refused]
    courts = [each.person for each in open_ if each.kind in NEED_A_LETTER]
    facts = read_facts(counter.conn, [each.person for each in open_], numbers_of=courts)
    opener = Opener(counter.secrets)
    return [each.refused or _tell(each, facts, opener) for each in examined]


def _record(
    counter: Counter, examined: Sequence[Examined], told: Sequence[Told | AffiliationRefused]
) -> list[TrackingCode]:
    """Journal what was told; the codes of the questions alone, in order."""
    entries: list[Entry] = []
    places: list[int] = []
    for each, held in zip(examined, told, strict=True):
        places.append(len(entries))
        entries += _entries(each, held)
    codes = record(counter.conn, entries, at=counter.at, writer=counter.writer, tracking=counter.tracking)
    return [codes[place] for place in places]


def _entries(each: Examined, told: Told | AffiliationRefused) -> tuple[Entry, ...]:
    """The row of a question, and directly behind it that of a main insured whom its answer names.

    What dependants ask about themselves is their own record alone: it tells no organisation of the main insured.
    """
    if isinstance(told, AffiliationRefused):
        return (refusal_entry(each.question, each.today, told),)
    decision, main = told.decision, told.projection.main
    answered = entry(each.question, each.today, decision.outcome, decision.reason, told.projection.shown)
    return (answered,) if main is None or each.kind == OWN else (answered, beside(answered, main))


def _again(counter: Counter, each: Examined, told: Told, before: Before) -> Recorded:
    """The first answer again. Where facts have changed since, only the outcome: nothing else was told on record."""
    row = before.row
    (code,) = counter.tracking.codes([row["id"]])
    same = (told.decision.outcome, told.projection.shown) == (row["outcome"], row["shown"])
    if not same or digest(counter.secrets, told.projection) != before.told:
        first = msgspec.structs.replace(told.decision, outcome=AffiliationOutcome(row["outcome"]))
        told = Told(first, Projection())
    return Recorded(each.question, each.today, code, row["asked_at"], told)
