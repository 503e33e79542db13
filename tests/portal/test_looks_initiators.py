"""Who stands behind a look: the rules, a sign-up in one's name, another account; to the person, to staff, in the file.

The person reads their list by their own account; a reviewer reads a questioned look about them (X.5).
"""

import csv
from datetime import timedelta
from io import StringIO
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from daftar.portal.accounts.models import Account
from daftar.portal.looks.initiators import NOBODY_ELSE, Initiator
from daftar.portal.looks.models import LookCase
from daftar.portal.looks.selectors import ALL, OTHERS, Wanted, looks, page_of
from daftar.terms.outcomes import Ground
from tests.portal import handing_in, world
from tests.portal.acting import log_in, told, words
from tests.portal.handing_in import submitted
from tests.portal.looking import looked, named_beside
from tests.portal.signing_up import fill_in, log_in_by_mail, type_code

pytestmark = pytest.mark.usefixtures("portal")

PERSON = world.PAID
MAIL = "citizen@example.org"
SIGNED_UP = {
    "fa": "کسی که به نام شما ثبت‌نام کرده است، شاید خودتان",
    "zh": "以您的名义注册的人，可能是您本人",
    "en": "Somebody who signed up in your name, perhaps yourself",
}
BY_RULES = {"fa": "مقررات، خودکار", "zh": "系统自动审核", "en": "The rules, automatically"}
IN_NAME = {"organisation": None, "ground": Ground.OWN, "purpose": None, "reference": None}


def citizen() -> Client:
    """PAID, whose identity is verified."""
    return log_in_by_mail(MAIL, world.PASSWORD)


def listed(client: Client, language: str = "en", who: str = "others") -> str:
    """The list as the person reads it."""
    client.post(f"/{language}/looks/", {"who": who})
    return words(client.get(f"/{language}/looks/"))


def lines(client: Client) -> list[dict[str, str]]:
    """The list as a file."""
    client.post("/en/looks/", {"who": "all"})
    content = b"".join(client.post("/en/looks/export/")).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content)))


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_case_that_the_rules_decide_alarms_nobody(language: str) -> None:
    """The act of the rules is shown among all looks, and neither as somebody else's nor to be questioned."""
    account: Account = handing_in.people()
    submitted(account)
    row = told(account.person_key)[-1]
    assert (row.account, row.ground, row.outcome) == ("rules", "own", "approve")
    mine = Wanted(account.user)
    assert row not in looks(account.person_key, mine, timezone.now())
    seen, _ = page_of(account.person_key, Wanted(account.user, who=ALL), timezone.now(), 1)
    by_rules = next(each for each in seen if each.row == row)
    assert (by_rules.by, by_rules.questionable) == (Initiator.RULES, False)
    code = looked(world.key_of(PERSON), **IN_NAME, mode="case_filing", account="rules", outcome="approve")
    client = citizen()
    assert BY_RULES[language] not in listed(client, language)
    assert BY_RULES[language] in listed(client, language, "all")
    page = words(client.get(f"/{language}/looks/{code}/"))
    assert BY_RULES[language] in page
    assert client.get(f"/{language}/looks/{code}/question/").status_code == 404


def test_the_rules_are_not_who_acts_for_one_nor_staff() -> None:
    """A case that a proxy submitted, and one that a counter took down."""
    proxied = {"organisation": None, "acting_for": world.key_of(world.LAPSED), "mode": "case_enrolment"}
    for ground in (Ground.PROXY, Ground.DEPENDANT, Ground.DUTY):
        looked(world.key_of(PERSON), **proxied, ground=ground, account="rules", purpose=None)
    client = citizen()
    for who in ("others", "proxies", "insurer"):
        assert "Nobody looked" in listed(client, who=who)
    assert listed(client, who="all").count("The rules, automatically") == 3


