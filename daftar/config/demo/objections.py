"""Two objections that wait when the demo begins: one taken down by the hotline, one that a person made (S2.12).

So `operator_1420` finds a list, and `counter` what was passed on: a student's certificate is still to be seen.
"""

from datetime import datetime
from typing import Any

from daftar.config.demo.stories.stage import Story
from daftar.store.keys import Key, Secrets
from daftar.terms.outcomes import Reason

HOTLINE, OFFICE = "hotline", "ir-b8-1"
SAID = {
    Reason.STUDY_CERTIFICATE_MISSING: "دانشجو هستم و گواهی تحصیل این نیم‌سال را به شعبه داده‌ام.",
    Reason.CONTRIBUTION_LAPSED: "حق بیمه سه ماه گذشته را پرداخته‌ام و رسید دارم.",
}
NOTE = "لطفاً اصل گواهی تحصیل را ببینید و ثبت کنید."


def make_objections(secrets: Secrets, stories: list[Story], at: datetime) -> None:
    """Object for the first person of each reason; once more changes nothing. Wants the log-ins."""
    from django.db import transaction

    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.models import Case
    from daftar.portal.objections.services import objection_claim, objection_pass_on

    operator = Account.objects.get(user=HOTLINE)
    for reason, said in SAID.items():
        story = next(each for each in stories if each.expected.reason == reason and each.id_type.startswith("ir"))
        key = secrets.key(story.id_type, story.id_number)
        if Case.objects.filter(person=key).exists():
            continue
        with transaction.atomic():  # an interrupted start leaves all of it or nothing
            case = _objection(key, said, operator, at, by_telephone=reason == Reason.STUDY_CERTIFICATE_MISSING)
            if reason == Reason.STUDY_CERTIFICATE_MISSING:
                objection_claim(case=case.pk, by=operator, at=at)
                objection_pass_on(case=case.pk, office=OFFICE, note=NOTE, by=operator, at=at)


def _objection(key: Key, said: str, operator: Any, at: datetime, *, by_telephone: bool) -> Any:
    """The answer of today, and what is said against it."""
    from daftar.answers import Question
    from daftar.disclosure.objections import Objected
    from daftar.portal.cases.models import Case
    from daftar.portal.cases.objecting import objection_submit, objection_take_down
    from daftar.portal.journal.services import question_ask
    from daftar.terms.jurisdictions import jurisdictions
    from daftar.terms.outcomes import Channel, Ground, Mode

    question = Question(
        key=key,
        service_day=jurisdictions()["ir"].today(at),
        jurisdiction="ir",
        channel=Channel.WEB,
        ground=Ground.DUTY if by_telephone else Ground.OWN,
        mode=Mode.SPECIFIC,
        account=operator.user if by_telephone else None,
        office=operator.office if by_telephone else None,
    )
    code = question_ask(question, at=at).tracking_code
    if by_telephone:
        told = objection_take_down(
            code=code, said=said, phone="", caller="oneself", notices_in="fa", by=operator, at=at
        )
    else:
        told = objection_submit(code=code, by=key, account=None, said=said, at=at)
    if not isinstance(told, Objected):
        raise RuntimeError(f"the demo's objection was not taken down: {told}")
    return Case.objects.get(number=told.number)
