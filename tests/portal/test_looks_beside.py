"""A main insured named in an answer about a dependant reads of it, hidden and opened with the answer itself (X.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import TRACKING
from daftar.portal.looks.models import Hiding
from daftar.portal.monitoring.models import InquiryTally
from daftar.portal.monitoring.tallying import journal_tally
from daftar.terms.outcomes import Ground
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.looking import looked
from tests.portal.officials import COURT, NAMES, WIFE, WORKER
from tests.portal.test_affiliation_ask import ask
from tests.portal.test_affiliation_file import send, work
from tests.portal.test_hidden_looks import REASON, in_days

pytestmark = pytest.mark.usefixtures("portal")

LETTER = {"reference_number": "1405/77", "reference_date": str(date.today())}
SAID = "insurance relationship of a dependant; the answer names the main insured"


def reader(made: tuple[str, str, str], user: str) -> Client:
    """A person whose identity is verified, logged in."""
    if not Account.objects.filter(user=user).exists():
        account_make(
            user=user,
            password=world.PASSWORD,
            role=Role.CITIZEN,
            mail=f"{user}@example.org",
            person_key=world.key_of(made),
            jurisdiction="ir",
            verified_at=datetime.now(UTC),
            verified_by="mobile",
        )
    client = Client()
    client.post("/en/accounts/log-in/", {"login": f"{user}@example.org", "password": world.PASSWORD})
    return client


def read(user: str, path: str = "") -> str:
    made = {"worker": WORKER, "wife": WIFE}[user]
    return words(reader(made, user).get(f"/en/looks/{path}"))


def code_of(mode: str) -> str:
    """The code of the one row of a mode."""
    return TRACKING.codes([Inquiry.objects.get(mode=mode).id])[0]


def test_a_main_insured_reads_what_a_court_was_told_of_them_and_nothing_of_the_dependant() -> None:
    ask(log_in("court"), WIFE, **LETTER)
    page = read("worker")
    assert NAMES[COURT] in page
    assert SAID in page
    look = read("worker", f"{code_of('named_beside')}/")
    for told in (NAMES[COURT], SAID, "agreement", "Address of residence", "Insurance number", "Name of the workplace"):
        assert told in look
    assert "You were named in an answer about a dependant of yours" in look
    assert "Question this look" in look
    for of_her in ("Kinship", "outcome", "From", "of the main insured:", WIFE[1], "مینا"):
        assert of_her not in look
    hers = read("wife", f"{code_of('affiliation')}/")
    assert "of the main insured: Address of residence" in hers
    assert "You were named" not in hers


def test_a_line_of_a_file_is_read_like_any_inquiry() -> None:
    send(log_in("court"), f"number\n{WIFE[1]}\n{WORKER[1]}\n", **LETTER)
    work()
    page = read("worker")
    assert page.count(NAMES[COURT]) == 2
    assert page.count(SAID) == 1


def test_both_rows_are_hidden_together_and_open_together() -> None:
    ask(log_in("court"), WIFE, **LETTER)
    hers, his = code_of("affiliation"), code_of("named_beside")
    log_in("court-supervisor").post(f"/en/looks/hidden/{hers}/", {"until": in_days(30), "reason": REASON})
    for user in ("worker", "wife"):
        page = read(user)
        assert "hides for a time, by law: 1." in page
        assert NAMES[COURT] not in page
    client = reader(WORKER, "worker")
    assert client.get(f"/en/looks/{his}/").status_code == 404
    assert his not in b"".join(client.post("/en/looks/export/")).decode()
    Hiding.objects.update(hidden_until=datetime.now(UTC) - timedelta(minutes=1))
    look = read("worker", f"{his}/")
    assert "This look was hidden for a time" in look
    assert REASON not in look  # it was written about the dependant
    assert REASON in read("wife", f"{hers}/")


def test_the_second_persons_word_holds_for_both() -> None:
    ask(log_in("court"), WIFE, **LETTER)
    hers = code_of("affiliation")
    log_in("court-supervisor").post(f"/en/looks/hidden/{hers}/", {"until": in_days(700), "reason": REASON})
    log_in("court-admin").post(f"/en/looks/hidden/{hers}/", {"confirm": "yes"})
    rows = Hiding.objects.order_by("inquiry")
    assert [row.key for row in rows] == [world.key_of(WIFE), world.key_of(WORKER)]
    assert {row.confirmed_by for row in rows} == {"court-admin"}


def test_a_look_that_stands_behind_another_by_chance_is_not_hidden_with_it() -> None:
    code = looked(world.key_of(WORKER))
    looked(world.key_of(WIFE))
    log_in("court-supervisor").post(f"/en/looks/hidden/{code}/", {"until": in_days(30), "reason": REASON})
    assert Hiding.objects.count() == 1
    assert NAMES[COURT] in read("wife")


def test_the_organisations_lists_and_all_counts_know_one_inquiry() -> None:
    court = log_in("court")
    ask(court, WIFE, **LETTER)
    his = code_of("named_beside")
    supervisor = log_in("court-supervisor")
    for path in ("/en/affiliation/inquiries/", "/en/looks/hidden/"):
        page = supervisor.get(path).content.decode()
        assert page.count('<th scope="row">') == 1
        assert his[:4] not in page
    assert supervisor.get(f"/en/looks/hidden/{his}/").status_code == 404
    assert court.get(f"/en/affiliation/answers/{his}/").status_code == 404
    journal_tally(datetime.now(UTC))
    counted = InquiryTally.objects.filter(scope="organisation", place=COURT)
    assert list(counted.values_list("mode", "outcome", "asked")) == [("affiliation", "active", 1)]


def test_what_another_account_in_ones_name_did_is_a_look_by_others() -> None:
    key = world.key_of(WORKER)
    code = looked(key, organisation=None, ground=Ground.OWN, account="impostor", mode="filings", purpose=None)
    for account in ("worker", None, "mobile:0123"):
        looked(key, organisation=None, ground=Ground.OWN, account=account, mode="expenses", purpose=None)
    page = read("worker")
    assert page.count("Another account in your name") == 1
    assert "Yourself" not in page
    assert "Question this look" in read("worker", f"{code}/")
    client = reader(WORKER, "worker")
    client.post("/en/looks/", {"who": "all"})
    page = words(client.get("/en/looks/"))
    assert page.count("Another account in your name") == 1
    assert page.count("Yourself") == 3 + 1  # and the list, read before
