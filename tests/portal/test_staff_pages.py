"""Explained codes (S2.17, S2.18), feeds (S2.15), and the demo's outbox."""

from datetime import date

import pytest
from django.test import Client

from daftar.portal.feeds.models import FeedBatch
from daftar.terms.texts import text
from daftar.terms.tracking_codes import complete
from tests.portal import world
from tests.portal.acting import log_in, own_entitlement, told, words

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
    assert world.HOSPITAL in page
    assert [row.mode for row in told(world.key_of(world.LAPSED))] == ["general", "explanation"]


def test_a_look_of_another_kind_can_be_explained_too() -> None:
    client = log_in("counter")
    client.get(client.post("/en/console/people/", {"type": world.SON[0], "number": world.SON[1]}).url)
    from daftar.portal.journal.services import TRACKING

    (code,) = TRACKING.codes([told(world.key_of(world.SON))[0].id])
    page = words(client.get(f"/fa/console/answers/{code}/"))
    assert "مشاهده شخص در پیشخوان" in page


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


def test_the_outbox_stands_open_in_the_demo_alone(settings) -> None:
    own_entitlement(Client(), world.PAID)
    assert "+989120000001" in words(Client().get("/en/notices/outbox/"))
    fragment = Client().get("/en/notices/outbox/", headers={"hx-request": "true"})
    assert "<html" not in fragment.content.decode()
    settings.DEMO = False
    assert Client().get("/en/notices/outbox/").status_code == 404