def test_an_organisations_account_of_the_name_rules_is_an_organisation() -> None:
    looked(world.key_of(PERSON), account="rules")
    client = citizen()
    assert "The rules" not in listed(client)
    assert "Nobody looked" not in listed(client)


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_strangers_sign_up_in_ones_name_is_listed_and_questioned(language: str) -> None:
    """Who signs up only says who they are; that the person is known was told to a mailbox of anybody's."""
    stranger = Client()
    fill_in(stranger, PERSON, "stranger@example.net", name="رضا نمونه")
    type_code(stranger, "stranger@example.net")
    row = told(world.key_of(PERSON))[-1]
    assert (row.mode, row.ground, row.account, row.shown) == ("sign_up", "own", None, "known")
    client = citizen()
    assert SIGNED_UP[language] in listed(client, language)
    (line,) = [each for each in lines(client) if each["purpose"] == "sign_up"]
    code = line["queryId"]
    assert f"/looks/{code}/question/" in client.get(f"/{language}/looks/{code}/").content.decode()
    assert client.get(f"/{language}/looks/{code}/question/").status_code == 200
    assert client.post(f"/{language}/looks/{code}/question/", {"question": "?"}).status_code == 302


def test_staff_read_of_the_person_and_are_not_spoken_to_as_the_person() -> None:
    """A questioned look on the reviewer's list and page."""
    key, proxy = world.key_of(PERSON), world.key_of(world.LAPSED)
    codes = [
        looked(key, **IN_NAME, mode="filings", account="closed"),
        looked(key, **IN_NAME, mode="sign_up", account=None),
        looked(key, organisation=None, ground=Ground.PROXY, acting_for=proxy),
        looked(key, organisation=None, ground=Ground.CONSENT, acting_for=proxy),
        looked(key, organisation=None, ground=Ground.DEPENDANT, acting_for=proxy),
    ]
    client = citizen()
    for code in codes:
        assert client.post(f"/en/looks/{code}/question/", {"question": "Who was it?"}).status_code == 302
    staff = log_in("headquarters")
    pages = [words(staff.get("/en/looks/cases/"))]
    for case in LookCase.objects.all():
        pages.append(words(staff.get(f"/en/looks/cases/{case.pk}/")))
    for page in pages:
        assert not [
            said for said in ("in your name", "for you ", "your main", "Yourself", "perhaps you") if said in page
        ]
    for told_to_staff in (
        "Another account in the person's name",
        "Somebody who signed up in the person's name, perhaps the person themself",
        ", who acts for the person",
        ", the person's main insured",
        "Somebody who acts for the person",
    ):
        said = told_to_staff.replace("'", "&#x27;")
        assert said in pages[0]
        assert any(said in page for page in pages[1:])


def test_the_file_says_what_the_page_says() -> None:
    """Who stands behind a look, and that a question was about a dependant."""
    key = world.key_of(PERSON)
    made = {
        looked(key): ("organisation", "person"),
        named_beside(key): ("organisation", "dependant"),
        looked(key, **IN_NAME, mode="filings", account="closed"): ("another_account", "person"),
        looked(key, **IN_NAME, mode="filings", account="citizen"): ("person", "person"),
        looked(key, **IN_NAME, mode="sign_up", account=None): ("sign_up", "person"),
        looked(key, **IN_NAME, mode="case_filing", account="rules"): ("rules", "person"),
        looked(key, organisation=None, ground=Ground.DUTY, office=world.OFFICE): ("office", "person"),
        looked(key, organisation=None, ground=Ground.DUTY): ("insurer", "person"),
        looked(key, organisation=None, ground=Ground.DEPENDANT): ("proxy", "person"),
        looked(key, organisation=None, ground=Ground.CONSENT, mode="certificate", account=None): ("bearer", "person"),
    }
    told_in_file = {each["queryId"]: (each["initiator"], each["askedAbout"]) for each in lines(citizen())}
    assert {code: told_in_file[code] for code in made} == made


def test_the_list_and_the_page_agree_whoever_it_was() -> None:
    """What the database leaves out of the list by others is what the page says nobody else did."""
    key = world.key_of(PERSON)
    accounts, modes = (None, "", "citizen", "closed", "rules", "mobile:0123"), ("filings", "sign_up", "case_filing")
    grounds = (Ground.OWN, Ground.PROXY, Ground.DUTY)
    for number, (account, mode, ground) in enumerate(product(accounts, modes, grounds)):
        looked(key, **(IN_NAME | {"ground": ground}), mode=mode, account=account, ago=timedelta(minutes=number + 1))
    now = timezone.now()
    by_others = {row.id for row in looks(key, Wanted("citizen", who=OTHERS), now)}
    everything = [each for page in range(1, 5) for each in page_of(key, Wanted("citizen", who=ALL), now, page)[0]]
    assert len({each.row.id for each in everything}) == len(everything) == 54
    assert {each.row.id for each in everything if each.by not in NOBODY_ELSE} == by_others
