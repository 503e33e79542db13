"""The decision: a capture against its challenge, once. What is decided is kept; the capture never is.

A capture lives in memory only: it is smaller than what Django writes to a file, goes through a pipe to the judging
process, and is gone with the request, whatever was decided.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from daftar.portal.proxy.faces.challenge import Challenge, capture_is_new, challenge_take
from daftar.portal.proxy.faces.pictures import may_be_looked_at
from daftar.portal.proxy.faces.port import FaceVerifier, Finding, Frame, Outcome, Question, Subject, Verdict


def face_decide(
    *,
    verifier: FaceVerifier,
    challenge: UUID,
    frames: Sequence[Frame],
    subject: Subject,
    reference: bytes | None,
    holder: str,
    at: datetime,
) -> Verdict:
    """Use the challenge up and decide. Outside of any transaction: it takes a second, and a refusal must stand."""
    taken = challenge_take(challenge=challenge, holder=holder, subject=subject.key, at=at)
    finding = Finding(taken) if isinstance(taken, Outcome) else _found(verifier, taken, frames, subject, reference)
    return Verdict(challenge, finding.outcome, holder, subject.key, verifier.name, at, finding.distance)


def _found(
    verifier: FaceVerifier, challenge: Challenge, frames: Sequence[Frame], subject: Subject, reference: bytes | None
) -> Finding:
    if not may_be_looked_at(frames, len(challenge.moves)):
        return Finding(Outcome.UNREADABLE)
    if len({frame.jpeg for frame in frames}) < len(frames):
        return Finding(Outcome.STILL_PICTURE)  # a camera never makes the same bytes twice
    if not capture_is_new(frames):
        return Finding(Outcome.REPLAYED)
    return verifier.verify(Question(challenge.id, challenge.moves, frames, subject, reference))
