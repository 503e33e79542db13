"""«异地就医自助备案» on its pages: for oneself and a member, nothing lost, nothing twice (S3.21, S3.22)."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.stepping import fields_of
from daftar.portal.filing.letter import VERSION
from daftar.portal.filing.models import Filing
from daftar.portal.journal.models import Inquiry
from daftar.portal.proxy.letter import Letter
from daftar.terms.cases import CaseState
from daftar.terms.texts import text
from tests.portal import binding, handing_in, making_files, world
from tests.portal.acting import words
from tests.portal.filing_ground import BEIJING, HANGZHOU, ZHEJIANG, filed, logged_in
from tests.portal.following import file
from tests.portal.handing_in import bound, days, drafted, send, typed_contact, typed_place, walked

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
NEW = "/en/filings/new/"
CHOSEN = 'value="long_term_resident" class="form-check-input" id="id_category_1" checked'


@pytest.fixture
def citizen(portal: str) -> Account:
    """王伟, who may act for 李秀英."""
    return handing_in.people()


@pytest.fixture
def client(citizen: Account) -> Client:
    """His log-in."""
    return logged_in(binding.mail_of(world.RESIDENT))


def begun(client: Client) -> str:
    """The first page of a new draft."""
    return str(client.post(NEW, {"proxy": "no"}).url)


def case() -> Case:
    """The only case."""
    return Case.objects.get()


def test_from_the_first_page_to_the_number(client: Client) -> None:
    check = walked(client)
    page = words(client.get(check))
    for shown in (
        "王伟",
        "Residents&#x27; basic medical insurance",
        "浙江省 杭州市",
        "文三路1号",
        "王芳",
        "+86 138 0000 0002",
        "Child",
        "2026-11 (English)",
    ):
        assert shown in page
    assert world.RESIDENT[1] not in client.get(check).content.decode()
    done = send(client, check)
    assert done.url == check.replace("check", "done")
    page = words(client.get(done.url))
    assert "Submitted successfully" in page
    assert "Approved The filing fits the rules and is approved." in page
    assert "or to its capital opens all institutions of both" in page
    assert Filing.objects.get().destination_region == HANGZHOU
    assert words(client.get(done.url)) == page, "a reload shows the same"
    progress = words(client.get(f"/en/progress/{case().number}/"))
    assert "The filing fits the rules and is approved." in progress
    assert "王芳" in progress
    assert "浙江省 杭州市" in words(client.get("/en/filings/"))


def test_for_a_member_by_the_question_do_you_act(client: Client, citizen: Account) -> None:
    made = bound(citizen)
    assert "李秀英" in words(client.get(NEW))
    begin = client.post(NEW, {"proxy": "yes", "member": str(made.pk)})
    assert words(client.get(begin.url)).count("李秀英") >= 2, "the banner and the form"
    onward = send(client, begin.url, **typed_place(category="retired_resettled"))
    assert 'value="王伟"' in client.get(onward.url).content.decode(), "the contact is first who acts"
    onward = send(client, onward.url, **typed_contact(contact_name="王伟", contact_relation="parent"))
    onward = send(client, onward.url, signature="", name="王伟")
    send(client, onward.url.replace("material", "check"))
    assert Filing.objects.get().key == world.key_of(binding.ELDER)
    client.post("/en/proxies/whom/", {"whom": "oneself", "next": "/en/filings/"})
    refused = client.get(f"{begin.url}done/")
    assert refused.status_code == 409
    assert "This case is about somebody else" in words(refused)


def test_it_is_kept_in_between_and_gone_on_with(client: Client) -> None:
    place = begun(client)
    send(client, place, **typed_place())
    again = begun(client)
    assert again == place, "one draft for a person"
    assert f'href="{place}contact/"' in client.get(f"/en/progress/{case().number}/").content.decode()
    content = client.get(again).content.decode()
    assert f'value="{HANGZHOU}" selected' in content
    assert 'value="文三路1号"' in content
    assert CHOSEN in content


def test_a_signature_drawn_on_the_page(client: Client) -> None:
    place = begun(client)
    send(client, place, **typed_place())
    send(client, f"{place}contact/", **typed_contact())
    nothing = send(client, f"{place}letter/", signature="", name="")
    assert nothing.status_code == 422
    assert "Sign in the field" in words(nothing)
    drawn = making_files.canvas(making_files.drawn_signature())
    assert send(client, f"{place}letter/", signature=drawn, name="").url == f"{place}material/"
    assert Material.objects.get().what == "commitment_letter"
    page = words(client.get(f"{place}material/"))
    assert "shown already Identity document" in page
    assert "signature.png" in page
    assert "drawn by hand" in words(client.get(f"{place}check/"))
    assert send(client, f"{place}letter/", signature="", name="").url == f"{place}material/", "signed already"
    assert Material.objects.count() == 1


def test_the_paper_that_a_referral_needs(client: Client) -> None:
    check = walked(client, category="referral")
    assert client.get(check).url == check.replace("check", "material"), "first what is missing"
    page = check.replace("check", "material")
    assert "missing Referral by a hospital" in words(client.get(page))
    paper = making_files.bytes_of(making_files.pdf(1))
    client.post(page, {"material_add": "1", "what": "referral_proof", "files": [file("转诊.pdf", paper)]})
    assert "转诊.pdf" in words(client.get(check))
    send(client, check)
    assert case().state == CaseState.APPROVED


NOT_UNDERSTOOD = (
    ({"starts": ""}, "Fill this in."),
    ({"starts": "yesterday"}, "This is not a day."),
    ({"starts": "1940-01-01"}, "Choose a day from 1950-01-01"),
    ({"ends": "2020-01-01"}, "The end lies before the start."),
    ({"ends": "9999-12-31"}, "This is not a day."),
    ({"province": "", "city": ""}, "Choose one of these."),
    ({"province": "cn-nowhere"}, "There is no region with this code."),
    ({"city": ""}, "Choose a city, or the province as a whole."),
    ({"category": "tourist"}, "Choose one of these."),
    ({"address": "路" * 500}, "This is longer than allowed."),
)


def test_what_cannot_be_understood_is_said_and_stays(client: Client) -> None:
    place = begun(client)
    for changes, said in NOT_UNDERSTOOD:
        answer = send(client, place, **typed_place(**changes))
        assert answer.status_code == 422, changes
        assert said in words(answer), changes
        assert "category" in changes or CHOSEN in answer.content.decode()
    assert case().version == 1


def test_without_scripts_the_button_brings_the_cities(client: Client) -> None:
    values = typed_place()
    del values["city"]
    answer = send(client, begun(client), **values)
    assert answer.status_code == 200
    assert "Choose it below" in words(answer)
    assert f'value="{HANGZHOU}"' in answer.content.decode()
    assert send(client, f"{NEW}{case().number}/", **typed_place(province=BEIJING, city="")).url.endswith("contact/")


def test_the_contact_likewise(client: Client) -> None:
    page = f"{begun(client)}contact/"
    for changes, said in (
        ({"contact_name": "王" * 500}, "This is longer than allowed."),
        ({"contact_name": ""}, "Fill this in."),
        ({"contact_phone": "12345"}, "This is not a telephone number."),
        ({"contact_relation": "boss"}, "Choose one of these."),
    ):
        answer = send(client, page, **typed_contact(**changes))
        assert answer.status_code == 422, changes
        assert said in words(answer), changes


def test_a_page_that_is_too_old_loses_nothing(client: Client) -> None:
    place = begun(client)
    send(client, place, **typed_place())
    answer = client.post(place, {"version": "1", **typed_place(address="新的地址")})
    assert answer.status_code == 422
    assert "was changed since you opened this page" in words(answer)
    assert 'value="新的地址"' in answer.content.decode()
    assert send(client, place, **typed_place(address="新的地址")).url == f"{place}contact/", "and once more it is saved"
    for version in ("", "x", "9" * 50, "²"):
        assert client.post(place, {"version": version, **typed_place()}).status_code == 422


def test_pressed_twice_and_gone_back(client: Client) -> None:
    check = walked(client)
    version = str(case().version)
    first, second = (client.post(check, {"version": version}) for _ in range(2))
    assert first.url == second.url == check.replace("check", "done")
    assert Filing.objects.count() == 1
    for page in ("", "contact/", "letter/", "material/", "check/"):
        assert client.get(check.replace("check/", page)).url == check.replace("check", "done")


def test_what_the_rules_would_say_stands_before_the_button_and_a_refusal_can_be_corrected(client: Client) -> None:
    filed("f1", starts=days(-400))
    check = walked(client)
    page = words(client.get(check))
    assert "By the rules of today this would not be approved" in page
    assert "Another filing holds on some of these days." in page
    done = send(client, check).url
    page = words(client.get(done))
    assert "Refused" in page
    assert "Another filing holds on some of these days." in page
    again = client.post(done).url
    assert again != check.replace("check/", "")
    content = client.get(again).content.decode()
    assert 'value="文三路1号"' in content
    assert client.get(f"{again}check/").url == f"{again}letter/", "the letter is signed anew"


def test_the_letter_of_another_day_is_signed_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    check = walked(client)
    monkeypatch.setattr("daftar.portal.filing.letter.newest_on", lambda known, day: _newer(known["2026-11"]))
    assert client.get(check).url == check.replace("check", "letter")


def test_signed_is_the_letter_that_was_read_and_one_that_changed_meanwhile_is_read_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = begun(client)
    send(client, place, **typed_place())
    send(client, f"{place}contact/", **typed_contact())
    letter = f"{place}letter/"
    assert 'name="letter" value="2026-11"' in client.get(letter).content.decode()
    drawn = making_files.canvas(making_files.drawn_signature())
    monkeypatch.setattr("daftar.portal.filing.letter.newest_on", lambda known, day: _newer(known["2026-11"]))
    for shown in ("2026-11", "", "x" * 500):
        refused = send(client, letter, letter=shown, signature=drawn, name="somebody else")
        assert refused.status_code == 422
        assert text("proxy_refused.letter_changed", "en") in words(refused)
        assert "Another promise." in words(refused), "the newer one is there to be read"
    content = refused.content.decode()
    assert drawn in content
    assert 'value="somebody else"' in content
    assert 'name="letter" value="2027-01"' in content
    assert not Material.objects.exists()
    assert VERSION not in fields_of(case())
    assert send(client, letter, letter="2027-01", signature=drawn, name="").url == f"{place}material/"
    assert fields_of(case())[VERSION] == "2027-01"


def _newer(letter: Letter) -> Letter:
    return replace(letter, version="2027-01", paragraphs=letter.paragraphs | {"en": ("Another promise.",)})


def test_the_categories_of_the_law_before_2023(citizen: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Domain-facts 2.10: four, without groups, as dated data."""
    client = logged_in(binding.mail_of(world.RESIDENT))
    place = begun(client)
    now = words(client.get(place))
    assert "Emergency" in now
    then = datetime(2019, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("daftar.portal.filing.wizard.timezone.now", lambda: then)
    content = client.get(place).content.decode()
    assert content.count('name="category"') == 4


def test_only_those_see_a_draft_who_write_it(client: Client, citizen: Account) -> None:
    bound(citizen)
    made = drafted(citizen, world.key_of(binding.ELDER))
    binding.account_of(binding.ELDER)
    elder = logged_in(binding.mail_of(binding.ELDER))
    assert elder.get(f"{NEW}{made.number}/").status_code == 404
    for nothing in ("0" * 14, "x", "%00", "9" * 500):
        assert client.get(f"{NEW}{nothing}/").status_code == 404
    assert client.get(f"{NEW}{made.number}/").status_code == 409, "acting for oneself"


def test_a_mailbox_alone_files_nothing_and_neither_does_another_insurer(citizen: Account) -> None:
    Account.objects.filter(pk=citizen.pk).update(verified_at=None, verified_by="")
    client = logged_in(binding.mail_of(world.RESIDENT))
    assert "identity" in client.get(NEW).url
    assert "File treatment" not in words(client.get("/en/filings/"))
    assert logged_in("citizen@example.org").get(NEW).status_code == 403


def test_each_page_is_a_look_on_record(client: Client) -> None:
    place = begun(client)
    before = Inquiry.objects.filter(mode="case_filing", outcome="shown").count()
    client.get(place)
    assert Inquiry.objects.filter(mode="case_filing", outcome="shown").count() == before + 1


def test_revoked_on_the_pages(client: Client) -> None:
    filed("f1", starts=days(-100))
    filed("f2", starts=days(-900), ends=days(-800), destination_region=ZHEJIANG)
    page = words(client.get("/en/filings/revoke/"))
    assert page.count("Ask for revocation") == 1, "what is over cannot be revoked"
    asked = client.post("/en/filings/revoke/", {"filing": "f1"}).url
    assert "The last day on which it counts" in words(client.get(asked))
    done = send(client, asked).url
    assert "Submitted successfully" in words(client.get(done))
    assert Filing.objects.get(filing_id="f1").state == "cancelled"
    assert client.get(asked).url == done
    assert "The filing is revoked." in words(client.get(f"/en/progress/{case().number}/"))
    for nothing in ("somebody else's", "", "\0", "f" * 500):
        assert client.post("/en/filings/revoke/", {"filing": nothing}).status_code == 404


def test_an_unsettled_stay_is_said_before_and_after(client: Client) -> None:
    filed("f1", starts=days(-100))
    handing_in.stay("s1")
    asked = client.post("/en/filings/revoke/", {"filing": "f1"}).url
    assert "not been settled" in words(client.get(asked))
    assert "not been settled" in words(client.get(send(client, asked).url))
    assert Filing.objects.get(filing_id="f1").state == "in_force"
