"""What becomes of an enrolment that was handed in: the city's policy, the affiliation, the cover (S3.12-S3.18)."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Affiliation
from daftar.portal.cases import review_services, services
from daftar.portal.cases.models import Case
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.models import PoolingRegion
from daftar.portal.enrolment.services import enrolment_submit
from daftar.portal.entitlement.models import Coverage
from daftar.portal.journal.words import FIELDS, MODES
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.cases import CaseKind, CaseState, NotDone, Way
from daftar.terms.texts import text
from tests.portal import enrolment_ground as ground
from tests.portal import world
from tests.portal.acting import words
from tests.portal.enrolment_ground import ELDER, GANZHOU, NANCHANG, NEWBORN, PUPIL, TODAY, YINGTAN, YUEHU
from tests.portal.reviewing import entered

on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)


@pytest.fixture
def principal(portal: str) -> Account:
    return ground.build()


@pytest.fixture
def client(principal: Account) -> Client:
    return ground.logged_in(principal)


@pytest.fixture
def elder(principal: Account) -> ProxyBinding:
    return ground.bound(principal)


def handed_in(client: Client, member: ProxyBinding, region: str, *, registered: str = "", **filled: str) -> Case:
    """An enrolment of the elder, whom the registry has in that region or in another one, just handed in."""
    ground.registered(ELDER, registered or region)
    address = ground.begin(client, member)
    ground.fill(client, address, region=region, **filled)
    ground.hand_in(client, address)
    return ground.case_at(address)


def approve(case: Case, reviewer: Account) -> Case:
    """Claim and approve."""
    now = datetime.now(UTC)
    review_services.case_claim(case=case.pk, by=reviewer, at=now)
    return review_services.case_approve(case=case.pk, by=reviewer, at=now)


def spells(made: tuple[str, str, str]) -> list[Affiliation]:
    return list(Affiliation.objects.filter(key=world.key_of(made), withdrawn=False))


def test_a_reviewer_approves_and_the_next_inquiry_says_covered(client: Client, elder: ProxyBinding) -> None:
    """S3.15, S3.18: in 鹰潭 one reviewer decides; affiliation and cover are there at once."""
    case = handed_in(client, elder, YINGTAN)
    assert (case.state, case.way, case.region) == (CaseState.SUBMITTED, Way.MANUAL, YINGTAN)
    assert not spells(ELDER)
    assert ground.asked(ELDER) == "not_covered"
    approved = approve(case, ground.reviewers()[f"{YINGTAN}-1"])
    assert approved.state == CaseState.APPROVED
    (spell,) = spells(ELDER)
    assert (spell.affiliation_id, spell.kind) == (f"case-{case.number}", "resident")
    assert (spell.starts, spell.ends) == (TODAY, None)
    assert (spell.insurance_type, spell.category, spell.pooling_region) == ("390", "ordinary_resident", YINGTAN)
    assert spell.office == "h-360600"
    assert ground.asked(ELDER) == "covered"
    span = Coverage.objects.get(key=world.key_of(ELDER), starts=TODAY)
    assert (span.ends, span.reason) == (date(TODAY.year, 12, 31), "year_paid")


@on_sqlite
def test_where_the_rules_decide_it_is_decided_at_once(client: Client, elder: ProxyBinding) -> None:
    """S3.15, S3.17: 赣州 has no reviewer; who is insured there is insured there."""
    case = handed_in(client, elder, GANZHOU)
    assert (case.state, case.way, case.decided_by) == (CaseState.APPROVED, Way.AUTOMATIC, "rules")
    assert case.reasons == "may_be_enrolled"
    assert case.policy_version == f"automatic {GANZHOU}"
    assert ground.asked(ELDER) == "covered"
    assert Person.objects.get(key=world.key_of(ELDER)).insured_region == GANZHOU


@pytest.mark.parametrize("registered", [YINGTAN, "cn-360000", "nowhere"])
def test_choosing_a_unit_elsewhere_chooses_no_way_round_the_reviewers(
    client: Client, elder: ProxyBinding, registered: str
) -> None:
    """The registry has them in another city, in a province at large, or in a place that nobody knows (S3.15)."""
    case = handed_in(client, elder, GANZHOU, registered=registered)
    assert (case.state, case.way, case.reasons) == (CaseState.SUBMITTED, Way.AUTOMATIC, "registered_elsewhere")
    assert not spells(ELDER)
    submitted = words(client.get(f"/en/enrolments/{case.number}/submitted/"))
    assert "decided at once" not in submitted
    told = text("enrolment_reason.registered_elsewhere", "en")
    assert told in submitted
    reviewer = ground.reviewers()[f"{GANZHOU}-1"]
    review_services.case_claim(case=case.pk, by=reviewer, at=datetime.now(UTC))
    assert told in words(entered(reviewer.user).get(f"/en/review/cases/{case.number}/"))
    review_services.case_approve(case=case.pk, by=reviewer, at=datetime.now(UTC))
    assert len(spells(ELDER)) == 1
    assert Person.objects.get(key=world.key_of(ELDER)).insured_region == GANZHOU


@on_sqlite
def test_who_hands_it_in_is_told_before_that_a_reviewer_decides(client: Client, elder: ProxyBinding) -> None:
    address = ground.begin(client, elder)
    ground.fill(client, address, region=GANZHOU)
    page = words(client.get(f"{address}check/"))
    assert text("enrolment_reason.registered_elsewhere", "en") in page
    assert text("review.manual", "en") in page
    assert text("review.automatic", "en") not in page


@on_sqlite
def test_where_a_reviewer_decides_anyway_they_are_told_too(client: Client, elder: ProxyBinding) -> None:
    case = handed_in(client, elder, YINGTAN, registered=NANCHANG)
    assert (case.way, case.reasons) == (Way.MANUAL, "registered_elsewhere")


@on_sqlite
def test_a_second_press_that_passed_the_first_page_gives_the_same_case(
    client: Client, elder: ProxyBinding, principal: Account
) -> None:
    """Both were on their way before either was done; the check must not stumble over what the first one made."""
    case = handed_in(client, elder, GANZHOU)
    again = enrolment_submit(case=case, version=case.version, by=principal, at=datetime.now(UTC))
    assert isinstance(again, Case)
    assert (again.pk, again.state) == (case.pk, CaseState.APPROVED)
    assert len(spells(ELDER)) == 1


@on_sqlite
def test_who_is_insured_since_the_form_was_filled_is_not_taken_in(client: Client, elder: ProxyBinding) -> None:
    """The check runs once more when it is handed in; the draft stays."""
    address = ground.begin(client, elder)
    ground.fill(client, address)
    world.spell("meanwhile", ELDER, "compulsory", TODAY, [])
    response = ground.hand_in(client, address)
    assert response.status_code == 422
    assert "It cannot be handed in like this" in words(response)
    assert ground.case_at(address).state == CaseState.DRAFT


@on_sqlite
def test_two_pairs_of_eyes_where_the_city_wants_them(client: Client, elder: ProxyBinding) -> None:
    case = handed_in(client, elder, NANCHANG)
    assert (case.way, case.four_eyes, case.policy_version) == (Way.MANUAL, True, f"four_eyes {NANCHANG}")
    reviewers = ground.reviewers()
    assert approve(case, reviewers[f"{NANCHANG}-1"]).state == CaseState.SUBMITTED
    assert not spells(ELDER)
    assert approve(case, reviewers[f"{NANCHANG}-2"]).state == CaseState.APPROVED
    assert len(spells(ELDER)) == 1


def test_who_is_insured_meanwhile_is_not_enrolled_again(client: Client, elder: ProxyBinding) -> None:
    """Found at approval: the facts have changed, and nothing at all was approved."""
    case = handed_in(client, elder, YINGTAN)
    world.spell("meanwhile", ELDER, "compulsory", TODAY, [])
    with pytest.raises(CaseNotDone) as error:
        approve(case, ground.reviewers()[f"{YINGTAN}-1"])
    assert error.value.why == NotDone.FACTS_CHANGED
    assert [each.affiliation_id for each in spells(ELDER)] == ["meanwhile"]
    assert not Coverage.objects.filter(key=world.key_of(ELDER), starts=TODAY).exists()
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_REVIEW


@on_sqlite
def test_a_pooling_region_that_is_gone_meanwhile_takes_nobody_in(client: Client, elder: ProxyBinding) -> None:
    """And the region in which the person has been insured stays on record."""
    case = handed_in(client, elder, YINGTAN)
    PoolingRegion.objects.filter(region=YINGTAN).update(withdrawn=True)
    before = Person.objects.get(key=world.key_of(ELDER)).insured_region
    with pytest.raises(CaseNotDone) as error:
        approve(case, ground.reviewers()[f"{YINGTAN}-1"])
    assert error.value.why == NotDone.FACTS_CHANGED
    assert (Person.objects.get(key=world.key_of(ELDER)).insured_region, spells(ELDER)) == (before, [])


@on_sqlite
def test_of_two_years_asked_for_at_once_one_is_enrolled(client: Client, elder: ProxyBinding) -> None:
    """A year is a matter of its own; the second approval sees the affiliation that the first one made."""
    first = handed_in(client, elder, YINGTAN)
    next_year = date(TODAY.year + 1, 1, 1).isoformat()
    second = handed_in(client, elder, YINGTAN, starts=next_year)
    assert (first.matter, second.matter) == (f"year-{TODAY.year}", f"year-{TODAY.year + 1}")
    reviewer = ground.reviewers()[f"{YINGTAN}-1"]
    approve(first, reviewer)
    with pytest.raises(CaseNotDone) as error:
        approve(second, reviewer)
    assert error.value.why == NotDone.FACTS_CHANGED
    assert len(spells(ELDER)) == 1


@pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)
def test_of_two_approvals_at_the_same_moment_one_makes_the_affiliation(client: Client, elder: ProxyBinding) -> None:
    """Neither waits for the other in a circle: the rebuild holds the person's row, and what follows sees the other."""
    reviewers = ground.reviewers()
    cases = {
        f"{YINGTAN}-1": handed_in(client, elder, YINGTAN),
        f"{YINGTAN}-2": handed_in(client, elder, YINGTAN, starts=date(TODAY.year + 1, 1, 1).isoformat()),
    }
    for user, case in cases.items():
        review_services.case_claim(case=case.pk, by=reviewers[user], at=datetime.now(UTC))
    ready, got = threading.Barrier(2), []

    def approving(user: str, case: Case) -> None:
        ready.wait()
        try:
            got.append(review_services.case_approve(case=case.pk, by=reviewers[user], at=datetime.now(UTC)).state)
        except CaseNotDone as error:
            got.append(error.why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approving, args=each) for each in cases.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ["approved", "facts_changed"]
    assert len(spells(ELDER)) == 1


