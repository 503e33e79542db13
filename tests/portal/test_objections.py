"""People object on pages, the hotline takes objections down and follows them up (S2.12, S2.13, X.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.accounts.models import Role
from daftar.portal.cases.models import Case, CaseStep, Reviewer
from daftar.portal.directory.models import Office
from daftar.portal.entitlement.models import Evidence
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.objections.models import Objection
from daftar.terms.case_numbers import grouped
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, newest_code, own_entitlement, told, words
from tests.portal.objecting import act, answered, citizen, held_by, objected

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

PAPER = {
    "up-reasons": ["paper_recorded"],
    "up-note": "We have seen the certificate.",
    "up-kind": "study_certificate",
    "up-valid_from": "2026-09-23",
    "up-seen": "on",
}


def told_by_code(made: tuple[str, str, str]) -> tuple[Client, str]:
    """A session that was told its own answer, and the answer's code."""
    client = Client()
    own_entitlement(client, made)
    address = client.post("/en/entitlement/own/code/", {"code": newest_code()}).url
    return client, address.split("/")[-2]


def test_who_was_told_an_answer_objects_from_its_page_without_a_log_in() -> None:
    client, code = told_by_code(world.LAPSED)
    assert "Or object here" in words(client.get(f"/en/entitlement/own/{code}/"))
    page = f"/en/entitlement/own/{code}/object/"
    assert text("reason.contribution_lapsed", "en") in words(client.get(page))
    done = client.post(page, {"said": "I have paid"})
    case = Case.objects.get()
    for _ in range(2):
        assert grouped(case.number) in words(client.get(done.url))
    assert (case.person, case.applicant) == (world.key_of(world.LAPSED),) * 2
    (row,) = [each for each in told(world.key_of(world.LAPSED)) if each.mode == "case_objection"]
    assert (row.channel, row.ground, row.account, row.reference) == ("web", "own", None, case.number)
    message = newest_messages()[0].message
    assert grouped(case.number) in message.text
    assert "lapsed@" not in message.to, "she has an account without a choice: told by SMS"
    assert client.post(page, {"said": "once more"}).url == done.url
    assert Case.objects.count() == 1


def test_another_session_neither_objects_nor_sees_the_number() -> None:
    client, code = told_by_code(world.LAPSED)
    client.post(f"/en/entitlement/own/{code}/object/", {"said": "x"})
    for address in ("object", "objected"):
        assert Client().get(f"/en/entitlement/own/{code}/{address}/").status_code == 404
    client.post("/en/entitlement/own/done/")
    assert client.get(f"/en/entitlement/own/{code}/object/").status_code == 404


def test_a_citizen_objects_to_what_a_hospital_was_told_about_them() -> None:
    client, code = citizen(), answered(world.PAID)
    done = client.post("/en/objections/", {"code": code, "said": "wrong"})
    page = words(client.get(done.url))
    case = Case.objects.get()
    assert grouped(case.number) in page
    assert grouped(case.number) in words(client.get("/en/objections/"))
    progress = words(client.get(f"/en/progress/{case.number}/"))
    assert "wrong" in progress
    assert text("objection_state.submitted", "en") in progress
    client.post(f"/en/progress/{case.number}/withdraw/")
    assert Case.objects.get().state == "withdrawn"


def test_of_a_strangers_answer_and_of_none_the_same_is_said() -> None:
    client = citizen()
    strangers, nobodys = answered(world.LAPSED), "1234567890123456"
    while True:  # a well-formed code that nobody has
        nobodys = f"{int(nobodys) + 1:016d}"
        response = client.post("/en/objections/", {"code": nobodys, "said": "x"})
        if text("objection_not_taken.unknown_code", "en") in words(response):
            break
    other = client.post("/en/objections/", {"code": strangers, "said": "x"})
    assert other.status_code == response.status_code == 422
    assert words(other).replace(strangers, nobodys) == words(response)
    assert not Case.objects.exists()


