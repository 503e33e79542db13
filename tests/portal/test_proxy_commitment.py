"""Binding a child by commitment letter, and its end at 16 (S3.5, S3.9, S3.10)."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.resources import files

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.people.models import Person
from daftar.portal.proxy.asked import Child, Refusal
from daftar.portal.proxy.ending import bindings_end_due
from daftar.portal.proxy.letter import Agreed, letter_on, letters
from daftar.portal.proxy.models import Ended, ProxyBinding, Way
from daftar.portal.proxy.selectors import commitments
from daftar.portal.proxy.services import bind_by_commitment
from daftar.portal.proxy.standing import State, stands, state_of
from daftar.rules import proxy as law
from daftar.terms.texts import LANGUAGES, text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import told
from tests.portal.binding import BORN, CHILD, NOON, bind_child, bind_face, mail_of, messages_to, named

PUBLISHED = {"2026-11": "c8cedda5ea816ba7746510513f4499dc8dbaa1851e93aaf31d3c4ec570b2a169"}
"""What people have agreed to: a changed text is a new version."""

MIDNIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""The 16th birthday begins in Shanghai."""


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


def test_a_child_without_card_is_bound_by_the_letter(principal: Account) -> None:
    bound = bind_child(principal)
    assert isinstance(bound, ProxyBinding)
    assert (bound.way, bound.last_day) == (Way.COMMITMENT, date(2026, 11, 22))
    assert (bound.letter, bound.letter_language, bound.letter_agreed_at) == ("2026-11", "zh", NOON)
    assert stands(bound, NOON)
    assert messages_to(mail_of(world.RESIDENT)) == [text("mail.proxy_bound", "zh", member="王小明")]
    (row,) = told(world.key_of(CHILD))
    assert (row.outcome, row.reason, row.acting_for) == ("bound", "commitment", principal.person_key)


def test_one_second_before_the_birthday_and_on_it(principal: Account) -> None:
    assert bind_child(principal, MIDNIGHT) is Refusal.SIXTEEN_OR_OVER
    assert not ProxyBinding.objects.exists()
    assert isinstance(bind_child(principal, MIDNIGHT - timedelta(seconds=1)), ProxyBinding)


def test_the_guides_own_sentence() -> None:
    sentence = "年满16周岁的亲情成员请通过“已办理身份证人员绑定”方式办理绑定，否则无法提交"
    assert text(f"proxy_refused.{Refusal.SIXTEEN_OR_OVER}", "zh") == sentence


def test_a_typed_age_of_16_is_refused_before_anybody_is_looked_up(principal: Account) -> None:
    assert bind_child(principal, born=date(2010, 11, 22), name="无此人") is Refusal.SIXTEEN_OR_OVER
    assert bind_child(principal, born=date(2010, 11, 24)) is Refusal.NOT_MATCHED  # the registry says another day
    assert bind_child(principal, name="无此人") is Refusal.NOT_MATCHED


def test_who_has_a_card_or_no_known_birthday_is_refused(principal: Account) -> None:
    ground.registered(CHILD, id_card_issued="2025-01-01")
    assert bind_child(principal) is Refusal.HAS_IDENTITY_CARD
    ground.registered(CHILD)
    Person.objects.filter(key=world.key_of(CHILD)).update(birth_date=None)
    assert bind_child(principal) is Refusal.BIRTH_UNKNOWN


def test_the_letter_of_today_must_be_the_one_agreed_to(principal: Account) -> None:
    wanted = {"named": named(CHILD), "child": Child(BORN), "by": principal, "at": NOON}
    assert bind_by_commitment(**wanted, agreed=Agreed("2025-01", "zh", NOON)) is Refusal.LETTER_CHANGED
    assert isinstance(bind_by_commitment(**wanted, agreed=Agreed("2026-11", "fa", NOON)), ProxyBinding)


def test_one_open_letter_a_child_and_principal(principal: Account) -> None:
    bind_child(principal)
    assert bind_child(principal) is Refusal.ALREADY_BOUND
    assert isinstance(bind_child(ground.account_of(ground.STRANGER)), ProxyBinding)  # the other parent
    seen = commitments("cn", NOON)
    assert {each.principal_name for each in seen} == {"王伟", "张三"}
    assert {(each.member_name, each.paper) for each in seen} == {("王小明", "户口簿")}
    last = seen[0].row
    assert [each.row for each in commitments("cn", NOON, before=(last.asked_at, last.pk))] == [seen[1].row]


