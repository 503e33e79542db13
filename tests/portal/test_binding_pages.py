"""The pages of binding by Django's client: typed wrong, sent twice, too late, too often, too large (S3.2-S3.10)."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.html import escape

from daftar.portal.accounts.models import Account
from daftar.portal.people.models import Person
from daftar.portal.people.photos import photo_record
from daftar.portal.proxy import binding_face, binding_letter, persons
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.faces.port import Finding, Outcome, Question
from daftar.portal.proxy.letter import letters
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.terms.texts import text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import told, words
from tests.portal.binding import ELDER, NAMES, STRANGER, identifier
from tests.portal.signing_up import log_in_by_mail

pytestmark = [
    pytest.mark.usefixtures("portal"),
    pytest.mark.parametrize("world_url", ["sqlite"], indirect=True),
]

START, CARD, CHILD, FACE, CAMERA, LETTER = (
    f"/en/proxies/{end}"
    for end in ("", "way/card/", "way/child/", "way/card/face/", "way/card/face/camera/", "way/child/letter/")
)
BORN = date(date.today().year - 8, 3, 1)
SMALL = ("cn-resident-id", world.cn_id(21, BORN), "")


class Says:
    """A verifier that finds what the test says; what it was asked stays."""

    name = "says"

    def __init__(self) -> None:
        self.outcome, self.asked, self.expecting = Outcome.ACCEPTED, list[Question](), 0

    def expect(self, verifier: object) -> None:
        """The camera page was opened."""
        self.expecting += verifier is self

    def verify(self, question: Question) -> Finding:
        """The outcome of the test."""
        self.asked.append(question)
        return Finding(self.outcome)


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    account = ground.people()
    world.person(SMALL, "小红", "王", BORN, "female", jurisdiction="cn")
    Person.objects.filter(key=world.key_of(SMALL)).update(insured_region=ground.YINGTAN)
    return account


@pytest.fixture
def client(principal: Account) -> Client:
    """王伟 has logged in."""
    return log_in_by_mail(ground.mail_of(world.RESIDENT), world.PASSWORD)


@pytest.fixture
def verifier(monkeypatch: pytest.MonkeyPatch) -> Says:
    """The verifier of this installation; its moves take no time."""
    says = Says()
    monkeypatch.setattr(binding_face, "STEP_MS", 0)
    monkeypatch.setattr(binding_face, "chosen_verifier", lambda: says)
    monkeypatch.setattr(binding_face, "capture_expected", says.expect)
    return says


def name_elder(client: Client, **typed: str) -> object:
    """Form F4."""
    values = {"name": NAMES[ELDER], "type": ELDER[0], "number": ELDER[1], "kinship": "parent"}
    return client.post(CARD, values | typed)


def name_child(client: Client, **typed: str) -> object:
    """Form F5."""
    values = {"name": "王小红", "paper": "household_register", "type": SMALL[0], "number": SMALL[1]}
    return client.post(CHILD, values | {"born": BORN.isoformat(), "kinship": "grandchild"} | typed)


def film(client: Client, challenge: str = "", picture: bytes = b"a picture %d") -> object:
    """What the camera page sends; without `challenge` after pressing the button that begins."""
    if not challenge:
        client.post(FACE)
        challenge = str(client.get(CAMERA).context["waiting"].id)
    frames = {f"step-{step}": BytesIO(picture.replace(b"%d", str(step).encode())) for step in range(5)}
    return client.post(CAMERA, {"challenge": challenge, **frames})


def agree(client: Client, **typed: str) -> object:
    """«我已阅读并同意»."""
    return client.post(LETTER, {"version": "2026-11", "read": "on"} | typed)


def test_by_face_to_a_page_that_survives_a_reload(client: Client, verifier: Says) -> None:
    assert name_elder(client).url == FACE
    client.post(FACE)
    page = client.get(CAMERA)
    assert page.headers["Permissions-Policy"].startswith("camera=(self), ")
    assert client.get(FACE).headers["Permissions-Policy"].startswith("camera=(), ")
    waiting = page.context["waiting"]
    assert verifier.expecting == 1
    done = film(client, str(waiting.id))
    (asked,) = verifier.asked
    assert (asked.subject.number, asked.subject.name, asked.moves) == (ELDER[1], NAMES[ELDER], waiting.moves)
    assert [frame.jpeg for frame in asked.frames] == [b"a picture %d" % step for step in range(5)]
    for _ in range(2):
        shown = words(client.get(done.url))
        assert NAMES[ELDER] in shown
        assert text("proxy_way.face", "en") in shown
    bound = ProxyBinding.objects.get()
    assert (bound.way, bound.checked_by) == (Way.FACE, "says")
    outcomes = [(row.outcome, row.reason) for row in told(world.key_of(ELDER))]
    assert outcomes == [("may_be_bound", "face"), ("bound", "face")]


def test_each_refusal_of_a_face_is_told_and_binds_nobody(client: Client, verifier: Says) -> None:
    for outcome in set(Outcome) - {Outcome.ACCEPTED}:
        verifier.outcome = outcome
        name_elder(client)
        assert film(client, picture=f"{outcome} %d".encode()).url == FACE
        for _ in range(2):
            assert text(f"face.{outcome}", "en") in words(client.get(FACE))
        assert told(world.key_of(ELDER))[-1].reason == f"face_{outcome}"
        name_elder(client, name=NAMES[STRANGER], number=STRANGER[1])
        assert text(f"face.{outcome}", "en") not in words(client.get(FACE))  # it was about somebody else
    assert not ProxyBinding.objects.exists()


def test_a_capture_sent_again_or_too_late_or_for_no_challenge(client: Client, verifier: Says) -> None:
    verifier.outcome = Outcome.WRONG_MOVE
    name_elder(client)
    client.post(FACE)
    challenge = str(client.get(CAMERA).context["waiting"].id)
    film(client, challenge)
    film(client, challenge)
    assert text("face.replayed", "en") in words(client.get(FACE))
    for nobodys in (str(uuid4()), "nonsense", "-" * 500):
        film(client, nobodys)
        assert text("face.stale", "en") in words(client.get(FACE))
    client.post(FACE)
    challenge = str(client.get(CAMERA).context["waiting"].id)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=4)):
        assert client.get(CAMERA).url == FACE
        film(client, challenge, b"another %d")
        assert text("face.stale", "en") in words(client.get(FACE))
    assert len(verifier.asked) == 1


def test_one_picture_of_an_earlier_capture_makes_a_replay_of_another_accounts_too(
    client: Client, verifier: Says
) -> None:
    verifier.outcome = Outcome.WRONG_MOVE
    name_elder(client)
    film(client, picture=b"earlier %d")
    verifier.outcome = Outcome.ACCEPTED
    ground.account_of(STRANGER)
    other = log_in_by_mail(ground.mail_of(STRANGER), world.PASSWORD)
    name_elder(other)
    other.post(FACE)
    frames = {f"step-{step}": BytesIO(b"new %d" % step) for step in range(4)}
    challenge = str(other.get(CAMERA).context["waiting"].id)
    other.post(CAMERA, {"challenge": challenge, **frames, "step-4": BytesIO(b"earlier 0")})
    assert text("face.replayed", "en") in words(other.get(FACE))
    assert not ProxyBinding.objects.exists()
    row = told(world.key_of(ELDER))[-1]
    assert (row.outcome, row.reason, row.acting_for) == ("refused", "face_replayed", world.key_of(STRANGER))
    assert len(verifier.asked) == 1, "no second was spent on it"
    film(other, picture=b"filmed anew %d")
    assert ProxyBinding.objects.exists()


def test_pictures_that_were_there_before_the_moves_could_be_made(
    client: Client, verifier: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding_face, "STEP_MS", 4000)
    name_elder(client)
    film(client)
    assert text("face.too_soon", "en") in words(client.get(FACE))
    assert told(world.key_of(ELDER))[-1].reason == "face_too_soon"
    assert verifier.asked == []
    client.post(FACE)
    challenge = str(client.get(CAMERA).context["waiting"].id)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=21)):
        film(client, challenge, b"in time %d")
    assert ProxyBinding.objects.exists()


def test_a_capture_that_is_too_large_or_none_at_all_is_unreadable_and_on_no_disk(
    client: Client, verifier: Says, settings, tmp_path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")  # whatever wrote there would fail
    name_elder(client)
    for picture in (b"%d" + bytes(700_000), b"%d" + bytes(300_000), b"the same"):
        film(client, picture=picture)
        said = "still_picture" if picture == b"the same" else "unreadable"
        assert text(f"face.{said}", "en") in words(client.get(FACE))
    client.post(FACE)
    challenge = str(client.get(CAMERA).context["waiting"].id)
    client.post(CAMERA, {"challenge": challenge, "step-0": "no file"})
    assert text("face.unreadable", "en") in words(client.get(FACE))
    assert client.post(CAMERA, b"no multipart", content_type="multipart/form-data; boundary=x").status_code in (
        302,
        400,
    )
    assert verifier.asked == []


def test_face_checks_and_named_members_a_day_are_limited(client: Client, verifier: Says, settings) -> None:
    verifier.outcome = Outcome.NO_FACE
    few = {"proxy_face": "2/d/key", "proxy_member": "3/d/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | few
    name_elder(client)
    film(client, picture=b"one %d")
    film(client, picture=b"two %d")
    refused = client.post(FACE)
    assert refused.status_code == 429
    assert text("proxy.too_many_checks", "en") in words(refused)
    name_elder(client, name="李秀兰")
    name_elder(client, name="李秀云")
    refused = name_elder(client)
    assert refused.status_code == 429
    assert text("proxy.too_many_named", "en") in words(refused)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1, minutes=1)):
        assert name_elder(log_in_by_mail(ground.mail_of(world.RESIDENT), world.PASSWORD)).url == FACE


def test_unknown_number_other_name_and_other_birthday_are_one_answer(client: Client) -> None:
    unknown = world.cn_id(99, date(1990, 1, 1))
    pages = [name_elder(client, number=unknown), name_elder(client, name="李秀兰")]
    pages.append(name_child(client, born=(BORN + timedelta(days=1)).isoformat()))
    for page in pages:
        assert page.status_code == 422
        assert text("proxy_refused.not_matched", "en") in words(page)
    assert client.get(FACE).url == client.get(LETTER).url == "/en/proxies/way/over/"
    assert told(world.key_of(ELDER))[-1].reason == "not_matched"


WRONG = (
    ({"name": "字" * 500}, "input.too_long"),
    ({"name": ""}, "input.required"),
    ({"number": "1"}, "input.wrong_length"),
    ({"number": "9" * 500}, "input.too_long"),
    ({"number": world.RESIDENT[1]}, "proxy_refused.not_matched"),
    ({"number": world.RESIDENT[1], "name": "王伟"}, "proxy_refused.oneself"),
    ({"type": "ir-national-code"}, ""),
    ({"kinship": "king"}, ""),
)


def test_what_is_typed_wrong_is_told_and_stays(client: Client) -> None:
    for typed, complaint in WRONG:
        page = name_elder(client, **typed)
        assert page.status_code == 422
        assert (text(complaint, "en") if complaint else "Choose one of these.") in words(page)
        for field in typed.keys() & {"name", "number"}:
            assert not typed[field] or f'value="{typed[field]}"' in page.content.decode()


def test_the_day_of_birth_of_a_child(client: Client) -> None:
    grown = date(date.today().year - 20, 1, 1)
    complaints = {
        grown.isoformat(): "proxy_refused.sixteen_or_over",
        (date.today() + timedelta(days=2)).isoformat(): "input.day_in_future",
        "x": "input.not_a_day",
    }
    for born, complaint in complaints.items():
        page = name_child(client, born=born)
        assert page.status_code == 422
        assert text(complaint, "en") in words(page)


def test_by_letter_ticked_and_of_todays_version(client: Client) -> None:
    assert name_child(client).url == LETTER
    shown = words(client.get(LETTER))
    assert all(escape(paragraph) in shown for paragraph in letters()["2026-11"].paragraphs["en"])
    assert agree(client, read="").status_code == 422
    for version in ("2025-01", "", "x" * 500):
        again = agree(client, version=version)
        assert again.status_code == 422
        assert text("proxy_refused.letter_changed", "en") in words(again)
    done = agree(client)
    assert "The member is told" in words(client.get(done.url))
    assert agree(client).url == "/en/proxies/way/over/"
    bound = ProxyBinding.objects.get()
    assert (bound.letter, bound.letter_language, bound.fields["paper"]) == ("2026-11", "en", "household_register")


def test_two_submits_at_once_end_at_the_same_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    name_child(client)
    once = binding_letter.bind_by_commitment

    def twice(**asked: object) -> object:
        once(**asked)  # another request was faster
        return once(**asked)

    monkeypatch.setattr(binding_letter, "bind_by_commitment", twice)
    done = agree(client)
    assert done.url == f"/en/proxies/done/{ProxyBinding.objects.get().pk}/"
    refused = name_child(client)
    assert refused.status_code == 422
    assert text("proxy_refused.already_bound", "en") in words(refused)


def test_what_stands_in_the_way_by_then_is_told_on_a_page(client: Client) -> None:
    name_child(client)
    Person.objects.filter(key=world.key_of(SMALL)).update(insured_region=ground.HANGZHOU)
    refused = agree(client).url
    for _ in range(2):
        assert text("proxy_refused.region_not_served", "en") in words(client.get(refused))
    assert not ProxyBinding.objects.exists()
    assert log_in_by_mail(ground.mail_of(world.RESIDENT), world.PASSWORD).get(refused).url == START


def test_the_member_confirms_where_their_region_lets_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name_elder(client).url == FACE
    assert client.get("/en/proxies/way/card/proof/").url == FACE
    monkeypatch.setattr(persons, "may_confirm_themself", lambda region, day: True)
    proof = name_elder(client).url
    assert client.post(proof, {}).status_code == 422
    assert client.post(proof, {"way": "face"}).url == FACE
    done = client.post(proof, {"way": "own_confirmation"}).url
    assert "seven days" in words(client.get(done))
    asked = ProxyBinding.objects.get()
    assert (asked.way, asked.bound_at) == (Way.OWN_CONFIRMATION, None)
    name_elder(client)
    assert client.post(proof, {"way": "own_confirmation"}).url == done  # asked already: the same page
    elder = ground.account_of(ELDER)
    binding_end(binding=asked.pk, side=elder.person_key, by=elder, at=datetime.now(UTC))
    assert text("proxy_ended.declined", "en") in words(client.get(done))
    assert log_in_by_mail(ground.mail_of(ELDER), world.PASSWORD).get(done).status_code == 404


def test_who_has_no_photograph_is_sent_to_an_office(client: Client) -> None:
    name_elder(client)
    page = client.get(FACE)
    assert text("face.no_reference", "en") in words(page)
    assert "Begin" not in words(page)
    now = datetime.now(UTC)
    photo_record(key=world.key_of(ELDER), picture=b"a picture", taken=now.date(), office="", by="counter", at=now)
    assert "Begin" in words(client.get(FACE))


def test_nothing_personal_lies_in_the_session_and_it_is_forgotten(client: Client) -> None:
    name_child(client)
    left = str([each.get_decoded() for each in Session.objects.all()])
    assert "binding_draft" in left
    for personal in (SMALL[1], "王小红", BORN.isoformat(), identifier(SMALL).number, world.key_of(SMALL).hex):
        assert personal not in left
    assert client.get(LETTER).status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        assert client.get(LETTER).url == "/en/proxies/way/over/"


def test_where_the_service_is_not_offered(client: Client, principal: Account) -> None:
    Person.objects.filter(key=principal.person_key).update(insured_region=ground.HANGZHOU)
    page = words(client.get(START))
    assert text("proxy_refused.region_not_served", "en") in page
    assert "Choose the way of binding" not in page
    elsewhere = Client()
    elsewhere.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    refused = elsewhere.get(START)
    assert refused.status_code == 403
    assert "no family proxy service where you are insured" in words(refused)


def test_a_capture_needs_the_forms_token(principal: Account, verifier: Says) -> None:
    client = log_in_by_mail(ground.mail_of(world.RESIDENT), world.PASSWORD)
    name_elder(client)
    client.handler.enforce_csrf_checks = True
    assert film(client, str(uuid4())).status_code == 403
    assert verifier.asked == []


def test_a_proxy_has_no_proxies(client: Client, principal: Account) -> None:
    bound = ground.bind_face(ELDER, principal, datetime.now(UTC))
    client.post("/en/proxies/whom/", {"whom": str(bound.pk), "next": "/en/"})
    for address in (START, CARD, CHILD, FACE, CAMERA, LETTER):
        assert client.get(address).status_code == 403
    assert name_elder(client).status_code == 403