def test_the_insured_parent_objects_for_a_minor_and_reads_how_it_goes() -> None:
    client = citizen()
    done = client.post("/en/objections/", {"code": answered(world.CHILD), "said": "he is eight"})
    case = Case.objects.get()
    assert (case.person, case.applicant) == (world.key_of(world.CHILD), world.key_of(world.PAID))
    assert client.get(done.url).status_code == 200
    assert client.get(f"/en/progress/{case.number}/").status_code == 200
    assert {row.ground for row in told(case.person) if row.mode == "case_objection"} == {"dependant"}
    grown = client.post("/en/objections/", {"code": answered(world.SON), "said": "x"})
    assert grown.status_code == 422


def test_what_cannot_be_taken_down_is_said_and_nothing_lost() -> None:
    client, code = citizen(), answered(world.PAID)
    for said in ("", "\u202eabc", "x" * 2001, "a\0b"):
        response = client.post("/en/objections/", {"code": code, "said": said})
        assert response.status_code == 422
        assert code in response.content.decode()
    assert not Case.objects.exists()


def test_addresses_that_are_none() -> None:
    client, operator = citizen(), log_in("hotline")
    for number in ("x", "1" * 14, "%00", "٣" * 14):
        assert client.get(f"/en/objections/{number}/taken/").status_code == 404
        assert operator.get(f"/en/console/objections/{number}/").status_code == 404
        assert operator.get(f"/en/objections/new/{number}/").status_code == 404
    strange = {"shown": "x", "page": "-1"}, {"page": "99999"}, {"clock": "soon", "page": "٣"}
    assert [operator.get("/en/objections/list/", each).status_code for each in strange] == [422, 200, 200]


def test_an_operator_takes_down_what_a_caller_says() -> None:
    operator, code = log_in("hotline"), answered(world.SON)
    page = operator.post("/en/objections/new/", {"code": code}).url
    assert text("reason.study_certificate_missing", "en") in words(operator.get(page))
    look = told(world.key_of(world.SON))[-1]
    assert (look.mode, look.ground, look.account) == ("explanation", "duty", "hotline")
    said = {"caller": "oneself", "said": "دانشجو هستم", "phone": "021 8800 0000", "notices_in": "fa"}
    shown = words(operator.get(operator.post(page, said).url))
    for each in ("The objection is taken down", "دانشجو هستم", "+98 21 8800 0000", "امید نمونه"):
        assert each in shown
    assert text("reason.study_certificate_missing", "en") in shown, "the answer is explained beside it"
    row = Objection.objects.get()
    today = jurisdictions()["ir"].today(datetime.now(UTC))
    assert (row.taken_by, row.language, row.due_on) == ("hotline", "fa", today + timedelta(days=15))
    again = operator.post(page, said).url
    assert "nothing was taken down a second time" in words(operator.get(again))
    assert Objection.objects.count() == 1


def test_an_answer_shown_again_with_what_is_wrong_is_a_look_too() -> None:
    address, before = f"/en/objections/new/{answered(world.SON)}/", len(told(world.key_of(world.SON)))
    operator = log_in("hotline")
    assert operator.post(address, {}).status_code == 422
    assert operator.put(address).status_code == 200
    assert len(told(world.key_of(world.SON))) == before + 2


def test_who_calls_without_a_code_gets_an_answer_to_object_to() -> None:
    operator = log_in("hotline")
    page = operator.post("/en/objections/new/", {"type": world.LAPSED[0], "number": world.LAPSED[1]}).url
    (row,) = told(world.key_of(world.LAPSED))
    assert (row.mode, row.ground, row.account, row.outcome) == ("specific", "duty", "hotline", "not_covered")
    assert operator.get(page).status_code == 200
    assert operator.post("/en/objections/new/", {"code": answered(world.RESIDENT, "cn")}).status_code == 422
    wrong = operator.post("/en/objections/new/", {"type": world.LAPSED[0], "number": "1"})
    assert wrong.status_code == 422