@on_sqlite
def test_nobody_enrols_who_has_died_meanwhile(client: Client, elder: ProxyBinding) -> None:
    case = handed_in(client, elder, YINGTAN)
    Person.objects.filter(key=world.key_of(ELDER)).update(death_date=TODAY - timedelta(days=1))
    with pytest.raises(CaseNotDone) as error:
        approve(case, ground.reviewers()[f"{YINGTAN}-1"])
    assert error.value.why == NotDone.FACTS_CHANGED


@on_sqlite
def test_a_mere_promise_shows_no_identity(client: Client, principal: Account) -> None:
    """A child bound by letter needs a paper; below the pages the procedure says the same."""
    letter = ground.promised(PUPIL, "王小红", ground.BORN, principal)
    address = ground.begin(client, letter)
    ground.fill(client, address, category="student_or_child")
    assert "Material that this category needs is missing" in words(ground.hand_in(client, address))
    case = ground.case_at(address)
    with pytest.raises(CaseNotDone) as error:
        services.case_submit(case=case.pk, version=case.version, by=principal, at=datetime.now(UTC))
    assert error.value.why == NotDone.MATERIAL_MISSING
    assert "household_register" in error.value.what
    ground.put_in(case, "household_register", principal)
    assert ground.hand_in(client, address).url.endswith("/submitted/")


