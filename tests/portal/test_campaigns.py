"""Headquarters tell a chosen group something by SMS or mail, and everybody on the portal (S2.14)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from daftar.disclosure.outbox import open_message
from daftar.disclosure.sms import dispatch
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.campaigns import reaching, sending, services
from daftar.portal.campaigns.forgetting import finished_fold
from daftar.portal.campaigns.models import Campaign
from daftar.portal.campaigns.reaching import receivers_count
from daftar.portal.campaigns.selectors import deliveries
from daftar.portal.campaigns.texts import parts, print_of
from daftar.portal.campaigns.walks import Receiver, Walk
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import raw_connection
from daftar.portal.notices.models import Announcement, NoticeChannel, NoticeChoice, OutboxMessage
from daftar.portal.notices.services import choice_set
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.phones import phone_register
from daftar.portal.people.models import Person
from daftar.terms.mobiles import Mobile
from tests.portal import world
from tests.portal.acting import words
from tests.portal.reviewing import entered

pytestmark = pytest.mark.usefixtures("portal")
only_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

PAGE = "/en/campaigns/"
NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""Half past twelve in Tehran, by day in Beijing too."""
TEXTS = {"text_fa": "به شعبه نیایید.", "text_zh": "无需到窗口。", "text_en": "No need to come."}
SUBJECTS = {"title_fa": "اطلاع", "title_zh": "通知", "title_en": "News"}


@pytest.fixture
def client() -> Client:
    return entered("headquarters")


def boss() -> Account:
    return Account.objects.get(user="headquarters")


def drafted(group: str = "insured", channel: str = "sms", **chosen: object) -> Campaign:
    """A draft as the page would keep it."""
    texts = {name.removeprefix("text_"): text for name, text in TEXTS.items()}
    subjects = {name.removeprefix("title_"): text for name, text in SUBJECTS.items()} if channel == "mail" else {}
    written = {"name": "winter", "chosen": chosen, "subjects": subjects, "texts": texts}
    made = services.campaign_draft(group=group, channel=channel, written=written, by=boss(), at=NOON)
    receivers_count(made.pk, NOON)
    made.refresh_from_db()
    return made


def let_go(campaign: Campaign) -> Campaign:
    """Let a draft go, as who has just read it."""
    assert services.campaign_let_go(campaign=campaign.pk, seen=print_of(campaign), by=boss(), at=NOON)
    return campaign


def leave(campaign: Campaign, **became: object) -> None:
    """The gateway takes everything that waits, and the network acknowledges it."""
    rows = OutboxMessage.objects.filter(campaign=campaign.pk, state="waiting")
    rows.update(**{"state": "accepted", "sent_at": NOON, "reported_at": NOON} | became)


def told(campaign: Campaign) -> list[tuple[str, str, str]]:
    """Address, language and text of a campaign's messages in the order in which they were put."""
    rows = OutboxMessage.objects.filter(campaign=campaign.pk).order_by("id")
    opened = [(open_message(settings.SECRETS, row.sealed), row.language) for row in rows]
    return [(message.to, language, message.text) for message, language in opened]


def mobile(made: tuple[str, str, str]) -> str:
    return world.international(made[2], made[0])


def phone(number: str, organisation: str = world.HOSPITAL) -> None:
    """A mobile of a provider, registered long ago."""
    found = Organisation.objects.get(code=organisation)
    phone_register(
        organisation=found,
        mobile=Mobile(number),
        holder="",
        today=world.long_ago().date(),
        by="headquarters",
        at=world.long_ago(),
    )


def test_the_insured_of_a_country_each_in_their_language_and_each_mobile_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 1)  # the same mobile comes in another batch
    choice_set(world.key_of(world.LAPSED), channel=NoticeChannel.MAIL, mail="lapsed@example.org", language="en")
    Person.objects.filter(key=world.key_of(world.SILENT)).update(
        mobile_key=settings.SECRETS.mobile_key(mobile(world.PAID)),
        mobile_verified=True,
        insured_region="ir-8",
        sealed=Person.objects.get(key=world.key_of(world.PAID)).sealed,
    )
    Person.objects.filter(key=world.key_of(world.PENSIONER)).update(death_date=date(2026, 1, 1))
    campaign = drafted()
    page = f"{PAGE}{campaign.pk}/"
    Campaign.objects.filter(pk=campaign.pk).update(counted_at=timezone.now())
    shown = client.get(page)
    assert "Receivers 2 counted" in words(shown)
    refused = client.post(page, {"seen": shown.context["seen"]})
    assert refused.status_code == 422
    assert client.post(page, {"seen": shown.context["seen"], "read": "on"}).url == page
    assert sending.send_due(NOON) == 2
    assert sending.send_due(NOON) == 0
    assert sorted(told(campaign)) == [
        (mobile(world.PAID), "fa", TEXTS["text_fa"]),
        (mobile(world.LAPSED), "en", TEXTS["text_en"]),
    ]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.put, campaign.counted) == ("sending", 2, 2)
    leave(campaign)
    sending.send_due(NOON)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.ended_at) == ("done", NOON)
    assert Inquiry.objects.get(mode="campaign").reference == f"{campaign.pk} sms insured: 2"
    assert mobile(world.PAID) not in words(client.get(page))