def test_the_hotline_passes_on_and_the_office_answers_with_the_paper_it_has_seen() -> None:
    case = objected(world.SON)
    operator, counter = log_in("hotline"), log_in("counter")
    assert counter.get(f"/en/console/objections/{case.number}/").status_code == 404
    act(operator, case, "claim")
    hotlines = words(operator.get(f"/en/console/objections/{case.number}/"))
    assert "A paper can be recorded by an office that has seen it" in hotlines
    given = act(operator, case, "pass-on", **{"pass-office": world.OFFICE, "pass-note": "please see the certificate"})
    assert given.status_code == 302
    assert case.number in counter.get("/en/objections/list/").content.decode()
    act(counter, case, "claim")
    answered_at = act(counter, case, "uphold", **PAPER)
    assert "The objection is answered" in words(counter.get(answered_at.url))
    case.refresh_from_db()
    assert (case.state, case.decided_by, case.reasons) == ("approved", "counter", "paper_recorded")
    paper = Evidence.objects.get(key=world.key_of(world.SON))
    assert (paper.kind, paper.office) == ("study_certificate", world.OFFICE)
    assert [row.outcome for row in told(world.key_of(world.SON)) if row.mode == "general"] == ["not_covered"]
    answered(world.SON)
    assert [row.outcome for row in told(world.key_of(world.SON)) if row.mode == "general"][-1] == "covered"
    acts = list(CaseStep.objects.filter(case=case).order_by("id").values_list("act", flat=True))
    assert acts == ["submit", "claim", "pass_on", "claim", "approve"]


def test_nothing_is_recorded_by_who_does_not_hold_it() -> None:
    case = objected(world.SON)
    Case.objects.filter(pk=case.pk).update(office=world.OFFICE)
    counter = log_in("counter")
    response = act(counter, case, "uphold", **PAPER)
    assert response.status_code == 409
    assert text("case_not_done.not_held", "en") in words(response)
    assert not Evidence.objects.exists()
    held_by("hotline", case)
    assert act(counter, case, "uphold", **PAPER).status_code == 409
    assert not Evidence.objects.exists()


INCOMPLETE = {
    "kind": {"up-kind": ""},
    "valid_from": {"up-valid_from": ""},
    "valid_until": {"up-valid_until": "2026-01-01"},
    "seen": {"up-seen": ""},
    "note": {"up-note": ""},
    "reasons": {"up-reasons": ["answer_right"]},
}


def test_an_answer_says_why_and_a_paper_was_seen() -> None:
    case = objected(world.SON)
    Case.objects.filter(pk=case.pk).update(office=world.OFFICE)
    held_by("counter", case)
    counter = log_in("counter")
    for field, changes in INCOMPLETE.items():
        response = act(counter, case, "uphold", **PAPER | changes)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
    assert not Evidence.objects.exists()
    assert Case.objects.get().state == "in_review"


def test_the_hotline_records_no_paper() -> None:
    case = held_by("hotline", objected(world.SON))
    assert act(log_in("hotline"), case, "uphold", **PAPER | {"up-reasons": ["answer_wrong"]}).status_code == 422
    assert not Evidence.objects.exists()


def test_an_answer_that_stands_is_told_with_its_reasons() -> None:
    case = held_by("hotline", objected(world.PAID, said="I want more"))
    operator = log_in("hotline")
    answer = {"down-reasons": ["answer_right"], "down-note": "Your employer has paid until July."}
    done = act(operator, case, "dismiss", **answer)
    assert act(operator, case, "dismiss", **answer).url == done.url, "the same button pressed twice"
    assert "was answered" in newest_messages()[0].message.text or "not upheld" in newest_messages()[0].message.text
    page = words(citizen().get(f"/en/progress/{case.number}/"))
    for each in ("Your employer has paid until July.", text("objection_reason.answer_right", "en"), "Not upheld"):
        assert each in page
    assert act(operator, case, "claim").status_code == 409


