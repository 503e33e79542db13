"""Certificates below the portal: what one holds, who may open it, what a stranger learns (S1.10, S1.21-S1.28)."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import msgspec
import pytest

from daftar.disclosure.certificates import Certificate, certificate, certificates_of
from daftar.disclosure.certificates.attempts import forget_attempts
from daftar.disclosure.certificates.issuing import MOST_A_DAY, NotIssued, Owner
from daftar.disclosure.certificates.journal import MOST_SHOWN, Actor, Checker, Happened, history
from daftar.disclosure.certificates.opening import MISSES_AN_HOUR, NotOpened, look_again
from daftar.disclosure.certificates.own import look, revoke, show_code
from daftar.disclosure.certificates.token import answer_hash, read_token
from daftar.disclosure.certificates.verification import CHECKS_AN_HOUR, Verdict, check, number_of, refuse
from daftar.disclosure.certificates.verification import MISSES_AN_HOUR as MISSES_OF_STRANGERS
from daftar.disclosure.outbox import open_message
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT
from daftar.store.dialect import rows
from daftar.store.keys import Secrets
from daftar.terms.certificate_codes import CertificateNumber, new_number
from daftar.terms.outcomes import AffiliationOutcome, Channel
from tests.disclosure.affiliated import AT, journalled
from tests.disclosure.certified import CLERK, ISSUER, STRANGER, WRONG, Bench

PASSER_BY = Checker("192.0.2.7")
ROW = ("outcome", "reason", "shown", "reference", "account", "organisation")
AFTER = AT + timedelta(days=31)


@pytest.fixture
def bench(conn: Any, secrets: Secrets, tmp_path: Path) -> Bench:
    return Bench(conn, secrets, tmp_path / "keys")


def outcomes(bench: Bench) -> list[str]:
    """What the journal holds of certificates, in order."""
    return [row[0] for row in journalled(bench.conn, "outcome", "mode") if row[1] == "certificate"]


def test_it_holds_the_ordinary_answer_and_who_asked(bench: Bench) -> None:
    held = bench.issue()
    answer = held.content.answer
    assert answer.outcome == AffiliationOutcome.ACTIVE
    assert answer.contact is None  # S1.26: what a fund is told, never the judicial form
    assert answer.spells[0]["starts"] == date(2020, 1, 1)
    assert list(answer.person) == list(WHO_SEES_WHAT["own", "active", "main"].person)  # in the form's order
    assert held.content.applicant.given_name == "given_name of Ali"
    assert held.requested_on == date(2026, 11, 21)
    assert held.valid_until == date(2026, 12, 21)
    assert certificates_of(bench.conn, bench.secrets, bench.key) == [held]


def test_a_period_is_asked_about(bench: Bench) -> None:
    past = bench.issue(period_from=date(2021, 1, 1), period_to=date(2021, 12, 31))
    assert past.content.answer.outcome == AffiliationOutcome.AFFILIATED_IN_PERIOD
    reversed_ = bench.issue(period_from=date(2022, 1, 1), period_to=date(2021, 12, 31))
    assert isinstance(reversed_, NotIssued)
    assert reversed_.faults[0][1] == "period_reversed"


def test_nobody_takes_more_than_so_many_a_day(bench: Bench) -> None:
    for _ in range(MOST_A_DAY):
        assert isinstance(bench.issue(), Certificate)
    assert bench.issue() == NotIssued("too-many-requests")
    assert isinstance(bench.issue(at=AT + timedelta(days=1, hours=1)), Certificate)


def test_nothing_personal_and_no_code_stands_in_clear(bench: Bench) -> None:
    held = bench.issue()
    (line,) = rows(bench.conn, "SELECT * FROM certificate")
    clear = " ".join(bytes(each).decode("latin-1") if isinstance(each, bytes) else str(each) for each in line)
    assert bench.code(held) not in clear
    assert "Ali" not in clear


def test_the_token_verifies_with_another_library_and_names_nobody(bench: Bench) -> None:
    held = bench.issue()
    key = jwt.PyJWK(bench.keys[0].public_jwk())
    claims = jwt.decode(
        held.token, key, algorithms=["ES256"], audience="fund", options={"verify_exp": False, "verify_iat": False}
    )
    assert (claims["jti"], claims["iss"], claims["to"]) == (held.number, ISSUER, "صندوق نمونه")
    assert claims["ans"] == answer_hash(held.content.salt, held.written)
    assert set(claims) == {"jti", "iss", "aud", "to", "iat", "exp", "ans"}
    assert "Ali" not in str(claims)
    assert jwt.get_unverified_header(held.token) == {"alg": "ES256", "kid": bench.keys[0].kid}


def test_a_token_of_another_key_or_altered_is_not_ours(bench: Bench, tmp_path: Path) -> None:
    from daftar.store.signing_keys import signing_keys

    held = bench.issue()
    assert read_token(held.token, bench.keys)["jti"] == held.number
    assert read_token(held.token, signing_keys(tmp_path / "others")) is None
    head, body, sign = held.token.split(".")
    assert read_token(f"{head}.{body[:-2]}AA.{sign}", bench.keys) is None
    assert number_of(f"{head}.{body[:-2]}AA.{sign}", bench.keys) is None


def test_the_addressee_opens_it_with_the_code_and_the_owner_is_told(bench: Bench) -> None:
    held = bench.issue()
    opened = bench.open(held, bench.code(held))
    assert isinstance(opened, Certificate)
    assert opened.content == held.content
    assert certificate(bench.conn, bench.secrets, held.number).state(AT) == "opened"
    (sealed,) = rows(bench.conn, "SELECT sealed FROM outbox_message")[0]
    message = open_message(bench.secrets, sealed)
    assert message.to == "ali@example.org"
    assert "صندوق نمونه" in message.text
    row = journalled(bench.conn, "organisation", "account", "ground", "reference", "shown")[-1]
    assert row[:4] == ("fund", "clerk", "consent", held.number)
    assert "outcome" in row[4].split()


def test_five_wrong_codes_lock_it_and_its_owner_is_told(bench: Bench) -> None:
    held = bench.issue()
    left = [bench.open(held, WRONG) for _ in range(4)]
    assert left == [NotOpened("access-code-wrong", left=each) for each in (4, 3, 2, 1)]
    assert bench.open(held, WRONG) == NotOpened("certificate-locked")
    assert bench.open(held, bench.code(held)) == NotOpened("certificate-locked")
    assert outcomes(bench) == ["issued", *["wrong_code"] * 5, "locked"]
    (sealed,) = rows(bench.conn, "SELECT sealed FROM outbox_message")[0]
    assert "locked" in open_message(bench.secrets, sealed).subject


def test_a_right_code_clears_the_wrong_ones(bench: Bench) -> None:
    held = bench.issue()
    bench.open(held, WRONG)
    assert isinstance(bench.open(held, bench.code(held)), Certificate)
    assert bench.open(held, WRONG) == NotOpened("access-code-wrong", left=4)


def test_anybody_else_finds_nothing_and_counts_nothing(bench: Bench) -> None:
    held = bench.issue()
    unknown = msgspec.structs.replace(held, number=new_number())
    assert (
        bench.open(held, bench.code(held), STRANGER) == bench.open(unknown, WRONG) == NotOpened("certificate-not-found")
    )
    assert certificate(bench.conn, bench.secrets, held.number).wrong_codes == 0
    assert outcomes(bench)[1:] == ["not_addressed", "not_found"]
    assert [event.what for event in history(bench.conn, held).events] == ["not_addressed", "issued"]


def test_who_finds_nothing_too_often_is_slowed_down_by_account(bench: Bench) -> None:
    held = bench.issue()
    for _ in range(MISSES_AN_HOUR):
        assert bench.open(held, WRONG, STRANGER).problem == "certificate-not-found"
    slowed = bench.open(held, WRONG, STRANGER)
    assert slowed.problem == "too-many-requests"
    assert 0 < slowed.retry_after <= 3600
    colleague = msgspec.structs.replace(STRANGER, account="colleague")
    assert bench.open(held, WRONG, colleague).problem == "certificate-not-found"
    assert bench.open(held, WRONG, STRANGER, at=AT + timedelta(hours=1)).problem == "certificate-not-found"
    forget_attempts(bench.conn, AFTER)
    assert rows(bench.conn, "SELECT count(*) FROM certificate_attempt")[0][0] == 0


def test_revoked_and_expired_are_said_only_to_who_has_the_code(bench: Bench) -> None:
    held, old = bench.issue(), bench.issue(at=AT - timedelta(days=31))
    assert isinstance(revoke(bench.conn, bench.house, bench.owner, held.number, AT), Certificate)
    assert bench.open(held, WRONG).problem == "access-code-wrong"
    assert bench.open(held, bench.code(held)).problem == "certificate-revoked"
    assert bench.open(old, WRONG).problem == "access-code-wrong"
    assert bench.open(old, bench.code(old)).problem == "certificate-expired"
    assert isinstance(bench.open(bench.issue(), WRONG, allowed=False), NotOpened)
    assert outcomes(bench)[-1] == "no_agreement"


def test_its_last_day_is_whole_where_it_was_issued(bench: Bench) -> None:
    held = bench.issue()
    last_minute = AT.replace(year=2026, month=12, day=21, hour=20, minute=29)  # 23:59 in Tehran
    assert isinstance(bench.open(held, bench.code(held), at=last_minute), Certificate)
    assert bench.open(held, bench.code(held), at=last_minute + timedelta(minutes=1)).problem == "certificate-expired"


def test_the_owner_alone_looks_and_shows_the_code_again(bench: Bench) -> None:
    held = bench.issue()
    other = Owner(bench.nobody, "ir", Actor(account="citizen-2", channel=Channel.WEB))
    assert show_code(bench.conn, bench.house, bench.owner, held.number, AT) == bench.code(held)
    assert show_code(bench.conn, bench.house, other, held.number, AT) is None
    assert look(bench.conn, bench.house, other, held.number, Happened.SHOWN, AT) is None
    assert revoke(bench.conn, bench.house, other, held.number, AT) is None
    assert outcomes(bench) == ["issued", "code_shown"]


def test_a_second_look_of_the_organisation_is_journalled_until_it_is_revoked(bench: Bench) -> None:
    held = bench.issue()
    assert look_again(bench.conn, bench.house, held.number, Happened.PRINTED, by=CLERK, at=AT).number == held.number
    assert look_again(bench.conn, bench.house, held.number, Happened.PRINTED, by=STRANGER, at=AT) is None
    revoke(bench.conn, bench.house, bench.owner, held.number, AT)
    revoke(bench.conn, bench.house, bench.owner, held.number, AT)
    assert look_again(bench.conn, bench.house, held.number, Happened.PRINTED, by=CLERK, at=AT) is None
    assert outcomes(bench) == ["issued", "printed", "revoked"]


def test_a_stranger_learns_one_of_three_words(bench: Bench) -> None:
    held = bench.issue()
    assert told(bench, number_of(held.number, bench.keys)) == Verdict.VALID
    assert told(bench, number_of(held.token, bench.keys)) == Verdict.VALID
    assert told(bench, held.number, AFTER) == Verdict.REVOKED
    revoke(bench.conn, bench.house, bench.owner, held.number, AT)
    assert told(bench, held.number) == Verdict.REVOKED
    assert told(bench, new_number()) == Verdict.NOT_OURS
    assert outcomes(bench) == ["issued", "checked", "checked", "checked", "revoked", "checked", "not_found"]
    checked = [row for row in journalled(bench.conn, *ROW) if row[0] in ("checked", "not_found")]
    assert checked[0] == ("checked", "valid", "validity", held.number, None, None)
    assert checked[-1] == ("not_found", "not_found", "", None, None, None)


def test_a_stranger_who_brings_too_much_is_slowed_down_by_network_address(bench: Bench) -> None:
    held = bench.issue()
    for _ in range(MISSES_OF_STRANGERS):
        assert refuse(bench.conn, bench.house, Happened.ALTERED, PASSER_BY, AT)
    assert not refuse(bench.conn, bench.house, Happened.FORGED, PASSER_BY, AT)
    assert told(bench, new_number()) is None
    assert told(bench, held.number) == Verdict.VALID
    assert refuse(bench.conn, bench.house, Happened.ALTERED, Checker("192.0.2.8"), AT)
    assert refuse(bench.conn, bench.house, Happened.ALTERED, PASSER_BY, AT + timedelta(hours=1))
    altered = ["altered"] * MISSES_OF_STRANGERS
    assert outcomes(bench) == ["issued", *altered, "too_many", "checked", "altered", "altered"]
    assert "192.0.2" not in str(rows(bench.conn, "SELECT asker FROM certificate_attempt"))


def test_who_checks_one_certificate_again_and_again_is_told_each_time_and_does_not_fill_its_record(
    bench: Bench,
) -> None:
    held, other = bench.issue(), bench.issue()
    for _ in range(3 * CHECKS_AN_HOUR):
        assert told(bench, held.number) == Verdict.VALID
    row = ("organisation", "account", "shown", "reason", "reference")
    assert outcomes(bench) == ["issued", "issued", *["checked"] * CHECKS_AN_HOUR, "checked_often"]
    assert journalled(bench.conn, *row)[-1] == (None, None, "validity", "valid", held.number)
    clerk = Checker(PASSER_BY.network_address, "clerk", "fund")
    for number, by, at in (
        (other.number, PASSER_BY, AT),  # another certificate
        (held.number, Checker("192.0.2.8"), AT),  # somebody else
        (held.number, clerk, AT),  # somebody who has logged in, at the same address
        (held.number, PASSER_BY, AT + timedelta(hours=1)),  # another hour
    ):
        assert check(bench.conn, bench.house, number, by, at) == Verdict.VALID
        assert outcomes(bench)[-1] == "checked"
    assert "192.0.2" not in str(rows(bench.conn, "SELECT asker FROM certificate_attempt"))


def test_checks_from_everywhere_crowd_nothing_else_out_of_a_history(bench: Bench) -> None:
    held = bench.issue()
    bench.open(held, bench.code(held))
    for host in range(MOST_SHOWN + 7):
        check(bench.conn, bench.house, held.number, Checker(f"192.0.2.{host}"), AT + timedelta(minutes=host))
    look(bench.conn, bench.house, bench.owner, held.number, Happened.SHOWN, AT + timedelta(minutes=30))
    found = history(bench.conn, held)
    whats = [event.what for event in found.events]
    assert (whats.count("checked"), found.more) == (MOST_SHOWN, 7)
    assert [what for what in whats if what != "checked"] == ["shown", "opened", "issued"]
    assert [event.at for event in found.events] == sorted((event.at for event in found.events), reverse=True)


def told(bench: Bench, number: CertificateNumber, at: datetime = AT) -> Verdict | None:
    """What somebody at some network address is told."""
    return check(bench.conn, bench.house, number, PASSER_BY, at)