def test_it_ends_by_itself_on_the_birthday_even_if_nobody_writes_so(principal: Account) -> None:
    bound = bind_child(principal)
    assert stands(bound, MIDNIGHT - timedelta(seconds=1))
    assert not stands(bound, MIDNIGHT)
    assert state_of(bound, MIDNIGHT) == (State.ENDED, Ended.SIXTEEN)


def test_the_birthday_is_written_down_once_and_both_are_told(principal: Account) -> None:
    child = ground.account_of(CHILD)
    bound = bind_child(principal)
    assert bindings_end_due(at=MIDNIGHT - timedelta(seconds=1)) == 0
    later = MIDNIGHT + timedelta(hours=3)
    assert (bindings_end_due(at=later), bindings_end_due(at=later)) == (1, 0)
    bound.refresh_from_db()
    assert (bound.ended, bound.ended_at, bound.ended_by) == (Ended.SIXTEEN, MIDNIGHT, "")
    names = {"member": "王小明", "principal": "王伟"}
    for mail in (mail_of(world.RESIDENT), mail_of(CHILD)):
        assert messages_to(mail)[0] == text("mail.proxy_sixteen", "zh", **names)
    (_, row) = told(child.person_key)
    assert (row.outcome, row.reason, row.account, row.acting_for) == ("ended", "sixteen", None, principal.person_key)


def test_at_16_the_face_binds_anew(principal: Account) -> None:
    first = bind_child(principal)
    again = bind_face(CHILD, principal, MIDNIGHT)
    assert isinstance(again, ProxyBinding)
    first.refresh_from_db()
    assert (first.ended, first.ended_at) == (Ended.SIXTEEN, MIDNIGHT)


@pytest.mark.parametrize(
    ("jurisdiction", "midnight"),
    [("cn", datetime(2026, 11, 22, 16, tzinfo=UTC)), ("ir", datetime(2026, 11, 22, 20, 30, tzinfo=UTC))],
)
@pytest.mark.usefixtures("portal")
def test_the_day_is_that_of_the_members_time_zone(jurisdiction: str, midnight: datetime) -> None:
    row = ProxyBinding(jurisdiction=jurisdiction, asked_at=NOON, bound_at=NOON, last_day=date(2026, 11, 22))
    assert state_of(row, midnight - timedelta(seconds=1)) == (State.BOUND, None)
    assert state_of(row, midnight) == (State.ENDED, Ended.SIXTEEN)


def test_the_age_is_that_of_the_accounts_own_day(principal: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Iran had such letters: 16:00 UTC is the birthday in Shanghai and the evening before in Tehran."""
    monkeypatch.setattr(law, "law_of", lambda code, ask=law.law_of: ask("cn"))
    assert bind_child(principal, MIDNIGHT) is Refusal.SIXTEEN_OR_OVER
    iranian = Account.objects.get(user="citizen")
    assert bind_child(iranian, MIDNIGHT) is Refusal.REGION_NOT_SERVED  # the age did not stop it
    assert bind_child(iranian, MIDNIGHT + timedelta(hours=4, minutes=30)) is Refusal.SIXTEEN_OR_OVER


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2012, 2, 28), datetime(2028, 2, 27)),
        (date(2012, 2, 29), datetime(2028, 2, 28)),  # 2028 has the day itself
        (date(2012, 3, 1), datetime(2028, 2, 29)),
        (date(2084, 2, 29), datetime(2100, 2, 28)),  # 2100 has not: the birthday is 1 March
    ],
)
def test_leap_days(principal: Account, born: date, last: datetime) -> None:
    Person.objects.filter(key=world.key_of(CHILD)).update(birth_date=born)
    evening = last.replace(hour=15, tzinfo=UTC)  # 23:00 in Shanghai
    assert bind_child(principal, evening + timedelta(hours=1), born=born) is Refusal.SIXTEEN_OR_OVER
    bound = bind_child(principal, evening, born=born)
    assert bound.last_day == last.date()
    assert stands(bound, evening)
    assert not stands(bound, evening + timedelta(hours=1))


def test_the_letter_speaks_three_languages_and_never_changes() -> None:
    assert letter_on(date(2026, 11, 22)).version == letter_on(date(2020, 1, 1)).version == "2026-11"
    folder = files("daftar.portal.proxy").joinpath("letters")
    for version, letter in letters().items():
        assert set(letter.title) == set(letter.paragraphs) == set(LANGUAGES)
        assert len({len(each) for each in letter.paragraphs.values()}) == 1
        digest = sha256(folder.joinpath(f"{version}.toml").read_bytes()).hexdigest()
        assert digest == PUBLISHED[version]