def test_batches_end_where_the_next_begins_and_one_that_dies_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for serial in range(5):
        phone(f"+98912000010{serial}")
    monkeypatch.setattr(sending, "BATCH", 2)
    campaign = let_go(drafted("providers"))
    true_put, calls = sending._put, []

    def dying(found: Campaign, receivers: list[Receiver], at: datetime) -> int:
        done = true_put(found, receivers, at)
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(sending, "_put", dying)
    with pytest.raises(KeyboardInterrupt):
        sending.send_due(NOON)
    assert len(told(campaign)) == 2
    assert sending.send_due(NOON) == 3
    assert sorted(to for to, *_ in told(campaign)) == [f"+98912000010{serial}" for serial in range(5)]
    campaign.refresh_from_db()
    assert (campaign.all_put_at, campaign.put) == (NOON, 5)


@only_sqlite
def test_few_messages_are_under_way_and_campaigns_share_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the gateway took and no network acknowledged lies in its queue, and would leave from there at night."""
    for serial in range(5):
        phone(f"+98912000010{serial}")
    monkeypatch.setattr(sending, "MOST_UNDER_WAY", 4)
    campaign, other = let_go(drafted("providers")), let_go(drafted("providers"))
    assert sending.send_due(NOON) == 4
    assert [len(told(each)) for each in (campaign, other)] == [2, 2]
    leave(campaign, reported_at=None)
    assert sending.send_due(NOON) == 0
    assert sending.send_due(NOON + sending.ACKNOWLEDGED_WITHIN) == 2, "no longer waited for: no report ever came"
    OutboxMessage.objects.filter(campaign=other.pk).update(tries=1)
    assert sending.send_due(NOON) == 2, "what was refused once is in nobody's way"


@only_sqlite
def test_nothing_piles_up_in_the_gateway_while_the_network_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would leave at night. What is silent though others are reported was lost, and is in nobody's way."""
    for serial in range(6):
        phone(f"+98912000010{serial}")
    monkeypatch.setattr(sending, "MOST_UNDER_WAY", 2)
    campaign = let_go(drafted("providers"))
    assert sending.send_due(NOON) == 2
    leave(campaign)
    assert sending.send_due(NOON) == 2
    leave(campaign, reported_at=None)
    away = NOON + timedelta(hours=3)
    assert sending.send_due(away) == 0
    OutboxMessage.objects.filter(reported_at=NOON).update(state="delivered")
    finished_fold(away)
    assert sending.send_due(away) == 0, "that reports come is remembered when they are forgotten"
    OutboxMessage.objects.create(
        channel="sms", language="fa", sealed=b"", created_at=away, state="delivered", reported_at=away
    )
    assert sending.send_due(away) == 2


def test_stopped_takes_back_what_nobody_has_handed_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for serial in range(5):
        phone(f"+98912000010{serial}")
    monkeypatch.setattr(sending, "MOST_UNDER_WAY", 3)
    campaign = let_go(drafted("providers"))
    sending.send_due(NOON)
    rows = OutboxMessage.objects.filter(campaign=campaign.pk).order_by("id")
    OutboxMessage.objects.filter(pk=rows[0].pk).update(state="handed", tries=1)
    assert client.post(f"{PAGE}{campaign.pk}/stop/").url == f"{PAGE}{campaign.pk}/"
    assert sending.send_due(NOON) == 0
    campaign.refresh_from_db()
    assert (campaign.state, campaign.put, campaign.withdrawn, campaign.stopped_by) == ("stopped", 3, 2, "headquarters")
    assert deliveries(campaign).waiting == 1
    OutboxMessage.objects.filter(pk=rows[0].pk).update(state="waiting")  # the gateway was away
    with transaction.atomic():
        assert dispatch.take(raw_connection(), settings.SECRETS, most=9, at=NOON) == []
    finished_fold(NOON)
    assert "Taken back when it was stopped 3" in words(client.get(f"{PAGE}{campaign.pk}/"))