def test_of_two_operators_one_has_it() -> None:
    case = objected(world.PAID)
    world.account_make(
        user="second",
        password=world.PASSWORD,
        role=Role.HOTLINE,
        office=world.OFFICE,
        totp_secret=world.TOTP_SECRET,
    )
    held_by("second", case)
    response = act(log_in("hotline"), case, "claim")
    assert response.status_code == 409
    assert text("case_not_done.held_by_another", "en") in words(response)
    chief = log_in("headquarters")
    assert act(chief, case, "release").url.endswith("?done=released")
    assert Case.objects.get().state == "submitted"


def test_it_is_found_by_number_code_and_identifier_and_each_search_is_on_record() -> None:
    case, operator = objected(world.SON), log_in("hotline")
    page = f"/en/console/objections/{case.number}/"
    code = answered(world.SON)
    for wanted in (case.number, grouped(case.number)):
        assert operator.post("/en/objections/list/number/", {"wanted": wanted}).url == page
    assert operator.post("/en/objections/list/number/", {"wanted": code}).status_code == 422
    person = {"type": world.SON[0], "number": world.SON[1]}
    assert operator.post("/en/objections/list/person/", person).url == page
    searches = [row.outcome for row in told(world.key_of(world.SON)) if row.mode == "case_search"]
    assert searches == ["not_found", "shown"]
    nobody = {"type": world.PAID[0], "number": world.PAID[1]}
    assert operator.post("/en/objections/list/person/", nobody).status_code == 422
    assert world.SON[1] not in operator.get(page).request["PATH_INFO"]


def test_one_of_several_is_chosen_from_a_list() -> None:
    first, second = objected(world.SON), objected(world.SON)
    person = {"type": world.SON[0], "number": world.SON[1]}
    page = log_in("hotline").post("/en/objections/list/person/", person).content.decode()
    assert first.number in page
    assert second.number in page


def test_the_list_is_filtered_by_clock_state_office_and_holder() -> None:
    late, soon, fresh, done = (objected(each) for each in (world.PAID, world.SON, world.LAPSED, world.SILENT))
    today = jurisdictions()["ir"].today(datetime.now(UTC))
    Objection.objects.filter(case=late).update(due_on=today - timedelta(days=1))
    Objection.objects.filter(case=soon).update(due_on=today + timedelta(days=3), channel="ussd")
    Case.objects.filter(pk=fresh.pk).update(office=world.OFFICE)
    Case.objects.filter(pk=done.pk).update(
        state="approved", queued_at=None, decided_by="x", decided_at=datetime.now(UTC)
    )
    held_by("hotline", soon)
    operator = log_in("hotline")

    def listed(**asked: str) -> list[str]:
        page = operator.get("/en/objections/list/", asked).content.decode()
        found = [each for each in (late, soon, fresh, done) if each.number in page]
        return [each.number for each in sorted(found, key=lambda each: page.index(each.number))]

    assert listed() == [each.number for each in (late, soon, fresh)], "due first at the top"
    assert listed(clock="overdue") == [late.number]
    assert listed(clock="soon") == listed(channel="ussd") == listed(holder="mine") == [soon.number]
    assert listed(shown="held") == [soon.number]
    assert listed(office=world.OFFICE) == listed(clock="in_time") == [fresh.number]
    assert set(listed(office="hotline")) == {late.number, soon.number}
    assert listed(shown="upheld") == [done.number]
    assert len(listed(shown="all")) == 4


