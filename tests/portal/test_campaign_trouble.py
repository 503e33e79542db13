"""What goes wrong around a campaign: queries that take too long, mails in a sender's hands, answers that never come."""

import threading
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import OperationalError, connections

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.campaigns import sending, services
from daftar.portal.campaigns.forgetting import finished_fold
from daftar.portal.campaigns.models import Campaign
from daftar.portal.campaigns.selectors import deliveries
from daftar.portal.campaigns.walks import Walk
from daftar.portal.notices import sending as mails
from daftar.portal.notices.models import OutboxMessage
from tests.portal.test_campaigns import NOON, boss, drafted, let_go, phone, told

pytestmark = pytest.mark.usefixtures("portal")


def test_a_campaign_whose_query_takes_too_long_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    phone("+989120000100")
    slow, other = let_go(drafted("providers")), let_go(drafted("providers"))
    true_walk = sending.walk_of

    def walk(campaign: Campaign, at: datetime) -> Walk:
        if campaign.pk == slow.pk:
            raise OperationalError("canceling statement due to statement timeout")
        return true_walk(campaign, at)

    monkeypatch.setattr(sending, "walk_of", walk)
    assert sending.send_due(NOON) == 1
    assert [len(told(each)) for each in (slow, other)] == [0, 1]
    monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: False)
    with pytest.raises(OperationalError):  # the database is away, for all of them
        sending.send_due(NOON)


def test_one_work_of_the_thread_that_fails_keeps_no_other_from_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, done = threading.Event(), list[str]()

    def failing(at: datetime) -> None:
        raise OperationalError

    for name in ("send_due", "count_due", "finished_fold"):
        monkeypatch.setattr(sending, name, failing)
    monkeypatch.setattr(sending, "EVERY_SECONDS", 0)
    monkeypatch.setattr(sending, "left_forget", lambda at: (done.append("forgotten"), stop.set()))
    sending.keep_sending(stop)
    assert done == ["forgotten"]


def test_what_waited_before_messages_had_a_country_leaves_by_its_campaigns_day() -> None:
    phone("+989120000100")
    phone("+989120000101")
    campaign = let_go(drafted("providers"))
    sending.send_due(NOON)
    rows = OutboxMessage.objects.order_by("id")
    left, waits = rows
    rows.update(country=None)
    rows.filter(pk=left.pk).update(state="accepted")
    concerns_one = OutboxMessage.objects.create(channel="sms", language="fa", sealed=b"", created_at=NOON)
    import_module("daftar.portal.campaigns.migrations.0002_walks").set_countries(apps, None)
    found = dict(rows.values_list("pk", "country"))
    assert found == {left.pk: None, waits.pk: campaign.jurisdiction, concerns_one.pk: None}


@pytest.mark.parametrize("tries", [0, 3])
def test_a_mail_in_a_senders_hands_is_not_taken_back(tries: int) -> None:
    for user in ("a", "b"):
        account_make(user=user, password="x" * 16, role=Role.REVIEWER, mail=f"{user}@example.org")
    campaign = let_go(drafted("staff", "mail"))
    assert sending.send_due(NOON) == 2
    rows = OutboxMessage.objects.filter(campaign=campaign.pk)
    rows.update(tries=tries)
    taken = mails._take(NOON)
    assert taken is not None
    assert services.campaign_stop(campaign=campaign.pk, by=boss(), at=NOON)
    finished_fold(NOON)
    campaign.refresh_from_db()
    assert (list(rows.values_list("pk", flat=True)), campaign.withdrawn) == ([taken.pk], 1)
    assert mails._take(NOON + timedelta(days=1)) is None, "it was refused, and the campaign is stopped"
    finished_fold(NOON + mails.HANDS)
    campaign.refresh_from_db()
    assert (rows.exists(), campaign.withdrawn) == (False, 2)


def test_what_the_gateway_never_answered_is_given_up_after_a_day_and_the_campaign_ends() -> None:
    for serial in range(3):
        phone(f"+98912000010{serial}")
    campaign = let_go(drafted("providers"))
    assert sending.send_due(NOON) == 3
    rows = OutboxMessage.objects.filter(campaign=campaign.pk).order_by("id")
    day = NOON + timedelta(days=1)
    rows.update(state="handed", handed_at=day - timedelta(minutes=1))
    just, refused, _ = rows
    rows.filter(pk=just.pk).update(handed_at=day)
    rows.filter(pk=refused.pk).update(next_try_at=day)
    finished_fold(day - timedelta(seconds=1))
    assert deliveries(campaign).waiting == 3
    finished_fold(day)
    campaign.refresh_from_db()
    found = deliveries(campaign)
    assert (found.waiting, found.failed) == (2, 1)
    finished_fold(day + timedelta(days=1))
    assert sending.send_due(day + timedelta(days=1)) == 0
    campaign.refresh_from_db()
    assert (campaign.state, deliveries(campaign).failed) == ("done", 3)