@only_sqlite
def test_nothing_of_a_campaign_is_put_at_night(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    phone("+989120000100")
    phone("+8613800000000")
    account_make(user="reviewer-x", password="x" * 16, role=Role.REVIEWER, mail="r@example.org")
    by_sms = let_go(drafted("providers"))
    let_go(drafted("staff", "mail"))
    night = NOON + timedelta(hours=9)
    assert sending.send_due(night) == 0
    monkeypatch.setattr(timezone, "now", lambda: night)
    assert "It is night: messages go on leaving between 08:00 and 21:00" in words(client.get(f"{PAGE}{by_sms.pk}/"))
    assert sending.send_due(NOON) == 3
    found = OutboxMessage.objects.order_by("channel", "country").values_list("channel", "country")
    assert list(found) == [("mail", "ir"), ("sms", "cn"), ("sms", "ir")]


def test_what_became_of_the_messages_is_known_when_they_are_forgotten(client: Client) -> None:
    for serial in range(5):
        phone(f"+98912000010{serial}")
    campaign = let_go(drafted("providers"))
    sending.send_due(NOON)
    rows = list(OutboxMessage.objects.filter(campaign=campaign.pk).order_by("id"))
    for row, state in zip(rows, ("accepted", "delivered", "delivered", "failed"), strict=False):
        OutboxMessage.objects.filter(pk=row.pk).update(state=state)
    campaign.refresh_from_db()
    found = deliveries(campaign)
    assert (found.waiting, found.accepted, found.delivered, found.failed, found.put) == (1, 1, 2, 1, 5)
    for later, left in ((timedelta(minutes=4), 5), (timedelta(minutes=5), 2), (timedelta(days=7), 1)):
        finished_fold(NOON + later)
        campaign.refresh_from_db()
        assert (OutboxMessage.objects.filter(campaign=campaign.pk).count(), deliveries(campaign)) == (left, found)
    assert "Delivered to the telephone 2" in words(client.get(f"{PAGE}{campaign.pk}/"))
    leave(campaign)
    sending.send_due(NOON)
    finished_fold(NOON + timedelta(days=7))
    campaign.refresh_from_db()
    assert campaign.forgotten_at == NOON + timedelta(days=7)
    assert (deliveries(campaign).accepted, deliveries(campaign).delivered) == (2, 2)


@only_sqlite
def test_a_nation_is_counted_behind_the_pages_and_let_go_with_a_fresh_number(client: Client) -> None:
    campaign = drafted()
    page = f"{PAGE}{campaign.pk}/"
    Campaign.objects.filter(pk=campaign.pk).update(counted=None, counted_at=None, counting=0)
    shown = client.get(page)
    assert "Receivers being counted: 0 so far" in words(shown)
    assert 'name="read"' not in shown.text
    agreed = {"seen": shown.context["seen"], "read": "on"}
    assert "Count the receivers first." in words(client.post(page, agreed))
    sending.count_due(timezone.now())
    assert "Receivers 3 counted" in words(client.get(page))
    assert "changed this campaign meanwhile" in words(client.post(page, agreed)), "the number had not been seen"
    Campaign.objects.filter(pk=campaign.pk).update(counted_at=timezone.now() - timedelta(days=1))
    agreed["seen"] = client.get(page).context["seen"]
    assert client.post(page, agreed).status_code == 422
    assert client.post(f"{page}count/").url == page
    assert client.post(page, agreed).url == page


@only_sqlite
def test_a_draft_that_is_changed_while_it_is_counted_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = drafted()
    services.campaign_count(campaign=campaign.pk, by=boss())
    true_walk = reaching.walk_of

    def changing(found: Campaign, at: datetime) -> Walk:
        monkeypatch.undo()
        services.campaign_change(campaign=campaign.pk, written={"chosen": {"province": "ir-99"}}, by=boss())
        return true_walk(found, at)

    monkeypatch.setattr(reaching, "walk_of", changing)
    sending.count_due(NOON)
    campaign.refresh_from_db()
    assert (campaign.counted, campaign.counting) == (0, None)


@only_sqlite
def test_mails_to_users_of_providers_to_the_insured_and_to_staff(client: Client) -> None:
    hospital = world.HOSPITAL
    account_make(user="desk", password="x" * 16, role=Role.OPERATOR, organisation=hospital, mail="desk@example.org")
    account_make(user="fund-desk", password="x" * 16, role=Role.OPERATOR, organisation="f", mail="f@example.org")
    choice_set(world.key_of(world.PAID), channel=NoticeChannel.SMS, mail="citizen@example.org", language="zh")
    account_make(user="reviewer-x", password="x" * 16, role=Role.REVIEWER, mail="r@example.org")
    account_make(user="gone", password="x" * 16, role=Role.REVIEWER, mail="gone@example.org")
    Account.objects.filter(user="gone").update(is_active=False)
    found = [let_go(drafted(group, "mail")) for group in ("providers", "insured", "staff")]
    sending.send_due(NOON)
    addresses = [[to for to, *_ in told(each)] for each in found]
    assert addresses == [["desk@example.org"], ["citizen@example.org"], ["r@example.org"]]
    assert told(found[1])[0][1:] == ("zh", TEXTS["text_zh"])
    assert NoticeChoice.objects.count() == 1


@only_sqlite
def test_a_draft_is_written_changed_and_thrown_away(client: Client) -> None:
    assert client.post(f"{PAGE}new/", {"reach": "staff-sms"}).status_code == 422
    assert client.post(f"{PAGE}new/", {"reach": "providers-sms"}).url == f"{PAGE}new/providers-sms/"
    assert client.get(f"{PAGE}new/staff-sms/").status_code == 404
    page = f"{PAGE}new/providers-sms/"
    long = client.post(page, {"name": "n", **TEXTS, "text_zh": "字" * 202, "type": "x"})
    assert set(long.context["form"].errors) == {"text_zh", "type"}
    made = client.post(page, {"name": "winter", "silent": "on", "ownership": "owned", **TEXTS, "text_zh": "字" * 201})
    campaign = Campaign.objects.get()
    assert made.url == f"{PAGE}{campaign.pk}/"
    assert campaign.chosen == {"silent": True, "ownership": "owned"}
    shown = words(client.get(made.url))
    assert "Short messages to each: 3" in shown
    assert "Receivers 0 counted" in shown
    seen = client.get(made.url).context["seen"]
    nobody = client.post(made.url, {"seen": seen, "read": "on"})
    assert "Nobody would be told" in words(nobody)
    assert client.get(f"{made.url}change/").context["form"].initial["silent"] is True
    phone("+989120000100")
    assert client.post(f"{made.url}change/", {"name": "spring", **TEXTS}).url == made.url
    stale = client.post(made.url, {"seen": seen, "read": "on"})
    assert "changed this campaign meanwhile" in words(stale)
    campaign.refresh_from_db()
    assert (campaign.name, campaign.state) == ("spring", "draft")
    assert client.post(f"{made.url}discard/").url == f"{PAGE}?done=discarded"
    assert not Campaign.objects.exists()


@only_sqlite
def test_what_was_let_go_is_neither_changed_nor_let_go_twice(client: Client) -> None:
    phone("+989120000100")
    campaign = let_go(drafted("providers"))
    page = f"{PAGE}{campaign.pk}/"
    assert client.get(f"{page}change/").url == page
    assert not services.campaign_change(campaign=campaign.pk, written={"name": "x"}, by=boss())
    assert client.post(f"{page}discard/").url == page
    assert not services.campaign_let_go(campaign=campaign.pk, seen=print_of(campaign), by=boss(), at=NOON)
    assert Inquiry.objects.filter(mode="campaign").count() == 1


@only_sqlite
def test_headquarters_of_the_country_alone(client: Client) -> None:
    campaign = drafted()
    account_make(
        user="boss-cn",
        password=world.PASSWORD,
        role=Role.INSURER_ADMIN,
        jurisdiction="cn",
        totp_secret=world.TOTP_SECRET,
    )
    assert entered("boss-cn").get(f"{PAGE}{campaign.pk}/").status_code == 404
    assert entered("boss-cn").post(f"{PAGE}{campaign.pk}/stop/").status_code == 404
    for page in ("", "new/", f"{campaign.pk}/", "announcements/"):
        assert entered("counter").get(PAGE + page).status_code == 403


@only_sqlite
def test_an_announcement_is_shown_between_its_days_and_ended(client: Client) -> None:
    page = f"{PAGE}announcements/"
    written = {"tone": "warning", "last": "2000-01-01", **TEXTS, **SUBJECTS}
    assert set(client.post(f"{page}new/", written).context["form"].errors) == {"last"}
    assert client.post(f"{page}new/", written | {"last": ""}).url == f"{page}?done=published"
    row = Announcement.objects.get()
    assert "News No need to come. Social Security Organisation" in words(Client().get("/en/"))
    assert "无需到窗口" in words(Client().get("/zh/"))
    assert client.post(f"{page}{row.pk}/end/").url == f"{page}?done=ended"
    assert "No need to come" not in words(Client().get("/en/"))
    assert client.post(f"{page}{row.pk}/end/").url == page
    later = str(timezone.now().date() + timedelta(days=3))
    client.post(f"{page}new/", written | {"first": later, "last": later})
    assert "No need to come" not in words(Client().get("/en/"))
    assert "comes" in words(client.get(page))
    assert list(Inquiry.objects.filter(mode="announcement").values_list("outcome", flat=True).order_by("id")) == [
        *("published", "ended", "published"),
    ]


@only_sqlite
@pytest.mark.parametrize(
    ("text", "number"),
    [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("ب" * 70, 1), ("ب" * 71, 2), ("😀" * 35, 1)],
)
def test_how_many_short_messages_a_text_is(text: str, number: int) -> None:
    assert parts(text) == number