def test_a_file_of_the_list_names_nobody_and_is_on_record() -> None:
    case = objected(world.SON, said="secret words")
    response = log_in("hotline").post("/en/objections/list/file/", {"shown": "all"})
    file = b"".join(response.streaming_content).decode()
    assert case.number in file
    for secret in (world.SON[1], "امید", "secret words", str(case.person), case.person.hex):
        assert secret not in file
    from daftar.portal.journal.models import Inquiry

    (row,) = Inquiry.objects.filter(mode="cases_exported")
    assert (row.account, row.reference, row.ground) == ("hotline", "1", "duty")


def test_numbers_say_how_objections_are_answered() -> None:
    cases = [objected(each) for each in (world.SON, world.SON, world.LAPSED)]
    for case, state in zip(cases, ("approved", "refused", "submitted"), strict=True):
        if state != "submitted":
            Case.objects.filter(pk=case.pk).update(
                state=state, queued_at=None, decided_by="x", decided_at=datetime.now(UTC) + timedelta(days=1)
            )
    Objection.objects.filter(case=cases[1]).update(due_on=date(2026, 1, 1))
    page = words(log_in("hotline").get("/en/objections/numbers/"))
    assert "upheld 1 not upheld 1 answered late 1 days until the answer, on average 1.0" in page
    assert text("reason.study_certificate_missing", "en") in page


@pytest.mark.parametrize("user", ["citizen", "hospital"])
def test_pages_of_the_hotline_are_for_staff(user: str) -> None:
    case = objected(world.PAID)
    client = citizen() if user == "citizen" else log_in(user)
    for address in ("objections/list/", "objections/new/", "objections/numbers/", f"console/objections/{case.number}/"):
        assert client.get(f"/en/{address}").status_code == 403
        assert Client().get(f"/en/{address}").status_code == 302
    assert log_in("counter").get("/en/objections/new/").status_code == 403


def test_the_look_at_an_objection_is_on_the_persons_record() -> None:
    case = objected(world.SON)
    log_in("hotline").get(f"/en/console/objections/{case.number}/")
    look = told(world.key_of(world.SON))[-1]
    assert (look.mode, look.outcome, look.account, look.ground) == ("case_objection", "shown", "hotline", "duty")
    assert look.shown == "case name inquiry span facts"


def test_a_look_at_an_answer_leads_to_the_form_with_its_code() -> None:
    client, code = citizen(), answered(world.PAID)
    look = client.get(f"/en/looks/{code}/").content.decode()
    address = f"/en/objections/?code={code}"
    assert f'href="{address}"' in look
    form = client.get(address).content.decode()
    assert f'value="{code}"' in form
    assert "field-code" not in form, "as wide as six digits: sixteen would be cut"


def test_the_review_console_leads_a_reviewer_to_the_objection_and_decides_nothing_itself() -> None:
    case = Case.objects.get(number=objected(world.RESIDENT, jurisdiction="cn").number)
    Office.objects.create(code="cn-hq", kind="headquarters", name="hq", recorded_at=world.long_ago())
    account = world.account_make(
        user="reviewer",
        password=world.PASSWORD,
        role=Role.REVIEWER,
        office="cn-hq",
        jurisdiction="cn",
        totp_secret=world.TOTP_SECRET,
    )
    reviewer = log_in("reviewer")
    assert reviewer.get("/en/objections/list/").status_code == 403, "nobody knows who is behind the account"
    person = world.key_of(("cn-resident-id", world.cn_id(9, date(1970, 1, 1)), ""))
    Reviewer.objects.create(account=account.pk, key=person, recorded_by="x", recorded_at=world.long_ago())
    assert case.number in reviewer.get("/en/objections/list/").content.decode()
    page = reviewer.get(f"/en/review/cases/{case.number}/")
    assert page.url == f"/en/console/objections/{case.number}/"
    assert reviewer.get(page.url).status_code == 200
    reviewer.post(f"/en/review/cases/{case.number}/claim/")
    assert reviewer.post(f"/en/review/cases/{case.number}/approve/", {"version": "1"}).url == page.url
    assert Case.objects.get().state == "in_review"
