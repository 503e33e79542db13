"""The pure decision over spans, against a slow oracle that walks day by day (contracts §1, design §5)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daftar.answers.decide import Span, decide
from daftar.terms.outcomes import Basis, Reason, Setting, Status
from tests.answers.asking import TODAY, question

FIRST = date(2026, 1, 1)
ONE_DAY = timedelta(days=1)


def made(parts: list[tuple[int, int]], *, open_end: bool) -> list[Span]:
    """Spans that never overlap: (gap before, length) each; a length of 0 is an empty span."""
    spans, day = [], FIRST
    for place, (gap, length) in enumerate(parts):
        starts = day + gap * ONE_DAY
        last = open_end and place == len(parts) - 1 and length
        ends = None if last else starts + (length - 1) * ONE_DAY
        reasons = ("contribution_paid", "contribution_lapsed") if length else ("no_affiliation", "deceased")
        basis = "compulsory" if length else "none"
        spans.append(Span("ir-sso", starts, ends, basis, *reasons, "v1"))
        day = starts + max(length, 1) * ONE_DAY
    return spans


def covered(spans: list[Span], day: date) -> bool:
    return any(span.starts <= day <= (span.ends or date.max) for span in spans)


PARTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=7)


@given(PARTS, st.booleans(), st.integers(-5, 70), st.randoms())
def test_status_and_end_agree_with_walking_the_days(
    parts: list[tuple[int, int]], open_end: bool, on: int, chance
) -> None:
    spans = made(parts, open_end=open_end)
    shuffled = spans.copy()
    chance.shuffle(shuffled)
    day = FIRST + on * ONE_DAY
    decision = decide(question(service_day=day), shuffled)
    assert (decision.status == Status.COVERED) == covered(spans, day)
    if decision.status == Status.COVERED:
        last = day
        while covered(spans, last + ONE_DAY) and last < FIRST + 400 * ONE_DAY:
            last += ONE_DAY
        assert decision.valid_until == (None if last == FIRST + 400 * ONE_DAY else last)
    else:
        assert (decision.basis, decision.valid_until) == (Basis.NONE, None)
        begun = [span for span in spans if span.starts <= day]
        assert decision.reason == (begun[-1].reason_after if begun else "no_affiliation" if spans else "unknown_person")


def test_nobody_known_is_an_answer_like_any_other() -> None:
    decision = decide(question(), [])
    assert (decision.status, decision.reason) == (Status.NOT_COVERED, Reason.UNKNOWN_PERSON)
    assert decision.rule_version


def test_another_insurers_cover_is_not_ours_and_still_pays_in_hospital() -> None:
    other = Span("ir-salamat", FIRST, None, "other_insurer", "spell_in_force", "affiliation_ended", "v1")
    own = Span("ir-sso", FIRST, TODAY, "compulsory", "contribution_paid", "contribution_lapsed", "v1")
    outpatient = decide(question(), [other])
    assert (outpatient.status, outpatient.payers) == (Status.NOT_COVERED, ())
    inpatient = decide(question(setting=Setting.INPATIENT), [other, own])
    assert {payer.insurer for payer in inpatient.payers} == {"ir-sso", "ir-salamat"}
    assert [payer.order for payer in inpatient.payers] == [1, 2]
