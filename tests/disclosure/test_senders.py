"""Who is calling by SMS and USSD: what is registered under a number of the network (S2.8, S2.19)."""

from datetime import date, timedelta

import pytest

from daftar.answers import Charge
from daftar.disclosure.applicant import find_applicant
from daftar.disclosure.senders import Sender, find_sender, find_senders
from daftar.terms.outcomes import Ground
from tests.disclosure.callers import AT, TODAY, Callers
from tests.gate.installation import national_code

MINE, HERS, LATE, STRANGE = "+989120000001", "+989120000002", "+989120000003", "+989120000009"


@pytest.fixture
def callers(database_url: str, secrets) -> Callers:
    return Callers(database_url, secrets)


def test_a_stranger_may_ask_nothing(conn, callers: Callers) -> None:
    assert find_sender(conn, callers.mobile(STRANGE), at=AT) == Sender()


def test_a_provider_asks_from_its_telephone_while_number_and_agreement_hold(conn, callers: Callers) -> None:
    for code, ends in (("b", None), ("a", TODAY - timedelta(days=1)), ("c", None)):
        callers.organisation(code, ends=ends)
        callers.phone(code, MINE, ends=TODAY if code == "b" else None)
    sender = find_sender(conn, callers.mobile(MINE), at=AT)
    assert [each.organisation for each in sender.providers] == ["a", "b", "c"]
    assert sender.provider(TODAY).organisation == "b"  # the agreement of a has ended
    assert sender.provider(TODAY + timedelta(days=1)).organisation == "c"  # b had the number until today


def test_a_suspended_or_withdrawn_provider_is_none(conn, callers: Callers) -> None:
    for code in ("suspended", "withdrawn"):
        callers.organisation(code)
        callers.phone(code, MINE)
        callers.write((f"UPDATE organisation SET {code} = ? WHERE code = ?", [True, code]))
    callers.organisation("fund", kind="fund")
    callers.phone("fund", MINE)  # other kinds ask about affiliation, which no SMS tells
    sender = find_sender(conn, callers.mobile(MINE), at=AT)
    assert sender.providers  # known, so that they can be told why
    assert sender.provider(TODAY) is None


def test_a_quota_is_charged_as_in_every_channel(conn, callers: Callers) -> None:
    callers.organisation("a")
    callers.phone("a", MINE)
    callers.write(("UPDATE agreement SET daily_quota = 7", []))
    provider = find_sender(conn, callers.mobile(MINE), at=AT).provider(TODAY)
    assert provider.charges(TODAY) == (Charge("a", "1", TODAY, 7),)


def test_the_same_persons_as_on_the_web(conn, callers: Callers) -> None:
    """One law for all channels: `find_applicant` says the same of every pair of number and person."""
    father = callers.person(national_code(1), mobile=MINE)
    mother = callers.person(national_code(2), mobile=HERS, verified=False)
    minor, grown = callers.person(national_code(3), born=date(2015, 1, 1)), callers.person(national_code(4))
    of_mother, over = (callers.person(national_code(each), born=date(2015, 1, 1)) for each in (5, 6))
    bound, asked, ended, dead = (callers.person(national_code(each)) for each in (7, 8, 9, 10))
    callers.dependant(minor, father)
    callers.dependant(grown, father)
    callers.dependant(of_mother, mother)
    callers.dependant(over, father, ends=TODAY - timedelta(days=1))
    callers.binding(father, bound)
    callers.binding(father, asked, bound_at=None)
    callers.binding(father, ended, ended_at=AT, ended="by_member")
    callers.binding(father, dead)
    callers.binding(father, mother, last_day=TODAY)
    callers.binding(father, grown, last_day=TODAY - timedelta(days=1))
    late, orphan = (
        callers.person(national_code(11), mobile=LATE),
        callers.person(national_code(12), born=date(2015, 1, 1)),
    )
    callers.dependant(orphan, late)
    callers.binding(late, grown)
    callers.write(("UPDATE person SET death_date = ? WHERE key IN (?, ?)", [TODAY, dead, late]))
    everybody = [father, mother, minor, grown, of_mother, over, bound, asked, ended, dead, late, orphan]
    senders = find_senders(conn, [callers.mobile(each) for each in (MINE, HERS, LATE, STRANGE)], at=AT)
    for mobile, sender in senders.items():
        assert {key: sender.persons.get(key) for key in everybody} == {
            key: find_applicant(conn, key, mobile, "ir", TODAY) for key in everybody
        }
    mine = senders[callers.mobile(MINE)]
    assert mine.own == (father,)
    assert {key: each.ground for key, each in mine.persons.items()} == {
        father: Ground.OWN,
        minor: Ground.DEPENDANT,
        bound: Ground.PROXY,
        mother: Ground.PROXY,
    }
    assert senders[callers.mobile(HERS)].own == (mother,)
    assert not senders[callers.mobile(LATE)].persons


def test_who_chose_a_language_is_answered_in_it(conn, callers: Callers) -> None:
    key = callers.person(national_code(1), mobile=MINE)
    assert find_sender(conn, callers.mobile(MINE), at=AT).language is None
    callers.write(("INSERT INTO notice_choice (key, channel, language, sealed) VALUES (?, 'sms', 'zh', ?)", [key, b""]))
    assert find_sender(conn, callers.mobile(MINE), at=AT).language == "zh"
