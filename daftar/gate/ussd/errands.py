"""What a dialogue asks of the database, done for all dialogues of a batch together (S2.7-S2.9, S2.12, S2.20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from daftar.answers import Answer, Question, QuotaExceeded, Reply, TrackingCodes, Writer, ask
from daftar.disclosure.meant import Candidate, candidates, known, likeliest
from daftar.disclosure.mismatches import count_mismatch
from daftar.disclosure.objections import Objected, Objecting, object_to
from daftar.disclosure.senders import RegisteredProvider, Sender
from daftar.disclosure.telephone_questions import general_question, specific_question
from daftar.gate.ussd import menu, screens
from daftar.gate.ussd.dialogue import Dialogue, Wish
from daftar.gate.ussd.menu import Errand
from daftar.gate.ussd.sessions import last_answers, remember_answers
from daftar.store.dialect import Connection
from daftar.store.keys import Key, MobileKey, Secrets
from daftar.terms.calendars import show_day_short
from daftar.terms.case_numbers import grouped
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.objections import NotTaken
from daftar.terms.outcomes import Channel, Mode, Status
from daftar.terms.texts import text
from daftar.terms.tracking_codes import TrackingCode


@dataclass(frozen=True, slots=True)
class Bureau:
    """With what errands are done: one transaction, its time, its writer."""

    conn: Connection
    at: datetime
    secrets: Secrets
    writer: Writer
    tracking: TrackingCodes


@dataclass(slots=True)
class Caller:
    """A dialogue whose wish is to be done; `told` gathers the answers journalled for it."""

    mobile: MobileKey
    dialogue: Dialogue
    wish: Wish | None = None
    told: list[Status] = field(default_factory=list)
    mismatched: tuple[Key, date] | None = None


def run_errands(bureau: Bureau, callers: Sequence[Caller], senders: Mapping[MobileKey, Sender]) -> None:
    """Do the wish of each of these and show what came of it; inquiries of all are asked together."""
    wishes = [(each, each.wish) for each in callers if each.wish]
    meant = [candidates(bureau.secrets, wish.readings) for _, wish in wishes]
    of_registry = known(bureau.conn, {each.key for readings in meant for each in readings})
    asking: list[tuple[Caller, Question]] = []
    for (caller, wish), readings in zip(wishes, meant, strict=True):
        caller.wish, sender = None, senders[caller.mobile]
        question = None
        if wish.errand is Errand.CODES:
            _tell_codes(bureau, caller)
        elif wish.errand is Errand.OBJECT:
            _object(bureau, caller, sender)
        elif wish.errand is Errand.OWN:
            question = _own_question(bureau, caller, sender, readings)
        else:
            question = _patient_question(bureau, caller, sender, likeliest(readings, of_registry))
        if question:
            asking.append((caller, question))
    if asking:
        _ask(bureau, asking)


def count_mismatches(bureau: Bureau, callers: Sequence[Caller]) -> None:
    """Count what did not match, in one order over all transactions and after all quotas; too many are told (S2.9)."""
    mismatched = [(each.mismatched, each) for each in callers if each.mismatched]
    for (key, day), caller in sorted(mismatched, key=lambda each: each[0]):
        within = count_mismatch(bureau.conn, bureau.secrets, key=key, network_address=caller.mobile.hex, day=day)
        caller.dialogue.tell("mismatch" if within else "too_many_mismatches")


def _own_question(bureau: Bureau, caller: Caller, sender: Sender, readings: Sequence[Candidate]) -> Question | None:
    """The specific mode: the number comes from the network, never from what was typed (S2.8, S2.9 decision)."""
    one = next((each for each in readings if each.key in sender.persons), readings[0])
    applicant = sender.persons.get(one.key)
    if applicant is None:
        caller.mismatched = (one.key, jurisdiction_of(one.identifier.type).today(bureau.at))
        caller.dialogue.tell("mismatch")
        return None
    return specific_question(applicant, one, Channel.USSD, bureau.at)


def _patient_question(bureau: Bureau, caller: Caller, sender: Sender, patient: Candidate) -> Question | None:
    """The general mode, for a registered provider whose agreement holds today (S2.7, S2.19)."""
    today = jurisdiction_of(patient.identifier.type).today(bureau.at)
    provider = _in_the_name_of(caller.dialogue, sender, today)
    if provider is None:
        caller.dialogue.tell("no_agreement" if sender.providers else "no_provider")
        return None
    return general_question(provider, caller.mobile, patient, Channel.USSD, bureau.at)


def _in_the_name_of(dialogue: Dialogue, sender: Sender, today: date) -> RegisteredProvider | None:
    """The provider that was chosen; where there was nothing to choose, the one that may ask."""
    if not dialogue.organisation:
        return sender.provider(today)
    chosen = (each for each in sender.providers if each.organisation == dialogue.organisation and each.may(today))
    return next(chosen, None)


def _ask(bureau: Bureau, asking: Sequence[tuple[Caller, Question]]) -> None:
    questions = [question for _, question in asking]
    replies = ask(bureau.conn, questions, at=bureau.at, writer=bureau.writer, tracking=bureau.tracking)
    for (caller, question), reply in zip(asking, replies, strict=True):
        _tell(caller, question, reply)
    told = [
        (reply.id, caller.mobile)
        for (caller, _), reply in zip(asking, replies, strict=True)
        if isinstance(reply, Answer)
    ]
    if told:
        remember_answers(bureau.conn, told, bureau.at)


def _tell(caller: Caller, question: Question, reply: Reply) -> None:
    """The answer in the words of its mode: only the specific one says until when, and why not."""
    dialogue = caller.dialogue
    if isinstance(reply, QuotaExceeded):
        dialogue.tell("no_quota")
        return
    assert isinstance(reply, Answer)  # no Idempotency-Key was sent
    caller.told.append(reply.status)
    language = dialogue.language
    said = {"status": text(f"status.{reply.status}", language), "code": screens.spaced(reply.tracking_code, language)}
    if question.mode is Mode.GENERAL:
        dialogue.show(menu.TOLD_PATIENT, **said)
    elif reply.status is Status.COVERED and reply.valid_until:
        dialogue.tell("covered_until", day=show_day_short(reply.valid_until, language), **said)
    elif reply.status is Status.COVERED:
        dialogue.tell("covered", **said)
    else:
        hotline = dialogue.home.hotline
        why = f"{text(f'reason.{reply.reason}', language)} {text(f'next.{reply.reason}', language, hotline=hotline)}"
        dialogue.code, dialogue.why = reply.tracking_code, screens.pages(why, language)
        dialogue.show(menu.TOLD_NOT, **said)


def _tell_codes(bureau: Bureau, caller: Caller) -> None:
    """Codes and times alone: what was asked about whom is not said again."""
    found = last_answers(bureau.conn, caller.mobile, bureau.at)
    dialogue = caller.dialogue
    if not found:
        dialogue.tell("no_codes")
        return
    codes = bureau.tracking.codes([inquiry for inquiry, _ in found])
    told = [(code, when) for code, (_, when) in zip(codes, found, strict=True)]
    dialogue.end(screens.code_lines(told, dialogue.home, bureau.at, dialogue.language))


def _object(bureau: Bureau, caller: Caller, sender: Sender) -> None:
    """An objection in the name of one of the persons whose mobile it is (S2.12)."""
    dialogue = caller.dialogue
    outcome: Objected | NotTaken = NotTaken.UNKNOWN_CODE
    for person in sender.own:
        wish = Objecting(TrackingCode(dialogue.code), person, Channel.USSD, dialogue.language)
        outcome = object_to(
            bureau.conn, bureau.secrets, wish, at=bureau.at, writer=bureau.writer, tracking=bureau.tracking
        )
        if outcome is not NotTaken.UNKNOWN_CODE:
            break
    if isinstance(outcome, Objected):
        day = show_day_short(outcome.due_on, dialogue.language)
        dialogue.tell("objected", number=grouped(outcome.number), day=day)
    else:
        dialogue.tell(str(outcome))
