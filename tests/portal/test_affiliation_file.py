"""A file of inquiries: taken in, answered line by line, journalled, fetched by its organisation alone (S1.7, S1.29)."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from daftar.portal.affiliation import files, lines, parts
from daftar.portal.affiliation.models import InquiryFile, InquiryFilePart
from daftar.portal.affiliation.work import Work
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Agreement
from daftar.terms.digits import to_persian
from daftar.terms.texts import text
from tests.portal import officials, world
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("portal")

LETTER = {"reference_number": "77", "reference_date": "2026-10-23"}


def send(client: Client, content: str | bytes, language: str = "en", **values: str) -> object:
    """Send a file on the page."""
    raw = content.encode() if isinstance(content, str) else content
    upload = SimpleUploadedFile("list.csv", raw, content_type="text/csv")
    return client.post(f"/{language}/affiliation/files/", {"file": upload} | values)


def work() -> int:
    """Answer all that waits; how many parts that were."""
    count = 0
    while files.part_answer(datetime.now(UTC)) is not None:
        count += 1
    return count


def answers(client: Client, id: UUID) -> list[dict[str, str]]:
    """The answer file as rows."""
    response = client.post(f"/en/affiliation/files/{id}/answers/")
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def the_file() -> InquiryFile:
    """The one file there is."""
    return InquiryFile.objects.get()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_the_page_opens_without_complaints() -> None:
    response = log_in("fund").get("/en/affiliation/files/")
    assert (response.status_code, "There is a problem" in words(response)) == (200, False)


def test_each_line_gets_its_own_answer_or_its_own_problem() -> None:
    client = log_in("fund")
    content = (
        "\ufeffکد ملی;از تاریخ;تا تاریخ;ردیف\r\n"
        f"{officials.WORKER[1]};;;a\r\n"
        f"{' '.join(to_persian(officials.FORMER[1]))};۱۴۰۰/۰۱/۰۱;۱۴۰۰/۱۲/۲۹;b\r\n"
        f"{officials.FORMER[1]};;;c\r\n"
        "\r\n"
        f"{officials.NOBODY[1]};;;=d\r\n"
        "1234567890;;;e\r\n"
        f"{officials.WORKER[1]};2024-01-01;;f\r\n"
        f"{officials.WORKER[1]};x;2024-01-01;g\r\n"
        f"{officials.WORKER[1]};;;h;too;many\r\n"
    )
    assert send(client, content).status_code == 302
    assert work() == 1
    rows = answers(client, the_file().id)
    assert [(row["line"], row["mark"], row["outcome"], row["problem"]) for row in rows] == [
        ("2", "a", "active", ""),
        ("3", "b", "affiliated_in_period", ""),
        ("4", "c", "not_active", ""),
        ("6", "'=d", "no_record", ""),
        ("7", "e", "", text("input.wrong_check_digit", "en")),
        ("8", "f", "", text("input.period_half", "en")),
        ("9", "g", "", text("input.not_a_day", "en")),
        ("10", "", "", text("input.file_cells_too_many", "en")),
    ]
    assert rows[0]["text"] == text("outcome.active", "en")
    assert rows[0]["person.family_name"] == "نمونه‌ای"
    assert rows[0]["person.birth_date"] == "1980-05-01"
    assert rows[1]["spell.starts"] == "2020-01-01"
    assert rows[3]["person.family_name"] == rows[3]["spell.starts"] == ""
    file = the_file()
    assert (file.state, file.lines, file.done, file.problems) == ("answered", 8, 8, 4)
    assert file.outcomes == {"active": 1, "affiliated_in_period": 1, "not_active": 1, "no_record": 1}


def test_every_line_stands_in_the_journal_with_channel_file() -> None:
    send(log_in("court"), f"number\n{officials.WORKER[1]}\n1234567890\n", **LETTER)
    work()
    rows = list(Inquiry.objects.filter(channel="file", mode="affiliation").order_by("outcome"))
    assert [(row.outcome, row.account, row.organisation, row.reference) for row in rows] == [
        ("active", "court", officials.COURT, "77 2026-10-23"),
        ("refused", "court", officials.COURT, "77 2026-10-23"),
    ]
    assert rows[0].key == world.key_of(officials.WORKER)


def test_columns_are_those_that_the_kind_of_organisation_may_see() -> None:
    fund, court = log_in("fund"), log_in("court")
    send(fund, f"number\n{officials.WORKER[1]}\n")
    send(court, f"number\n{officials.WORKER[1]}\n", "fa", **LETTER)
    work()
    (told_fund,) = answers(fund, InquiryFile.objects.get(organisation=officials.FUND).id)
    (told_court,) = answers(court, InquiryFile.objects.get(organisation=officials.COURT).id)
    assert not [name for name in told_fund if name.startswith(("contact.", "workplace."))]
    assert told_court["contact.residence_address"] == officials.WORKER_FIELDS["residence_address"]
    assert told_court["workplace.employer_name"] == officials.WORKSHOP["employer_name"]
    assert told_court["text"] == text("outcome.active", "fa")
    assert told_court["person.birth_date"] == "1359/02/11"


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        ("number\n", "file_empty", {}),
        ("\n\n", "file_without_number", {}),
        ("name,city\na,b\n", "file_without_number", {}),
        ("number,city\n1,b\n", "file_unknown_column", {"name": "city"}),
        ("number,number\n1,2\n", "file_column_twice", {}),
        ("number\n".encode("utf-16"), "file_not_text", {}),
        (b"number\n\xff\xfe\n", "file_not_text", {}),
        ("number\n" + "1" * 1001 + "\n", "file_line_too_long", {}),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(
    language: str, content: str | bytes, code: str, values: dict[str, str]
) -> None:
    response = send(log_in("fund"), content, language)
    assert response.status_code == 422
    assert text(f"input.{code}", language, **values) in words(response)
    assert not InquiryFile.objects.exists()
    assert not InquiryFilePart.objects.exists()


def test_too_many_lines_and_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_LINES", 3)
    client = log_in("fund")
    assert text("input.too_many", "en", most="3") in words(send(client, "number\n1\n2\n3\n4\n"))
    monkeypatch.setattr("daftar.portal.affiliation.upload.LONGEST_BYTES", 10)
    response = send(client, "number\n" + "1\n" * 100)
    assert text("input.file_too_large", "en", most="64") in words(response)
    assert not InquiryFile.objects.exists()


def test_a_court_sends_its_file_with_a_letter() -> None:
    response = send(log_in("court"), f"number\n{officials.WORKER[1]}\n")
    assert response.status_code == 422
    assert text("input.letter_number_required", "en") in words(response)
    assert text("input.letter_date_required", "en") in words(response)
    assert not InquiryFile.objects.exists()


def refusals() -> list[tuple[str, str, str | None]]:
    """Reason, account and letter of the files in the journal that were refused as a whole; they name no person."""
    rows = list(Inquiry.objects.filter(channel="file", mode="affiliation", outcome="refused").order_by("asked_at"))
    assert all(row.key == settings.SECRETS.key("organisation", row.organisation) and not row.shown for row in rows)
    return [(row.reason, row.account, row.reference) for row in rows]


def test_a_file_without_an_agreement_is_refused_and_journalled() -> None:
    client, yesterday = log_in("court"), datetime.now(UTC).date() - timedelta(days=2)
    Agreement.objects.filter(organisation=officials.COURT).update(recorded_at=world.long_ago(), ends=yesterday)
    assert send(client, f"number\n{officials.WORKER[1]}\n", **LETTER).status_code == 403
    assert refusals() == [("no-agreement", "court", "77 2026-10-23")]
    assert not InquiryFile.objects.exists()


@pytest.mark.parametrize(
    ("letter", "content", "reason", "reference"),
    [
        ({}, "number\n1\n", "letter_number_required", None),
        (LETTER | {"reference_date": "2100-01-01"}, "number\n1\n", "letter_in_future", "77 2100-01-01"),
        (LETTER | {"reference_date": "x"}, "number\n1\n", "not_a_day", "77"),
        (LETTER, "number\n", "file_empty", "77 2026-10-23"),
        (LETTER, "", "empty", "77 2026-10-23"),
        (LETTER, b"number\n\xff\xfe\n", "file_not_text", "77 2026-10-23"),
    ],
)
def test_a_file_refused_as_a_whole_is_journalled_once(
    letter: dict[str, str], content: str | bytes, reason: str, reference: str | None
) -> None:
    assert send(log_in("court"), content, **letter).status_code == 422
    assert refusals() == [(reason, "court", reference)]
    assert Inquiry.objects.filter(account="court", mode="affiliation").count() == 1
    supervisor = log_in("court-supervisor")
    (line,) = supervisor.get("/en/affiliation/inquiries/").context["inquiries"]
    assert supervisor.get(f"/en/affiliation/answers/{line.code}/").status_code == 200
    assert b"".join(supervisor.post("/en/affiliation/inquiries/file/").streaming_content).count(b"refused") == 1
    assert log_in("headquarters").get("/en/console/inquiries/").status_code == 200


def test_a_file_too_large_is_journalled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daftar.portal.affiliation.upload.LONGEST_BYTES", 10)
    assert send(log_in("court"), "number\n" + "1\n" * 100, **LETTER).status_code == 422
    assert refusals() == [("file_too_large", "court", None)]  # what came after the file was not read


def test_what_was_sent_and_what_was_answered_lie_sealed() -> None:
    send(log_in("fund"), f"number\n{officials.WORKER[1]}\n")
    part = InquiryFilePart.objects.get()
    assert officials.WORKER[1].encode() not in bytes(part.asked)
    work()
    part = InquiryFilePart.objects.get()
    assert part.asked is None
    assert "نمونه".encode() not in bytes(part.answered)


def test_the_answers_are_for_the_organisation_and_there_for_who_sent_them_and_the_supervisors() -> None:
    court = log_in("court")
    send(court, f"number\n{officials.WORKER[1]}\n", **LETTER)
    id = the_file().id
    assert court.post(f"/en/affiliation/files/{id}/answers/").status_code == 404  # not answered yet
    work()
    assert log_in("court-supervisor").get(f"/en/affiliation/files/{id}/").status_code == 200
    stranger = log_in("police")
    assert stranger.get(f"/en/affiliation/files/{id}/").status_code == 404
    assert stranger.post(f"/en/affiliation/files/{id}/answers/").status_code == 404
    fund = log_in("fund")
    send(fund, f"number\n{officials.WORKER[1]}\n")
    of_fund = InquiryFile.objects.get(organisation=officials.FUND).id
    assert log_in("court-admin").get(f"/en/affiliation/files/{of_fund}/").status_code == 404
    answers(court, id)
    (fetched,) = Inquiry.objects.filter(mode="answers_fetched")
    assert (fetched.account, fetched.organisation, fetched.reference) == ("court", officials.COURT, f"{id} 1")


def test_a_part_that_fails_half_way_leaves_nothing_and_is_answered_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LINES", dict.fromkeys(parts.LINES, 2))
    client = log_in("fund")
    send(client, f"number\n{officials.WORKER[1]}\n{officials.WIFE[1]}\n{officials.FORMER[1]}\n")
    assert files.part_answer(datetime.now(UTC)) == 2
    with monkeypatch.context() as broken:
        broken.setattr(files, "_progress", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            files.part_answer(datetime.now(UTC))
    assert Inquiry.objects.filter(channel="file", mode="affiliation").count() == 2
    assert the_file().done == 2
    assert work() == 1
    assert [row["outcome"] for row in answers(client, the_file().id)] == ["active", "active", "not_active"]
    assert Inquiry.objects.filter(channel="file", mode="affiliation").count() == 3


def test_a_part_that_breaks_the_program_stops_its_file_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    client = log_in("fund")
    send(client, f"number\n{officials.WORKER[1]}\n")
    InquiryFilePart.objects.update(asked=b"not what was sealed, and long enough")
    Work().step()
    file = the_file()
    assert (file.state, file.problem) == ("refused", "file-unanswerable")
    assert text("problem.file-unanswerable", "en") in words(client.get(f"/en/affiliation/files/{file.id}/"))
    send(client, f"number\n{officials.WORKER[1]}\n")
    assert work() == 1


def test_an_agreement_that_ends_while_the_file_waits_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LINES", dict.fromkeys(parts.LINES, 2))
    client = log_in("fund")
    send(client, "number\n" + f"{officials.WORKER[1]}\n" * 6)
    assert files.part_answer(datetime.now(UTC)) == 2
    long_ago = datetime.now(UTC).date() - timedelta(days=2)
    Agreement.objects.filter(organisation=officials.FUND).update(recorded_at=world.long_ago(), ends=long_ago)
    assert work() == 1
    file = the_file()
    assert (file.state, file.problem, file.done, file.problems) == ("refused", "no-agreement", 4, 2)
    assert not InquiryFilePart.objects.filter(asked__isnull=False).exists()
    assert [row["outcome"] for row in answers_directly(file)] == ["active", "active", "", ""]


def answers_directly(file: InquiryFile) -> list[dict[str, str]]:
    """The answer file without its page, which the ended agreement has closed."""
    content = b"".join(files.answers_of(file)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_quota_ends_a_file_where_it_is_used_up() -> None:
    Agreement.objects.filter(organisation=officials.FUND).update(recorded_at=world.long_ago(), daily_quota=2)
    send(log_in("fund"), "number\n" + f"{officials.WORKER[1]}\n" * 3)
    work()
    file = the_file()
    assert [row["problem"] for row in answers_directly(file)] == ["", "", text("problem.quota-exceeded", "en")]


def test_files_that_have_come_least_far_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LINES", dict.fromkeys(parts.LINES, 1))
    client = log_in("fund")
    send(client, "number\n" + f"{officials.WORKER[1]}\n" * 3)
    files.part_answer(datetime.now(UTC))
    send(client, f"number\n{officials.WIFE[1]}\n")
    files.part_answer(datetime.now(UTC))
    assert [file.state for file in InquiryFile.objects.order_by("sent_at")] == ["answering", "answered"]


def test_answers_are_deleted_after_some_days() -> None:
    client = log_in("fund")
    send(client, f"number\n{officials.WORKER[1]}\n")
    work()
    Work().step()
    assert InquiryFilePart.objects.exists()
    InquiryFile.objects.update(finished_at=datetime.now(UTC) - files.KEPT - timedelta(minutes=1))
    Work().step()
    assert not InquiryFilePart.objects.exists()
    assert the_file().state == "forgotten"
    page = client.get(f"/en/affiliation/files/{the_file().id}/")
    assert "The answers have been deleted." in words(page)
    assert client.post(f"/en/affiliation/files/{the_file().id}/answers/").status_code == 404


def test_the_upload_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in("fund").cookies
    assert send(client, f"number\n{officials.WORKER[1]}\n").status_code == 403
    assert not InquiryFile.objects.exists()


def test_reading_days_is_remembered_and_not_their_errors() -> None:
    assert lines.day_of("1404/01/01") == lines.day_of("۱۴۰۴/۰۱/۰۱")
