"""The decision: a capture against its challenge, once. What is decided is kept; the capture never is.

A capture lives in memory only: it is smaller than what Django writes to a file, goes through a pipe to the judging
process, and is gone with the request, whatever was decided. Digests of its pictures stay (`captures`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from daftar.portal.proxy.faces.captures import digests_of, seen_before
from daftar.portal.proxy.faces.challenge import challenge_take
from daftar.portal.proxy.faces.pictures import may_be_looked_at
from daftar.portal.proxy.faces.port import FaceVerifier, Finding, Frame, Outcome, Question, Subject, Verdict

NONE = frozenset[UUID]()
"""Digests of a capture that nothing looked at."""

AT_ONCE = timedelta(0)


def face_decide(
    *,
    verifier: FaceVerifier,
    challenge: UUID,
    frames: Sequence[Frame],
    subject: Subject,
    reference: bytes | None,
    holder: str,
    at: datetime,
    takes: timedelta = AT_ONCE,
) -> Verdict:
    """Use the challenge up and decide. Outside of any transaction: it takes a second, and a refusal must stand.

    `takes` is the least time that a browser needs to film the moves, which were made with the challenge. Whether the
    capture is new is final only in the transaction that keeps its digests: of two at once both may come as far as here.
    """
    taken = challenge_take(challenge=challenge, holder=holder, subject=subject.key, at=at)
    if isinstance(taken, Outcome):
        finding, digests = Finding(taken), NONE
    else:
        question = Question(taken.id, taken.moves, frames, subject, reference)
        finding, digests = _found(verifier, question, soon=at < taken.made_at + takes)
    return Verdict(challenge, finding.outcome, holder, subject.key, verifier.name, at, finding.distance, digests)


def _found(verifier: FaceVerifier, question: Question, *, soon: bool) -> tuple[Finding, frozenset[UUID]]:
    """What is found, and the digests of what was looked at: none where it is no capture of a camera."""
    if not may_be_looked_at(question.frames, len(question.moves)):
        return Finding(Outcome.UNREADABLE), NONE
    digests = digests_of(question.frames)
    if len(digests) < len(question.frames):
        return Finding(Outcome.STILL_PICTURE), NONE  # a camera never makes the same bytes twice
    if soon:
        return Finding(Outcome.TOO_SOON), digests
    return (Finding(Outcome.REPLAYED) if seen_before(digests) else verifier.verify(question)), digests
