"""`daftar client make`: a client that can do something, and none that somebody else uses already (contracts §3)."""

from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner, Result

from daftar.config.cli import app
from daftar.gate.access import read_clients
from daftar.gate.clients import proves_secret
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import read_secrets

FEEDS = "feeds:persons feeds:affiliations"


@pytest.fixture
def make(conn, database_url, tmp_path, monkeypatch):
    """The command at an installation with a hospital and a court."""
    monkeypatch.setenv("DAFTAR_DATABASE", database_url)
    monkeypatch.setenv("DAFTAR_STATE", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "1000")
    at = datetime.now(UTC)
    with transaction(conn):
        for code, kind, withdrawn in (("h1", "provider", False), ("c1", "judicial", False), ("gone", "fund", True)):
            execute(
                conn,
                "INSERT INTO organisation (code, kind, name, province, address, provider_type, ownership, institution,"
                " suspended, office, recorded_at, withdrawn) VALUES (?, ?, ?, '', '', '', '', '', ?, '', ?, ?)",
                [code, kind, code, False, at, withdrawn],
            )
        execute(
            conn,
            "INSERT INTO agreement (organisation, number, starts, purposes, office, recorded_at, withdrawn)"
            " VALUES ('h1', '1', ?, '', '', ?, ?)",
            [date(2020, 1, 1), at, False],
        )

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["client", "make", *words])

    return run


def secret_of(made: Result) -> str:
    """The secret that was printed."""
    assert made.exit_code == 0, made.output
    return made.output.partition("client_secret=")[2].strip()


def test_a_hospital_may_ask_and_a_branch_may_feed(make, conn) -> None:
    assert secret_of(make("hospital", "--scopes", "eligibility", "--organisation", "h1"))
    assert secret_of(make("branch", "--scopes", f"{FEEDS}  {FEEDS}", "--office", "ir-b8-1"))
    clients = read_clients(conn)
    assert clients["hospital"].may("eligibility", date(2026, 11, 21))
    assert (clients["branch"].scopes, clients["branch"].office) == (frozenset(FEEDS.split()), "ir-b8-1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["c", "--scopes", "feeds:person eligiblity"], "'feeds:person' is none of affiliation, certificates"),
        (["c", "--scopes", "eligibility eligiblity"], "'eligiblity' is none of"),
        (["c", "--scopes", "persons"], "'persons' is none of"),
        (["c", "--scopes", "feeds:eligibility"], "'feeds:eligibility' is none of"),
        (["c", "--scopes", "system/Coverage.rs", "--organisation", "h1"], "'system/Coverage.rs' is none of"),
        (["c", "--scopes", "  "], "'' is none of"),
        (["", "--scopes", FEEDS], "1 to 64 Latin letters"),
        ([" ", "--scopes", FEEDS], "1 to 64 Latin letters"),
        (["a:b", "--scopes", FEEDS], "1 to 64 Latin letters"),
        (["c" * 65, "--scopes", FEEDS], "1 to 64 Latin letters"),
        (["c", "--scopes", "eligibility", "--organisation", "h9"], "h9 is no organisation on record"),
        (["c", "--scopes", "affiliation", "--organisation", "gone"], "gone is no organisation on record"),
        (["c", "--scopes", FEEDS, "--organisation", "h9"], "h9 is no organisation on record"),
        (["c", "--scopes", "affiliation", "--organisation", "h1"], "the kind provider may never use affiliation"),
        (["c", "--scopes", "eligibility", "--organisation", "c1"], "the kind judicial may never use eligibility"),
        (["c", "--scopes", "eligibility"], "eligibility is only of use to an organisation"),
        (["c", "--scopes", FEEDS, "--office", "b" * 17], "longer than allowed"),
        (["c", "--scopes", FEEDS, "--office", "شعبه یک"], "A code has only Latin letters"),
    ],
)
def test_a_client_that_could_do_nothing_is_not_made(make, conn, words: list[str], said: str) -> None:
    refused = make(*words)
    assert (refused.exit_code, said in refused.output) == (2, True), refused.output
    assert rows(conn, "SELECT client_id FROM api_client") == []


def test_a_client_that_there_is_stays_until_it_is_replaced_in_so_many_words(make, conn, tmp_path) -> None:
    first = secret_of(make("branch", "--scopes", FEEDS))
    refused = make("branch", "--scopes", "feeds:offices")
    assert (refused.exit_code, "branch exists; --replace makes it anew" in refused.output) == (2, True), refused.output
    secrets = read_secrets(tmp_path / "secret")
    assert proves_secret(conn, secrets, "branch", first)
    second = secret_of(make("branch", "--scopes", "feeds:offices", "--replace"))
    assert [proves_secret(conn, secrets, "branch", each) for each in (first, second)] == [False, True]
    assert read_clients(conn)["branch"].scopes == {"feeds:offices"}
