"""«上传证明材料» on a wizard's page: several files at once, each bad one named, nothing lost, nothing twice (S3.14)."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from daftar.portal.cases import services
from daftar.portal.cases.materials.keeping import open_content
from daftar.portal.cases.materials.limits import MEGABYTE, MOST_BYTES
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.receiving import MOST_AT_ONCE
from daftar.portal.cases.templatetags.case_words import material_format
from daftar.terms.digits import to_persian
from tests.portal import making_files, world
from tests.portal.acting import told, words
from tests.portal.casework import MEMBER, Recorded, recorded, saved, who
from tests.portal.following import client_of, file, verified

pytestmark = [
    pytest.mark.urls("tests.portal.material_wizard"),
    pytest.mark.parametrize("world_url", ["sqlite"], indirect=True),
]
ADD = {"material_add": "1", "what": "birth_certificate"}


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    made = recorded(monkeypatch)
    verified()
    return made


@pytest.fixture
def case() -> Case:
    return saved()


@pytest.fixture
def client() -> Client:
    return client_of("principal", acting=True)


def page(case: Case, more: str = "") -> str:
    return f"/en/wizard/{case.number}/{more}"


def test_what_is_needed_and_what_is_taken_is_said_before_anything_is_chosen(case: Case, client: Client) -> None:
    text = words(client.get(page(case)))
    assert "missing Identity document or Household register" in text
    assert "missing Medical birth certificate" in text
    assert "at most 10 megabytes" in text
    assert (
        'value="identity_document" class="form-check-input" id="id_what_0" checked'
        in client.get(page(case)).content.decode()
    )
    known = words(client.get(page(case, "?known")))
    assert "shown already Identity document" in known


def test_two_papers_at_once_are_kept_and_what_was_needed_is_there(case: Case, client: Client) -> None:
    files = [file("出生证.pdf", making_files.bytes_of(making_files.pdf(2))), file("a.jpg", making_files.photograph())]
    answer = client.post(page(case, "?known"), ADD | {"files": files})
    assert (answer.status_code, answer.url) == (302, page(case, "?known"))
    text = words(client.get(page(case, "?known")))
    assert "there Medical birth certificate" in text
    assert "出生证.pdf" in text
    assert ", pages: 2" in text
    assert "Complete" in text
    client.post(page(case), ADD | {"files": [file("again.jpg", making_files.photograph())]})
    assert Material.objects.count() == 2


def test_of_several_files_the_good_ones_stay_and_each_bad_one_is_named(case: Case, client: Client) -> None:
    files = [
        file("good.png", making_files.annotated_png()),
        file("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        file("script.pdf", making_files.pdf_by_hand(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
        file("empty.jpg", b""),
        file("huge.jpg", b"\xff\xd8\xff" + bytes(MOST_BYTES)),
    ]
    answer = client.post(page(case), ADD | {"files": files})
    text = words(answer)
    assert answer.status_code == 422
    assert "\u2068drawing.svg\u2069: Send a PDF, or a picture" in text
    assert "\u2068script.pdf\u2069: This PDF holds a program" in text
    assert "\u2068empty.jpg\u2069: The file is empty." in text
    assert "\u2068huge.jpg\u2069: The file is larger than 10 megabytes" in text
    assert [each.media_type for each in Material.objects.all()] == ["image/jpeg"]
    assert "good.jpg" in text


def test_a_name_in_a_message_is_short_and_turns_nothing_around(case: Case, client: Client) -> None:
    name = "a\u202egpj" + "x" * 300 + ".svg"
    page_of_errors = client.post(page(case), ADD | {"files": [file(name, b"<svg/>")]}).content.decode()
    assert "\u202e" not in page_of_errors
    assert "x" * 61 not in page_of_errors
    assert "…\u2069: Send a PDF" in page_of_errors


def test_nothing_chosen_and_too_much_at_once(case: Case, client: Client) -> None:
    assert "Choose a file." in words(client.post(page(case), {"material_add": "1", "what": "birth_certificate"}))
    assert "Choose one of these." in words(client.post(page(case), {"material_add": "1", "what": "passport"}))
    several = [file(f"{number}.pdf", b"%PDF-") for number in range(MOST_AT_ONCE + 1)]
    assert "at most 5 files at once" in words(client.post(page(case), ADD | {"files": several}))
    heavy = [file(f"{number}.jpg", bytes(13 * MEGABYTE)) for number in range(4)]
    answer = client.post(page(case), ADD | {"files": heavy})
    assert answer.status_code == 422
    assert "larger than 50 megabytes" in words(answer)
    assert not Material.objects.exists()


def test_no_file_is_written_to_the_disk(case: Case, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    large = making_files.photograph(size=(4000, 3000)) + bytes(4 * MEGABYTE)
    assert client.post(page(case), ADD | {"files": [file("large.jpg", large)]}).status_code == 302
    assert Material.objects.get().size < MEGABYTE


def test_a_file_is_taken_out_again_and_a_signature_is_not(case: Case, client: Client) -> None:
    client.post(page(case), ADD | {"files": [file("a.jpg", making_files.photograph())]})
    made = Material.objects.get()
    Material.objects.filter(pk=made.pk).update(what="commitment_letter")
    assert "material_remove" not in client.get(page(case)).content.decode()
    client.post(page(case), {"material_remove": str(made.pk)})
    assert Material.objects.exists()
    Material.objects.filter(pk=made.pk).update(what="birth_certificate")
    for value in (str(made.pk), str(made.pk), "x"):
        assert client.post(page(case), {"material_remove": value}).status_code == 302
    assert not Material.objects.exists()


def test_a_case_that_was_submitted_meanwhile_keeps_its_files(case: Case, client: Client) -> None:
    client.post(page(case), ADD | {"files": [file("a.jpg", making_files.photograph())]})
    made = Material.objects.get()
    services.case_submit(case=case.pk, version=2, by=who("principal"), at=made.at)
    answer = client.post(page(case), {"material_remove": str(made.pk)})
    assert answer.status_code == 422
    assert "the case has moved on" in words(answer)
    more = client.post(page(case), ADD | {"files": [file("b.png", making_files.annotated_png())]})
    assert more.status_code == 422
    assert Material.objects.get().removed_at is None


def test_the_form_needs_its_token(case: Case) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of("principal").cookies
    answer = client.post(page(case), ADD | {"files": [file("a.jpg", making_files.photograph())]})
    assert answer.status_code == 403
    assert not Material.objects.exists()


def test_a_file_comes_back_as_an_attachment_to_its_owners_alone_and_on_record(case: Case, client: Client) -> None:
    client.post(page(case), ADD | {"files": [file("出生证.jpg", making_files.photograph())]})
    made = Material.objects.get()
    address = f"/zh/cases/{case.number}/materials/{made.pk}/"
    answer = client.get(address)
    assert answer.content == open_content(settings.SECRETS, made.pk, made.media_type, bytes(made.content))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert told(world.key_of(MEMBER))[-1].shown == "material"
    assert client_of("stranger").get(address).status_code == 404
    assert client_of("member").get(address).status_code == 404  # a draft is its writer's alone
    assert client.get(address.replace(case.number, "0" * 14)).status_code == 404
    assert Client().get(address).status_code == 302


def test_sizes_are_said_in_the_readers_figures() -> None:
    made = Material(media_type="image/jpeg", size=1_300_000)
    with override("fa"):
        assert material_format(made) == f"\u2066JPEG\u2069، {to_persian('1')}٫{to_persian('2')} مگابایت"
    with override("zh"):
        assert material_format(Material(media_type="application/pdf", size=2048)) == "PDF格式，2KB"
