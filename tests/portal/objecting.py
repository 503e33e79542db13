"""What tests of objections stand on: an answer told to a hospital, an objection to it, staff at work."""

from datetime import UTC, datetime

from django.db import transaction
from django.test import Client

from daftar.answers import Question
from daftar.disclosure.objections import Objected
from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.objecting import objection_submit
from daftar.portal.journal.services import question_ask
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.tracking_codes import TrackingCode
from tests.portal import world

Made = tuple[str, str, str]


def answered(made: Made, jurisdiction: str = "ir") -> TrackingCode:
    """The code of an answer that the hospital was given about somebody."""
    now = datetime.now(UTC)
    question = Question(
        key=Key(world.key_of(made)),
        service_day=jurisdictions()[jurisdiction].today(now),
        jurisdiction=jurisdiction,
        channel=Channel.API,
        ground=Ground.AGREEMENT,
        organisation=world.HOSPITAL,
    )
    with transaction.atomic():
        return question_ask(question, at=now).tracking_code


def objected(made: Made, said: str = "I study", jurisdiction: str = "ir") -> Case:
    """An objection of a person to such an answer."""
    told = objection_submit(
        code=answered(made, jurisdiction), by=world.key_of(made), account=None, said=said, at=datetime.now(UTC)
    )
    assert isinstance(told, Objected)
    return Case.objects.get(number=told.number)


def citizen() -> Client:
    """رضا, logged in."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    return client


def act(client: Client, case: Case, what: str, **values: object) -> object:
    """Do something to an objection on its page."""
    return client.post(f"/en/console/objections/{case.number}/{what}/", values)


def held_by(user: str, case: Case) -> Case:
    """The objection, taken up."""
    from daftar.portal.objections.services import objection_claim

    return objection_claim(case=case.pk, by=Account.objects.get(user=user), at=datetime.now(UTC))
