"""The one line that goes back, in the sender's language; each fits one segment: 70 characters, or 160 in English."""

from daftar.answers import Answer, Question
from daftar.disclosure.sms.messages import Outcome
from daftar.terms.calendars import show_day_short
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Mode, Status
from daftar.terms.phones import calling_code
from daftar.terms.texts import text
from daftar.terms.tracking_codes import grouped


def home_of(sender: Mobile) -> Jurisdiction:
    """The jurisdiction of a number's country; `read_network_number` lets no others through."""
    return next(each for each in jurisdictions().values() if sender.startswith(calling_code(each.mobile_country)))


def answered(question: Question, answer: Answer, language: str, hotline: str) -> str:
    """An answer: the general one has status and tracking code (S2.7), the specific one the end date too (S2.8)."""
    status = text(f"status.{answer.status}", language)
    if question.mode is Mode.GENERAL:
        return text("sms_reply.general", language, status=status, code=grouped(answer.tracking_code))
    values = {"status": status, "code": answer.tracking_code}
    if answer.status is Status.NOT_COVERED:
        return text("sms_reply.not_covered", language, hotline=hotline, **values)
    if answer.valid_until is None:
        return text("sms_reply.covered", language, **values)
    return text("sms_reply.covered_until", language, day=show_day_short(answer.valid_until, language), **values)


def refused(outcome: Outcome, language: str, hotline: str) -> str:
    """Why there is no answer."""
    return text(f"sms_reply.{outcome}", language, hotline=hotline)