@on_sqlite
def test_a_newborn_is_enrolled_from_birth_on(client: Client, principal: Account) -> None:
    letter = ground.promised(NEWBORN, "王小宝", ground.BORN_LATELY, principal)
    ground.registered(NEWBORN, GANZHOU)
    address = ground.begin(client, letter)
    ground.fill(client, address, region=GANZHOU, category="newborn", starts=ground.BORN_LATELY.isoformat())
    ground.put_in(ground.case_at(address), "birth_certificate", principal)
    ground.hand_in(client, address)
    assert [each.starts for each in spells(NEWBORN)] == [ground.BORN_LATELY]


@on_sqlite
def test_a_unit_of_a_county_brings_the_case_to_the_county(client: Client, elder: ProxyBinding) -> None:
    """Its staff and that of the city above may decide it; the agency of the city keeps the affiliation (S3.16)."""
    address = ground.begin(client, elder)
    ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360602910003")
    case = ground.case_at(address)
    assert (case.region, case.city, case.province) == (YUEHU, YINGTAN, "cn-360000")
    ground.send(client, address, "resident", **ground.RESIDENT)
    ground.send(client, address, "enrolment", category="ordinary_resident", starts=TODAY.isoformat())
    ground.hand_in(client, address)
    approve(case, ground.reviewers()[f"{YINGTAN}-1"])
    assert [each.office for each in spells(ELDER)] == ["h-360600"]
    assert Person.objects.get(key=world.key_of(ELDER)).insured_region == YINGTAN


@pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)
def test_an_address_that_is_no_number_is_no_page(client: Client) -> None:
    """Also one that the database would not even be asked about."""
    for number in ("%00", "x", "%F0%9F%98%80", "9" * 500):
        assert client.get(f"/en/enrolments/{number}/check/").status_code == 404


@on_sqlite
def test_an_unknown_birth_date_is_for_a_reviewer(client: Client, elder: ProxyBinding) -> None:
    """What a paper can show, the rules do not decide: it waits also where they decide all else (S3.15)."""
    Person.objects.filter(key=world.key_of(ELDER)).update(birth_date=None)
    case = handed_in(client, elder, GANZHOU)
    assert (case.state, case.way) == (CaseState.SUBMITTED, Way.AUTOMATIC)


@on_sqlite
def test_an_empty_draft_is_not_taken_in(client: Client, elder: ProxyBinding, principal: Account) -> None:
    ground.begin(client, elder)
    case = Case.objects.get(kind=CaseKind.ENROLMENT)
    with pytest.raises(CaseNotDone):
        services.case_submit(case=case.pk, version=case.version, by=principal, at=datetime.now(UTC))


def test_words_of_the_journal_are_there() -> None:
    assert {"enrolment_check", "enrolments"} <= MODES.keys()
    assert "enrolments" in FIELDS
