"""Walks through the panel of government bodies: operators of each kind, supervisor, administrator."""

from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from tests.portal import officials
from tests.portal.walking import fill, log_in

LETTER = {"reference_number": "1405/77", "reference_date": "1405/08/01"}


def ask(page: Page, language: str, made: tuple[str, str, str], **values: str) -> None:
    """Send F1."""
    page.goto(f"/{language}/affiliation/ask/")
    fill(page, number=made[1], **values)


def send_file(page: Page, language: str, content: str, **values: str) -> None:
    """Send a file."""
    page.goto(f"/{language}/affiliation/files/")
    page.set_input_files("[name=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": content.encode()})
    fill(page, **values)


def answer_files() -> None:
    """Answer what waits, as the worker does."""
    from daftar.portal.affiliation.files import part_answer

    while part_answer(datetime.now(UTC)) is not None:
        pass


def fund(page: Page, language: str) -> Iterator[str]:
    """A fund: the four outcomes in its form."""
    log_in(page, language, "fund")
    page.goto(f"/{language}/affiliation/ask/")
    yield "inquiry"
    for made, values, stop in (
        (officials.NOBODY, {}, "O1, no record"),
        (officials.FORMER, {}, "O2, not active"),
        (officials.FORMER, {"period_from": "2021-01-01", "period_to": "1401/01/01"}, "O3, in the period"),
        (officials.WORKER, {}, "O4, active"),
    ):
        ask(page, language, made, **values)
        yield stop


def court(page: Page, language: str) -> Iterator[str]:
    """A court: its letter, its two forms, a file."""
    log_in(page, language, "court")
    ask(page, language, officials.WORKER, period_from="2024-01-01")
    yield "inquiry with errors"
    ask(page, language, officials.WORKER, **LETTER)
    yield "O4-J, main insured"
    ask(page, language, officials.WIFE, **LETTER)
    yield "O4-J, dependant"
    send_file(page, language, "name\n")
    yield "files with errors"
    send_file(page, language, f"number\n{officials.WORKER[1]}\n{officials.NOBODY[1]}\n1\n", **LETTER)
    yield "file, waiting"
    answer_files()
    page.reload()
    yield "file, answered"


def supervisor(page: Page, language: str) -> Iterator[str]:
    """A supervisor of the court."""
    log_in(page, language, "court-supervisor")
    page.goto(f"/{language}/affiliation/inquiries/")
    yield "inquiries of the organisation"
    fill(page, day_from="x")
    yield "inquiries with an error"
    page.goto(f"/{language}/affiliation/inquiries/")
    page.click("main table a >> nth=0")
    yield "answer, seen by a supervisor"


def administrator(page: Page, language: str) -> Iterator[str]:
    """An administrator of the court."""
    log_in(page, language, "court-admin")
    page.goto(f"/{language}/organisation/agreement/")
    yield "agreement"
    page.goto(f"/{language}/organisation/clients/")
    fill(page, name="?", proof="keys", jwks="{}")
    yield "clients with errors"
    page.goto(f"/{language}/organisation/clients/")
    fill(page, name=f"system-{language}", proof="secret")
    yield "client made"
    page.goto(f"/{language}/organisation/clients/")
    yield "clients"


OFFICIAL_WALKS = (fund, court, supervisor, administrator)
