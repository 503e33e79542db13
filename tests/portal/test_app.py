"""The app's pages without its scripts: what is anybody's, what is asked, and that nothing of a reader is kept."""

import json
import re
from uuid import UUID

import pytest
from django.test import Client

from daftar.portal.app import patient, shell
from daftar.portal.app.page import PART
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import TRACKING
from daftar.portal.organisations.models import Agreement
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, newest_code, told, words

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

ADDRESSES = {"start": "", "patient": "shell/patient/", "me": "shell/me/", "codes": "codes/", "offline": "offline/"}


def ask(client: Client, made: tuple[str, str, str], language: str = "en", **values: str) -> object:
    """A provider asks; the page of the answer, or the form with its errors."""
    typed = {"type": made[0], "number": made[1]} | values
    response = client.post(f"/{language}/app/patient/", typed)
    return client.get(response.url) if response.status_code == 302 else response


def me(client: Client, made: tuple[str, str, str], mobile: str = "", **headers: str) -> object:
    """An insured types number and mobile."""
    typed = {"type": made[0], "number": made[1], "mobile": mobile or made[2]}
    return client.post("/en/app/me/", typed, headers=headers)


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_what_the_worker_keeps_is_the_same_for_everybody(language: str) -> None:
    provider = log_in("hospital")
    for name, address in ADDRESSES.items():
        mine, anybodys = (each.get(f"/{language}/app/{address}") for each in (provider, Client()))
        assert mine.content == anybodys.content, name
        assert "csrfmiddlewaretoken" not in mine.content.decode(), name
        assert mine.status_code == 200


def test_a_kept_page_asks_the_database_for_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        shell.shell("patient")


