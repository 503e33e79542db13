"""An operator takes nothing down, and asks nothing, about themselves or somebody close to them (S2.12)."""

from datetime import UTC, datetime

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Reviewer
from daftar.portal.journal.models import Inquiry
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.objecting import answered

pytestmark = [
    pytest.mark.usefixtures("portal"),
    pytest.mark.parametrize("world_url", ["sqlite"], indirect=True),
]


def test_a_childs_answer_is_a_colleagues_to_take_down() -> None:
    hotline, at = Account.objects.get(user="hotline"), datetime.now(UTC)
    Reviewer.objects.create(account=hotline.pk, key=world.key_of(world.PAID), recorded_by="x", recorded_at=at)
    child, other = answered(world.CHILD), answered(world.LAPSED)
    operator, asked = log_in("hotline"), Inquiry.objects.count()
    assert operator.get(f"/en/objections/new/{child}/").status_code == 404
    type, number = world.CHILD[:2]
    told = operator.post("/en/objections/new/", {"type": type, "number": number})
    assert (told.status_code, Inquiry.objects.count()) == (422, asked)
    assert text("case_not_done.related", "en") in words(told)
    assert operator.get(f"/en/objections/new/{other}/").status_code == 200
