"""The quiz asks about the stays in the list of expenses, whatever sources sent: one list, one quiz (S4.18, S4.23)."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from daftar.disclosure.quiz.stays import stays_of
from daftar.portal.journal.services import raw_connection
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.selectors import expenses_of
from daftar.store.keys import Key
from tests.portal import world
from tests.portal.settling import settle

NUMBERS = ("A", "B", "C", "D")
VERSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.sampled_from(NUMBERS),
            "version": st.integers(1, 3),
            "kind": st.sampled_from(["settled", "settled", "refund", "correction"]),
            "refers_to": st.sampled_from(["", *NUMBERS, "gone"]),
            "direct": st.sampled_from([True, True, False]),
            "withdrawn": st.sampled_from([False, False, True]),
            "mine": st.sampled_from([True, True, True, False]),
            "settled_at": st.sampled_from([None, datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 4, 2, tzinfo=UTC)]),
        }
    ),
    max_size=8,
    unique_by=lambda each: (each["number"], each["version"]),
)


def send(version: dict[str, Any], day: int) -> None:
    """One version, each in a hospital and of a day of its own."""
    owner = world.RESIDENT if version.pop("mine") else world.PAID
    place = {"institution": f"H{day}", "admitted": date(2025, 3, day), "discharged": date(2025, 3, day + 1)}
    settle(version.pop("number"), version.pop("version"), key=world.key_of(owner), **place, **version)


def test_the_quiz_asks_about_what_the_list_shows(portal: str) -> None:
    @settings(max_examples=120, deadline=None)
    @given(VERSIONS)
    def same(versions: list[dict[str, Any]]) -> None:
        Settlement.objects.all().delete()
        for day, version in enumerate(versions, start=1):
            send(dict(version), day)
        me = world.key_of(world.RESIDENT)
        with transaction.atomic():
            lines, stays = expenses_of(me), stays_of(raw_connection(), Key(me))
        assert bool(stays) == bool(lines), "who has something to read is asked, and nobody else"
        listed = {(line.row.institution, line.row.admitted, line.row.discharged) for line in lines}
        assert {(stay.institution, stay.admitted, stay.discharged) for stay in stays} <= listed
        settled = {line.row.institution for line in lines if line.row.kind != "refund"}
        assert settled <= {stay.institution for stay in stays}

    same()
