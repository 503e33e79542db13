"""Filings decided by the rules at once and made with the approval (S3.22, S3.24, S3.26), on both databases."""

import threading
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files

import pytest
from django.conf import settings
from django.db import connections

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Affiliation
from daftar.portal.cases import services
from daftar.portal.cases.models import Case, CaseStep, Material
from daftar.portal.cases.procedures import procedure_of
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.models import Region
from daftar.portal.directory.services import entry_save
from daftar.portal.filing.letter import letters
from daftar.portal.filing.models import Filing
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.store.sealing import open_fields
from daftar.terms.cases import CaseKind, CaseState, NotDone
from daftar.terms.misunderstood import Misunderstood
from tests.portal import binding, handing_in, world
from tests.portal.acting import told
from tests.portal.filing_ground import BEIJING, HANGZHOU, NINGBO, YINGTAN, filed
from tests.portal.handing_in import bound, days, drafted, submitted

PUBLISHED = {"2026-11": "ed3d0e3d14fec7cd9e86e5cb9671bd29830cfb45bb9f088e1e73382e903770f6"}
"""What people have signed: a changed text is a new version."""

ONE = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
"""What one database shows; the others ask both."""


@pytest.fixture
def citizen(portal: str) -> Account:
    """王伟, who may act for 李秀英."""
    return handing_in.people()


def reasons(case: Case) -> list[str]:
    """Why it was decided so."""
    case.refresh_from_db()
    return case.reasons.split()


def test_it_is_approved_at_once_and_the_filing_is_there(citizen: Account) -> None:
    case = submitted(citizen)
    assert (case.state, case.decided_by, case.way, reasons(case)) == ("approved", "rules", "automatic", ["approved"])
    (row,) = Filing.objects.all()
    assert (row.key, row.category, row.destination_region) == (citizen.person_key, "long_term_resident", HANGZHOU)
    assert (row.starts, row.ends, row.state) == (days(1), None, "in_force")
    assert (row.insured_region, row.insurance_type, row.source) == (YINGTAN, "390", "online")
    contact = open_fields(settings.SECRETS, "filing", row.sealed)
    assert contact == {"contact_name": "王芳", "contact_phone": "+8613800000002", "address": "文三路1号"}
    acts = [(row.outcome, row.ground) for row in told(citizen.person_key) if row.mode == "case_filing"]
    assert acts[-2:] == [("submit", "own"), ("approve", "own")]
    assert list(CaseStep.objects.values_list("act", flat=True))[-2:] == ["submit", "approve"]


@ONE
def test_a_county_whose_city_is_withdrawn_is_no_provincial_level(citizen: Account) -> None:
    """S4.7: its filing would have opened the capital."""
    entry_save(Region(code=NINGBO, recorded_at=world.long_ago(), withdrawn=True))
    assert reasons(submitted(citizen, destination="cn-330203")) == ["destination_not_open"]


def test_for_a_member_both_stand_on_record_and_both_are_told(citizen: Account) -> None:
    bound(citizen)
    key = world.key_of(binding.ELDER)
    case = submitted(citizen, key)
    assert case.state == CaseState.APPROVED
    assert Filing.objects.get().key == key
    assert Filing.objects.get().insurance_type == "310"
    row = [each for each in told(key) if each.outcome == "approve"][-1]
    assert (row.ground, row.acting_for) == ("proxy", citizen.person_key)
    assert any(case.number in each for each in binding.messages_to(binding.mail_of(world.RESIDENT)))


@ONE
def test_what_stands_against_it_is_said(citizen: Account) -> None:
    for changes, expected in (
        ({"destination": YINGTAN}, ["destination_is_insured_region"]),
        ({"destination": BEIJING}, ["destination_not_open"]),
        ({"starts": days(-3).isoformat()}, ["starts_too_early"]),
        ({"starts": days(400).isoformat()}, ["starts_too_late"]),
    ):
        case = submitted(citizen, **changes)
        assert (case.state, reasons(case)) == (CaseState.REFUSED, expected)
    assert not Filing.objects.exists()


