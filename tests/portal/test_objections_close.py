"""An operator takes nothing down, and asks nothing, about themselves or somebody close to them (S2.12)."""

from datetime import UTC, datetime

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import TRACKING
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.objecting import act, answered, objected

pytestmark = [
    pytest.mark.usefixtures("portal"),
    pytest.mark.parametrize("world_url", ["sqlite"], indirect=True),
]


def father_behind_hotline() -> None:
    """It is on record that the father of two children is behind the operator's account."""
    hotline, at = Account.objects.get(user="hotline"), datetime.now(UTC)
    Reviewer.objects.create(account=hotline.pk, key=world.key_of(world.PAID), recorded_by="x", recorded_at=at)


def test_a_childs_answer_is_a_colleagues_to_take_down() -> None:
    father_behind_hotline()
    child, other = answered(world.CHILD), answered(world.LAPSED)
    operator, asked = log_in("hotline"), Inquiry.objects.count()
    assert operator.get(f"/en/objections/new/{child}/").status_code == 404
    type, number = world.CHILD[:2]
    told = operator.post("/en/objections/new/", {"type": type, "number": number})
    assert (told.status_code, Inquiry.objects.count()) == (422, asked)
    assert text("case_not_done.related", "en") in words(told)
    assert operator.get(f"/en/objections/new/{other}/").status_code == 200


def test_no_entrance_leads_to_what_is_a_relatives() -> None:
    """By its code or number it is not there; by identifier a colleague is named; only searches are journalled."""
    case, child = objected(world.CHILD), answered(world.CHILD)
    other = objected(world.LAPSED)
    father_behind_hotline()
    operator, before = log_in("hotline"), len(told(world.key_of(world.CHILD)))
    (code,) = TRACKING.codes([case.objection.inquiry])
    for wanted in (case.number, code):
        found = operator.post("/en/objections/list/number/", {"wanted": wanted})
        assert text("objection_search.nothing", "en") in words(found)
    assert operator.get(f"/en/console/answers/{child}/").status_code == 404
    assert operator.post(f"/en/objections/new/{child}/", {"caller": "oneself", "said": "x"}).status_code == 404
    assert operator.post("/en/objections/new/", {"code": child}).status_code == 422
    for act_of in ("claim", "release", "dismiss"):
        assert act(operator, case, act_of, **{"down-reasons": ["answer_right"], "down-note": "x"}).status_code == 404
    person = {"type": world.CHILD[0], "number": world.CHILD[1]}
    assert text("case_not_done.related", "en") in words(operator.post("/en/objections/list/person/", person))
    assert [row.mode for row in told(world.key_of(world.CHILD))[before:]] == ["case_search"] * 2
    file = b"".join(operator.post("/en/objections/list/file/", {"shown": "all"}).streaming_content).decode()
    assert (case.number in file, other.number in file) == (False, True)


def test_nobody_looks_into_what_is_their_own_or_a_relatives() -> None:
    case = objected(world.CHILD)
    father_behind_hotline()
    operator = log_in("hotline")
    assert operator.get(f"/en/console/objections/{case.number}/").status_code == 404
    assert case.number not in operator.get("/en/objections/list/").content.decode()
    Case.objects.filter(pk=case.pk).update(state="in_review", claimed_by="hotline", claimed_at=datetime.now(UTC))
    held = operator.get(f"/en/console/objections/{case.number}/")
    assert held.status_code == 403
    assert act(operator, case, "uphold", **{"up-reasons": ["answer_wrong"], "up-note": "x"}).status_code == 403
    assert act(operator, case, "release").status_code == 302
