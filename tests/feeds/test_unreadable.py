"""A fact in the registry that the law cannot read: feeds go on, and the batch says whose cover was not made."""

import pytest
from typer.testing import CliRunner

from daftar.config.coverage_commands import coverage
from daftar.config.feed_commands import feed
from daftar.feeds.report import COVER_NOT_MADE, problem_text
from daftar.store.connect import connect
from daftar.store.dialect import execute
from daftar.store.keys import read_secrets
from daftar.terms.texts import LANGUAGES
from tests.feeds.conftest import Registry, as_csv, person

TOLD = "Facts of some persons cannot be read"


def born(registry: Registry, number: int, day: str) -> None:
    """Written past the feeds, which would not have let it in."""
    conn = connect(registry.url)
    execute(conn, "UPDATE person SET birth_date = ? WHERE key = ?", [day, registry.key(number)])
    conn.close()


def pensions(*numbers: int) -> list[dict[str, str]]:
    return [{"affiliation_id": f"A{n}", "kind": "pensioner", "starts": "2020-01-01", **person(n)} for n in numbers]


def covered(registry: Registry) -> int:
    return registry.query("SELECT count(*) FROM coverage WHERE basis = 'pensioner'")[0][0]


def test_one_person_does_not_stop_the_feeds(people: Registry) -> None:
    born(people, 3, "infinity")
    report = people.load("affiliations", pensions(*range(1, 7)), rebuild=True)
    assert (report.problem, report.all_good, report.persons_touched, report.persons_left) == (None, True, 8, 1)
    assert covered(people) == 5
    told = people.query("SELECT state, problem FROM feed_batch WHERE \"table\" = 'affiliations'")
    assert told == [("loaded", "cover_not_made: 1")]
    assert people.load("affiliations", pensions(7), rebuild=True).persons_left == 1
    born(people, 3, "1980-01-01")
    assert people.load("affiliations", pensions(8), rebuild=True).persons_left == 0
    assert covered(people) == 8
    assert people.query("SELECT count(*) FROM coverage_due") == [(0,)]


def test_the_commands_say_so(people: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAFTAR_DATABASE", people.url)
    monkeypatch.setenv("DAFTAR_STATE", str(people.folder))
    monkeypatch.setenv("COLUMNS", "200")
    read_secrets(people.folder / "secret")
    born(people, 3, "infinity")
    path = people.folder / "regions.csv"
    path.write_bytes(as_csv([{"code": "r", "name": "n", "level": "city"}]))
    loaded = CliRunner().invoke(feed, ["load", "regions", str(path)])
    assert (loaded.exit_code, TOLD in loaded.output) == (0, True)
    for options in (["rebuild"], ["rebuild", "--all"]):
        rebuilt = CliRunner().invoke(coverage, options)
        assert (rebuilt.exit_code, TOLD in rebuilt.output) == (1, True)
        assert people.key(3) not in rebuilt.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_each_language(language: str) -> None:
    assert problem_text(COVER_NOT_MADE, ("1",), language).endswith("(1)")
