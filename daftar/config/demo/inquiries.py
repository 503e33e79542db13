"""What happened before the first visitor came: two in three providers have asked about patients (S2.11), and each
insurer has announced that nobody needs a stamp in a booklet any more (S2.3, S2.14)."""

from datetime import datetime
from random import Random

from daftar.config.demo.facts import Facts
from daftar.config.demo.organisations import ENDED, NO_ELIGIBILITY
from daftar.config.demo.stories.stage import Story
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground

ASKING = 0.66
MOST_ASKED = 6
CHANNELS = (Channel.WEB, Channel.API, Channel.APP, Channel.SMS, Channel.USSD)
ANNOUNCED = {
    "ir": {
        "fa": (
            "دفترچه درمانی دیگر تمدید اعتبار نمی‌خواهد",
            "برای درمان فقط کد ملی کافی است؛ به شعبه و کارگزاری نیایید.",
        ),
        "zh": ("医疗手册不再需要续期盖章", "就医只需身份号码，无需前往分支机构。"),
        "en": (
            "Booklets need no stamp any more",
            "Your national code is enough for treatment: no need to come to a branch.",
        ),
    },
    "cn": {
        "fa": (
            "ثبت درمان در استان دیگر برخط شد",
            "ثبت درمان در منطقه دیگر را همین‌جا انجام دهید؛ نیازی به مراجعه نیست.",
        ),
        "zh": ("异地就医备案可在网上办理", "异地就医备案及撤销均可在本平台办理，无需到窗口。"),
        "en": (
            "File treatment elsewhere online",
            "Filings and their revocations are done here: no need to come to a counter.",
        ),
    },
}
"""Title and text by country and language."""


def ask_as_providers(secrets: Secrets, facts: Facts, stories: list[Story], at: datetime) -> None:
    """Inquiries of providers about ordinary people, never about those of the stories; once more changes nothing."""
    from django.db import transaction

    from daftar.answers import Question, ask
    from daftar.portal.journal.models import Inquiry
    from daftar.portal.journal.services import TRACKING, WRITER, raw_connection

    told = {story.id_number for story in stories}
    people: dict[str, list[tuple[str, str]]] = {}
    for row in facts.rows["persons"]:
        if row["id_number"] not in told:
            people.setdefault(str(row["id_type"])[:2], []).append((str(row["id_type"]), str(row["id_number"])))
    questions = []
    for row in facts.rows["organisations"]:
        code, country = str(row["code"]), str(row["province"])[:2]
        own = Random(code)
        if row["kind"] != "provider" or code in (ENDED, NO_ELIGIBILITY) or own.random() > ASKING:
            continue
        for type_, number in own.sample(people[country], min(own.randint(1, MOST_ASKED), len(people[country]))):
            questions.append(
                Question(
                    key=secrets.key(type_, number),
                    service_day=jurisdictions()[country].today(at),
                    jurisdiction=country,
                    channel=own.choice(CHANNELS),
                    ground=Ground.AGREEMENT,
                    organisation=code,
                    account="demo",
                    purpose="eligibility",
                )
            )
    with transaction.atomic():
        if not Inquiry.objects.filter(account="demo").exists():
            ask(raw_connection(), questions, at=at, writer=WRITER, tracking=TRACKING)


def announce(at: datetime) -> None:
    """An announcement of each insurer; once more changes nothing. Wants the log-ins."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.campaigns.announcing import announcement_publish
    from daftar.portal.notices.models import Announcement, Tone

    for user in ("headquarters", "headquarters-cn"):
        by = Account.objects.get(user=user)
        if Announcement.objects.filter(jurisdiction=by.jurisdiction).exists():
            continue
        told = ANNOUNCED[by.jurisdiction]
        announcement_publish(
            tone=Tone.NOTE,
            titles={code: title for code, (title, _) in told.items()},
            texts={code: text for code, (_, text) in told.items()},
            starts_at=at,
            ends_at=None,
            by=by,
            at=at,
        )