def test_the_worker_reaches_the_apps_addresses_alone_and_names_what_it_keeps() -> None:
    response = Client().get("/fa/app/worker.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in response.headers
    kept = json.loads(re.search(r"const TOLD = (\{.*\});", response.content.decode())[1])
    assert set(kept["pages"]) == {f"/fa/app/{name}" for name in ("", "patient/", "me/", "codes/", "offline/")}
    for address in kept["pages"].values():
        assert Client().get(address).status_code == 200, address
    found = re.findall(r'(?:href|src)="(/static/[^"#]+)', Client().get("/fa/app/").content.decode())
    pictures = {each for each in found if each.endswith(".png")}
    assert set(found) - pictures <= set(kept["statics"])


def test_what_changes_makes_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shell.version.__wrapped__("fa", False)
    assert shell.version.__wrapped__("fa", False) == before
    assert shell.version.__wrapped__("zh", False) != before
    monkeypatch.setattr(shell, "_content", lambda path: path.encode())
    assert shell.version.__wrapped__("fa", False) != before


def test_the_manifest_opens_the_app_and_has_its_pictures() -> None:
    manifest = Client().get("/fa/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["display"], manifest["dir"]) == ("/fa/app/?opened", "standalone", "rtl")
    assert {each["sizes"] for each in manifest["icons"]} == {"any", "192x192", "512x512"}
    assert any(each["purpose"] == "maskable" for each in manifest["icons"])
    assert manifest["shortcuts"][0]["url"] == "/fa/app/patient/"
    from django.contrib.staticfiles.finders import find

    assert all(find(each["src"].removeprefix("/static/")) for each in manifest["icons"])


def test_the_camera_belongs_to_the_two_pages_that_scan() -> None:
    provider = log_in("hospital")
    for address in ("patient/", "me/", "shell/patient/", "shell/me/"):
        assert "camera=(self)" in provider.get(f"/en/app/{address}").headers["Permissions-Policy"], address
    for address in ("", "codes/", "offline/"):
        assert "camera=()" in provider.get(f"/en/app/{address}").headers["Permissions-Policy"], address


def test_a_provider_is_told_status_and_tracking_code_and_no_more() -> None:
    page = ask(log_in("hospital"), world.PAID)
    assert text("status.covered", "en") in words(page)
    assert "Until" not in words(page)
    assert "نمونه رضا" not in words(page)
    (row,) = told(world.key_of(world.PAID))
    assert (row.channel, row.mode, row.ground, row.organisation) == ("app", "general", "agreement", world.HOSPITAL)
    assert row.shown == "status tracking_code"


def test_to_the_script_only_the_stage_is_sent() -> None:
    client = log_in("hospital")
    typed = {"type": world.PAID[0], "number": world.PAID[1]}
    part = client.post("/en/app/patient/", typed, headers={PART: "1"})
    (row,) = told(world.key_of(world.PAID))
    assert part.headers[PART] == f"/en/app/patient/{TRACKING.codes([row.id])[0]}/"
    assert b"<header" not in part.content
    assert text("status.covered", "en") in words(part)
    whole = client.get(part.headers[PART])
    assert PART not in whole.headers
    assert len(whole.content) > 1.3 * len(part.content)


def test_a_question_that_comes_again_unheard_is_answered_once() -> None:
    client = log_in("hospital")
    pages = [ask(client, world.PAID, once="a-mark") for _ in range(3)]
    assert len({page.request["PATH_INFO"] for page in pages}) == 1
    assert len(told(world.key_of(world.PAID))) == 1
    ask(client, world.LAPSED, once="a-mark")
    assert len(told(world.key_of(world.LAPSED))) == 1, "about somebody else it is another question"
    ask(client, world.PAID, once="another-mark")
    ask(client, world.PAID)
    assert len(told(world.key_of(world.PAID))) == 3


def test_a_question_whose_first_try_is_still_on_its_way_is_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, calls = patient.services.inquiry_ask, []

    def taken_once(**question: object) -> object:
        calls.append(question)
        if len(calls) == 1:
            raise patient.TAKEN[1]
        return whole(**question)

    monkeypatch.setattr(patient.services, "inquiry_ask", taken_once)
    assert ask(log_in("hospital"), world.PAID, once="a-mark").status_code == 200
    assert len(told(world.key_of(world.PAID))) == 1


@pytest.mark.parametrize("once", ["x" * 65, "\u202e", "\x00"])
def test_a_mark_that_is_none_of_ours_marks_nothing(once: str) -> None:
    assert ask(log_in("hospital"), world.PAID, once=once).status_code == 200


@pytest.mark.parametrize(
    ("number", "code"),
    [("", "required"), ("12", "wrong_length"), ("0000000018", "wrong_check_digit"), ("9" * 5000, "too_long")],
)
def test_bad_numbers_are_named_and_stay(number: str, code: str) -> None:
    response = ask(log_in("hospital"), (world.PAID[0], number, ""), language="fa")
    assert response.status_code == 422
    assert response.content.decode().count(text(f"input.{code}", "fa")) == 2


def test_who_may_not_ask_is_told_so() -> None:
    assert "/accounts/log-in/" in Client().get("/en/app/patient/").url
    client = log_in("hospital")
    Agreement.objects.filter(organisation=world.HOSPITAL).update(withdrawn=True)
    response = ask(client, world.PAID)
    assert (response.status_code, told(world.key_of(world.PAID))) == (403, [])
    assert text("problem.no-agreement", "en") in words(response)
    assert client.get("/en/app/session/").json()["asks_as"] == ""
    assert log_in("counter").get("/en/app/patient/").status_code == 403


def test_the_session_says_for_whom_it_asks_and_gives_a_token() -> None:
    told_to = log_in("hospital").get("/en/app/session/").json()
    assert (told_to["asks_as"], told_to["acting"], len(told_to["token"]) > 30) == ("بیمارستان نمونه", False, True)
    assert Client().get("/en/app/session/").json()["asks_as"] == ""


def test_an_answer_belongs_to_the_organisation_that_asked() -> None:
    client = log_in("hospital")
    address = ask(client, world.PAID).request["PATH_INFO"]
    assert client.get(address).status_code == 200
    Inquiry.objects.update(organisation="another")
    assert client.get(address).status_code == 404
    assert client.get("/en/app/patient/x/").status_code == 404


def test_an_insured_is_told_until_when_and_why() -> None:
    client = Client()
    assert me(client, world.PAID).url == "/en/app/me/code/"
    answered = client.post("/en/app/me/code/", {"code": newest_code()})
    page = words(client.get(answered.url))
    assert text("reason.contribution_paid", "en") in page
    assert "Until" in page
    (row,) = told(world.key_of(world.PAID))
    assert (row.channel, row.mode, row.ground) == ("app", "specific", "own")
    assert Client().get(answered.url).status_code == 404
    assert client.post("/en/app/me/done/").url == "/en/app/"
    assert client.get(answered.url).status_code == 404


def test_a_mismatch_and_a_wrong_code_are_the_portals_own() -> None:
    client = Client()
    response = me(client, world.PAID, mobile="09121111111", **{PART: "1"})
    assert (response.status_code, response.headers[PART]) == (422, "1")
    assert text("notice.mismatch_next", "en") in words(response)
    me(client, world.PAID)
    wrong = client.post("/en/app/me/code/", {"code": "000000" if newest_code() != "000000" else "111111"})
    assert text("input.wrong_code", "en", left="4") in words(wrong)
    assert Client().get("/en/app/me/code/").url == "/en/app/me/"
    assert client.post("/en/app/me/", {"type": world.PAID[0], "number": "", "mobile": ""}).status_code == 422


def test_who_acts_for_a_member_goes_to_the_page_that_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    binding = SimpleNamespace(pk=UUID(int=1))
    acting = SimpleNamespace(binding=binding, member_name="李秀英")
    monkeypatch.setattr("daftar.portal.proxy.pages.acting_for", lambda request, at: acting)
    assert Client().get("/en/app/me/").url == "/en/entitlement/own/"
