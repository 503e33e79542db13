"""Filings taken back (S3.23), never with an unsettled stay (S3.26), on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.models import Institution, Region
from daftar.portal.directory.services import entry_save
from daftar.portal.entitlement.models import Admission
from daftar.portal.filing.models import Filing
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Organisation
from daftar.portal.settlement.models import Settlement
from daftar.terms.cases import NotDone
from tests.portal import binding, handing_in, world
from tests.portal.acting import told
from tests.portal.filing_ground import HANGZHOU, NINGBO, filed
from tests.portal.handing_in import bound, days, revocation, stay, submitted

UNSETTLED = "unsettled_stay"
ONE = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
"""What one database shows; the others ask both."""


@pytest.fixture
def citizen(portal: str) -> Account:
    """王伟, with a filing for 杭州 of a hundred days ago."""
    account = handing_in.people()
    filed("f1", starts=days(-100))
    return account


def reason(citizen: Account) -> str:
    """Why the revocation of the filing is decided as it is."""
    case = revocation(citizen, "f1")
    assert case.state == ("approved" if case.reasons == "approved" else "refused")
    return case.reasons


def settled_at(ago: int) -> datetime:
    """Some days ago."""
    return datetime.now(UTC) - timedelta(days=ago)


def test_from_the_day_of_revocation_on_it_counts_no_more(citizen: Account) -> None:
    assert reason(citizen) == "approved"
    row = Filing.objects.get()
    assert (row.state, row.ends) == ("cancelled", days(-1))
    acts = [each.outcome for each in told(citizen.person_key) if each.mode == "case_revocation"]
    assert acts[-2:] == ["submit", "approve"]
    assert submitted(citizen).state == "approved", "its days are free again"


@ONE
def test_one_that_has_not_begun_never_counts(citizen: Account) -> None:
    Filing.objects.update(starts=days(10), ends=days(20))
    assert reason(citizen) == "approved"
    row = Filing.objects.get()
    assert (row.state, row.starts, row.ends) == ("cancelled", days(10), days(20))


def test_an_unsettled_stay_holds_it_until_it_is_settled(citizen: Account) -> None:
    stay("s1")
    assert reason(citizen) == UNSETTLED
    assert Filing.objects.get().state == "in_force"
    Settlement.objects.update(settled_at=settled_at(1))
    assert reason(citizen) == "approved"


def test_a_refunded_stay_is_open_until_it_is_settled_again(citizen: Account) -> None:
    stay("s1", settled_at=settled_at(5))
    stay("r1", kind="refund", refers_to="s1", settled_at=settled_at(4), total=-100)
    assert reason(citizen) == UNSETTLED
    stay("s2", settled_at=settled_at(3))
    assert reason(citizen) == "approved"


def test_only_the_version_that_stands_is_asked(citizen: Account) -> None:
    stay("s1", settled_at=settled_at(5))
    stay("s1", version=2, kind="correction")
    assert reason(citizen) == UNSETTLED
    Settlement.objects.filter(version=2).update(withdrawn=True)
    assert reason(citizen) == "approved"


@ONE
def test_other_stays_do_not_hold_it(citizen: Account) -> None:
    stay("elsewhere", treated_region=NINGBO)
    stay("before", admitted=days(-200), discharged=days(-150))
    stay("of another", key=world.key_of(binding.ELDER))
    assert reason(citizen) == "approved"


@ONE
def test_where_nobody_knows_what_a_filing_opens_every_unsettled_stay_holds_it(citizen: Account) -> None:
    """A county whose city is withdrawn opens no provincial level; at 杭州 the same stay held nothing."""
    stay("elsewhere", treated_region=NINGBO)
    Filing.objects.update(destination_region="cn-330102")
    entry_save(Region(code=HANGZHOU, recorded_at=world.long_ago(), withdrawn=True))
    assert reason(citizen) == UNSETTLED


def test_an_admission_holds_it_until_its_settlement_comes(citizen: Account) -> None:
    Institution.objects.create(code="H330100001", name="医院", region=HANGZHOU, recorded_at=world.long_ago())
    Organisation.objects.filter(code=world.HOSPITAL).update(institution="H330100001")
    asked = Inquiry.objects.create(
        id=7,
        asked_at=settled_at(3),
        channel="web",
        mode="general",
        key=citizen.person_key,
        setting="inpatient",
        service_day=days(-3),
        outcome="covered",
        reason="active",
        rule_version="1",
        ground="agreement",
        shown="status",
    )
    Admission.objects.create(
        inquiry=asked.id, organisation=world.HOSPITAL, reference="A1", payer="cn-bmi", recorded_at=settled_at(3)
    )
    assert reason(citizen) == UNSETTLED
    stay("s1", admitted=days(-3), discharged=days(-1), settled_at=settled_at(0))
    assert reason(citizen) == "approved"


@ONE
def test_a_second_time_it_is_cancelled_already(citizen: Account) -> None:
    assert reason(citizen) == "approved"
    assert reason(citizen) == "already_cancelled"
    Filing.objects.update(state="in_force", withdrawn=True)
    assert reason(citizen) == "already_cancelled", "its source has withdrawn it"


@ONE
def test_for_a_member_and_never_somebody_elses(citizen: Account) -> None:
    bound(citizen)
    filed("f2", key=world.key_of(binding.ELDER), starts=days(-3))
    case = revocation(citizen, "f2", world.key_of(binding.ELDER))
    assert (case.state, Filing.objects.get(filing_id="f2").state) == ("approved", "cancelled")
    Filing.objects.filter(filing_id="f2").update(state="in_force")
    assert revocation(citizen, "f2").reasons == "already_cancelled", "of one's own there is no such filing"
    assert Filing.objects.get(filing_id="f2").state == "in_force"


@ONE
def test_who_is_not_bound_any_more_revokes_nothing(citizen: Account) -> None:
    made = bound(citizen)
    filed("f2", key=made.member)
    type(made).objects.filter(pk=made.pk).update(ended_at=datetime.now(UTC), ended="by_member")
    with pytest.raises(CaseNotDone) as caught:
        revocation(citizen, "f2", made.member)
    assert caught.value.why == NotDone.NOT_YOURS
    assert not Case.objects.exists()