@ONE
def test_another_filing_on_the_same_days_and_a_lost_insurance(citizen: Account) -> None:
    filed("f1", starts=days(-400), ends=days(30), insured_region=YINGTAN)
    assert reasons(submitted(citizen)) == ["overlapping_filing"]
    Filing.objects.update(state="cancelled")
    Affiliation.objects.filter(key=citizen.person_key).update(ends=days(-30))
    assert reasons(submitted(citizen)) == ["not_enrolled"]
    Person.objects.filter(key=citizen.person_key).update(insured_region="")
    assert "insured_region_unknown" in reasons(submitted(citizen))


@ONE
def test_a_paper_that_the_category_needs(citizen: Account) -> None:
    with pytest.raises(CaseNotDone) as caught:
        submitted(citizen, category="referral")
    assert (caught.value.why, caught.value.what) == (NotDone.MATERIAL_MISSING, ("referral_proof",))
    case = Case.objects.get()
    assert case.state == CaseState.DRAFT, "nothing was lost"


@ONE
def test_a_child_bound_by_a_promise_shows_an_identity_document_besides(citizen: Account) -> None:
    Person.objects.filter(key=world.key_of(binding.CHILD)).update(birth_date=days(-3000))
    made = binding.bind_child(citizen, datetime.now(UTC), born=days(-3000))
    assert isinstance(made, ProxyBinding)
    assert made.way == Way.COMMITMENT
    with pytest.raises(CaseNotDone) as caught:
        submitted(citizen, world.key_of(binding.CHILD))
    assert set(caught.value.what) == {"identity_document", "electronic_voucher"}


@ONE
def test_nothing_is_submitted_without_a_signed_letter(citizen: Account) -> None:
    case = drafted(citizen, name="")
    (drawn,) = Material.objects.all()
    assert (drawn.what, drawn.media_type, drawn.case) == ("commitment_letter", "image/png", case)
    Material.objects.all().delete()
    with pytest.raises(CaseNotDone) as caught:
        services.case_submit(case=case.pk, version=case.version, by=citizen, at=datetime.now(UTC))
    assert "commitment_letter" in caught.value.what


@ONE
def test_signing_anew_leaves_one_signature_and_the_version_that_was_read(citizen: Account) -> None:
    drafted(citizen, name="")
    case = drafted(citizen, name="")
    assert Material.objects.count() == 1, "one after the other"
    _, fields = services.case_open(case=case.pk, by=citizen, at=datetime.now(UTC))
    assert (fields["letter"], fields["letter_language"]) == (handing_in.letter_version(), "zh")
    drafted(citizen)
    assert Material.objects.count() == 0, "typed instead of drawn"


@ONE
def test_somebody_elses_name_is_no_signature(citizen: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.portal.making_files.canvas", lambda picture: "")
    for name, code in (("李秀英", "not_your_name"), ("", "signature_missing")):
        with pytest.raises(Misunderstood) as caught:
            drafted(citizen, name=name)
        assert caught.value.code == code


def test_two_filings_at_once_are_one(citizen: Account) -> None:
    bound(citizen)
    elder = binding.account_of(binding.ELDER)
    key = world.key_of(binding.ELDER)
    cases = [(drafted(citizen, key), citizen), (drafted(elder, key, name="李秀英", destination=NINGBO), elder)]
    both = threading.Barrier(2)

    def submit(case: Case, by: Account) -> None:
        both.wait()
        try:
            services.case_submit(case=case.pk, version=case.version, by=by, at=datetime.now(UTC))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=each) for each in cases]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(Case.objects.values_list("state", flat=True)) == ["approved", "refused"]
    assert Filing.objects.count() == 1


def test_published_letters_never_change() -> None:
    folder = files("daftar.portal.filing").joinpath("letters")
    for version, letter in letters().items():
        content = folder.joinpath(f"{version}.toml").read_bytes()
        assert sha256(content).hexdigest() == PUBLISHED[version]
        assert set(letter.title) == {"zh", "fa", "en"}
        assert len({len(paragraphs) for paragraphs in letter.paragraphs.values()}) == 1


@ONE
def test_the_form_is_read_in_the_readers_language(citizen: Account) -> None:
    case = drafted(citizen)
    _, fields = services.case_open(case=case.pk, by=citizen, at=datetime.now(UTC))
    shown = procedure_of(CaseKind.FILING).shown(case, fields)
    lines = [value for section in shown for _, value in section.lines]
    assert {"王伟", "王芳", "+86 138 0000 0002", "浙江省 杭州市", "江西省 鹰潭市"} <= set(lines)
    assert world.RESIDENT[1] not in "".join(lines), "the number is masked"
