"""Explained codes (S2.17, S2.18), feeds (S2.15), and the demo's outbox."""

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from daftar.disclosure.affiliation import AffiliationQuestion, ask_affiliation
from daftar.portal.accounts.models import Account
from daftar.portal.feeds.models import FeedBatch
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.portal.organisations.models import Agreement, Organisation
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.texts import text
from daftar.terms.tracking_codes import complete
from tests.portal import world
from tests.portal.acting import log_in, own_entitlement, told, words

DECIDED_BY = {"en": "The span that decided", "fa": "بازه‌ای که پاسخ را تعیین کرد", "zh": "决定答复的时段"}

pytestmark = pytest.mark.usefixtures("portal")


def answered_code(made: tuple[str, str, str]) -> str:
    """The tracking code of a provider's question about a person."""
    values = {"type": made[0], "number": made[1], "service_day": str(date.today()), "setting": "outpatient"}
    return log_in("hospital").post("/en/entitlement/ask/", values).url.rstrip("/").rsplit("/", 1)[1]


def test_a_code_is_explained_and_the_look_journalled() -> None:
    code = answered_code(world.LAPSED)
    client = log_in("hotline")
    response = client.post("/en/console/answers/", {"code": f"{code[:4]} {code[4:8]}-{code[8:]}"})
    page = words(client.get(response.url))
    assert text("reason.contribution_lapsed", "en") in page
    assert text("basis.compulsory", "en") in page
    assert "Contribution" in page
    assert f"{Organisation.objects.get(code=world.HOSPITAL).name} {world.HOSPITAL} – hospital" in page
    assert [row.mode for row in told(world.key_of(world.LAPSED))] == ["general", "explanation"]


def test_a_code_of_the_other_country_is_not_there() -> None:
    code = answered_code(world.PAID)
    Account.objects.filter(user="hotline").update(jurisdiction="cn")
    client = log_in("hotline")
    assert client.get(f"/zh/console/answers/{code}/").status_code == 404
    assert [row.mode for row in told(world.key_of(world.PAID))] == ["general"]


def test_a_look_of_another_kind_can_be_explained_too() -> None:
    client = log_in("counter")
    client.get(client.post("/en/console/people/", {"type": world.SON[0], "number": world.SON[1]}).url)
    from daftar.portal.journal.services import TRACKING

    (code,) = TRACKING.codes([told(world.key_of(world.SON))[0].id])
    page = words(client.get(f"/fa/console/answers/{code}/"))
    assert "مشاهده شخص در پیشخوان" in page


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_an_affiliation_inquiry_is_explained_without_spans(language: str) -> None:
    client = log_in("hotline")
    code = asked_by_a_fund()
    page = words(client.get(f"/{language}/console/answers/{code}/"))
    assert text("outcome.active", language) in page
    assert text("affiliation_reason.active_main", language) in page
    assert text("basis.compulsory", language) in page
    assert DECIDED_BY[language] not in page
    assert "insurance_number" not in page, "fields told stand in words"
    assert "7/1405" in page


def asked_by_a_fund() -> str:
    """The tracking code of a fund's affiliation inquiry about somebody who works."""
    Organisation.objects.create(code="fund-x", kind="fund", name="Fund", recorded_at=timezone.now())
    Agreement.objects.create(organisation="fund-x", number="1", starts=date(2020, 1, 1), recorded_at=timezone.now())
    question = AffiliationQuestion(
        key=world.key_of(world.PAID),
        jurisdiction="ir",
        organisation="fund-x",
        organisation_kind="fund",
        channel=Channel.API,
        ground=Ground.AGREEMENT,
        reference_number="7/1405",
    )
    with transaction.atomic():
        (reply,) = ask_affiliation(
            raw_connection(), [question], at=timezone.now(), secrets=settings.SECRETS, writer=WRITER, tracking=TRACKING
        )
    assert reply.tracking_code is not None
    return reply.tracking_code


def test_a_code_that_answers_nothing() -> None:
    client = log_in("hotline")
    assert client.get(f"/en/console/answers/{complete(12345)}/").status_code == 404
    assert client.get("/en/console/answers/123/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "code"), [("", "required"), ("12", "wrong_length"), ("1" * 16, "wrong_check_digit"), ("x", "not_digits")]
)
def test_a_mistyped_code_is_an_error_at_its_field(typed: str, code: str) -> None:
    response = log_in("hotline").post("/zh/console/answers/", {"code": typed})
    assert response.status_code == 422
    assert response.content.decode().count(text(f"input.{code}", "zh")) == 2


def test_feeds_show_batches_and_the_lag_of_offices() -> None:
    client = log_in("headquarters")
    page = words(client.get("/en/console/feeds/"))
    assert "persons-1.csv" in page
    assert "شعبه یک تهران" in page
    batch = FeedBatch.objects.get()
    page = words(client.get(f"/en/console/feeds/{batch.id}/"))
    assert text("input.wrong_check_digit", "en") in page
    assert "000•••••12" in page
    assert client.get("/en/console/feeds/999/").status_code == 404


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
@pytest.mark.parametrize("kept", ["broken_off", "unknown_column: colour, shape", "cover_not_made: 3"])
def test_why_a_file_failed_is_told_in_words(kept: str, language: str) -> None:
    FeedBatch.objects.update(problem=kept)
    code, _colon, names = kept.partition(": ")
    page = words(log_in("headquarters").get(f"/{language}/console/feeds/{FeedBatch.objects.get().id}/"))
    assert text(f"feed.{code}", language) + (f" ({names})" if names else "") in page
    assert code not in page


def test_the_outbox_stands_open_in_the_demo_alone(settings) -> None:
    own_entitlement(Client(), world.PAID)
    assert "+989120000001" in words(Client().get("/en/notices/outbox/"))
    fragment = Client().get("/en/notices/outbox/", headers={"hx-request": "true"})
    assert "<html" not in fragment.content.decode()
    settings.DEMO = False
    assert Client().get("/en/notices/outbox/").status_code == 404
