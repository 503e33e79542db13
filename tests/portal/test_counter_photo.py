"""A reference photograph at the counter: looked at for one face, made anew, sealed; removed on the person's wish."""

import io
from datetime import timedelta
from itertools import cycle

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from daftar.portal.console import counter_photo
from daftar.portal.people.models import Photo
from daftar.portal.people.photos import photo_remove, reference_photo
from daftar.portal.proxy.faces import Outcome
from daftar.terms.texts import LANGUAGES, text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.binding import ELDER
from tests.portal.posing import EILEEN, GRACE, beside, jpeg, portrait

pytestmark = pytest.mark.usefixtures("portal")
on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    """A photograph, of nobody."""
    written = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(written, kind)
    return written.getvalue()


@pytest.fixture
def faces(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """One face in each photograph; what was looked at. The judging itself has tests of its own."""
    seen: list[bytes] = []
    monkeypatch.setattr(counter_photo, "reference_outcome", lambda made: seen.append(made) or Outcome.ACCEPTED)
    return seen


@pytest.fixture
def client() -> Client:
    ground.people()
    return log_in("counter-cn")


@pytest.fixture
def page(client: Client) -> str:
    """The address of the page about the elder's photograph."""
    url = client.post("/en/console/people/", {"type": ELDER[0], "number": ELDER[1]}).url
    return f"{url}photo/"


def send(client: Client, page: str, content: bytes, name: str = "p.jpg", **values: str) -> object:
    """Send a photograph."""
    return client.post(page, {"file": SimpleUploadedFile(name, content, "image/jpeg"), "seen": "on"} | values)


def test_a_photograph_is_kept_sealed_and_journalled(client: Client, page: str, faces: list[bytes]) -> None:
    opened = client.get(page)
    assert (opened.status_code, "There is none of this person yet." in words(opened)) == (200, True)
    sent = picture("PNG", (2000, 1500))
    answer = send(client, page, sent)
    assert "The photograph is kept" in words(client.get(answer.url))
    kept = reference_photo(world.key_of(ELDER))
    assert kept is not None
    assert kept.startswith(b"\xff\xd8")
    assert faces == [kept], "what is kept is what was looked at"
    row = Photo.objects.get()
    assert kept not in bytes(row.picture)
    assert (row.office, row.sealed, row.withdrawn) == (world.OFFICE, None, False)
    modes = [(each.mode, each.outcome, each.shown) for each in told(world.key_of(ELDER)) if each.mode == "photo"]
    assert modes == [("photo", "recorded", "photo")]
    assert "Replace it with a new one" in words(client.get(page))


@on_sqlite
def test_a_photograph_without_one_face_is_refused_in_words(
    client: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for (outcome, why), language in zip(counter_photo.REFUSED.items(), cycle(LANGUAGES), strict=False):
        monkeypatch.setattr(counter_photo, "reference_outcome", lambda made, outcome=outcome: outcome)
        answer = send(client, page.replace("/en/", f"/{language}/"), picture(size=(40, 30)))
        assert answer.status_code == 422
        assert text(f"photo_refused.{why}", language) in words(answer)
    assert not Photo.objects.exists()


NO_PHOTOGRAPHS = (
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "unreadable"),
    (picture()[:600], "unreadable"),
    (b"%PDF-1.7", "unreadable"),
    (picture() + bytes(10_000_000), "too_large"),
)


@on_sqlite
def test_real_photographs_are_judged_as_they_will_be_kept(client: Client, page: str) -> None:
    """A portrait, and two people in one picture, by the real models."""
    assert text("photo_refused.two_faces", "en") in words(send(client, page, jpeg(beside(EILEEN, GRACE))))
    assert reference_photo(world.key_of(ELDER)) is None
    assert send(client, page, jpeg(portrait(EILEEN))).status_code == 302
    assert reference_photo(world.key_of(ELDER)) is not None


@on_sqlite
def test_what_is_no_photograph_is_refused(client: Client, page: str, faces: list[bytes]) -> None:
    for content, why in NO_PHOTOGRAPHS:
        answer = send(client, page, content)
        assert (answer.status_code, faces) == (422, [])
        assert text(f"photo_refused.{why}", "en") in words(answer)
    assert not Photo.objects.exists()


@on_sqlite
def test_an_upload_beyond_all_bounds_is_cut_off(client: Client, page: str, faces: list[bytes]) -> None:
    answer = send(client, page, bytes(51 * 1024 * 1024))
    assert answer.status_code == 422
    assert text("photo_refused.too_large", "en") in words(answer)


@on_sqlite
def test_the_clerk_must_have_seen_the_person(client: Client, page: str, faces: list[bytes]) -> None:
    answer = send(client, page, picture(), seen="")
    assert answer.status_code == 422
    assert 'id="id_seen_error"' in answer.content.decode()
    assert client.post(page, {"seen": "on"}).status_code == 422
    assert not Photo.objects.exists()


@on_sqlite
def test_a_photograph_never_touches_the_disk(
    client: Client, page: str, faces: list[bytes], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Larger than what Django would keep in memory."""
    monkeypatch.setattr(django_settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path / "nowhere"))
    noise = Image.effect_noise((2400, 2400), 90).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=85)
    assert written.tell() > django_settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert send(client, page, written.getvalue()).status_code == 302


def test_removing_wipes_it_and_an_older_row_brings_none_back(client: Client, page: str, faces: list[bytes]) -> None:
    send(client, page, picture())
    assert client.post(f"{page}remove/", {}).status_code == 422
    answer = client.post(f"{page}remove/", {"seen": "on"})
    assert "The photograph is removed" in words(client.get(answer.url))
    row = Photo.objects.get()
    assert (row.picture, row.withdrawn) == (None, True)
    assert row.recorded_at > timezone.now() - timedelta(minutes=5)
    assert reference_photo(world.key_of(ELDER)) is None
    assert not photo_remove(key=world.key_of(ELDER), office="", by="counter", at=timezone.now())
    send(client, page, picture())
    assert reference_photo(world.key_of(ELDER)) is not None


@on_sqlite
def test_a_newer_photograph_of_a_feed_is_replaced_though_its_clock_is_ahead(
    client: Client, page: str, faces: list[bytes]
) -> None:
    ahead = timezone.now() + timedelta(hours=20)
    Photo.objects.create(key=world.key_of(ELDER), picture=b"x", recorded_at=ahead)
    send(client, page, picture())
    assert Photo.objects.get().recorded_at == ahead
    assert reference_photo(world.key_of(ELDER)) == faces[0]


@on_sqlite
def test_other_roles_do_not_open_it(page: str) -> None:
    assert log_in("headquarters").get(page).status_code == 403
