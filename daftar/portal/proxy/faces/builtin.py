"""The built-in verifier: liveness and likeness judged here, against the reference photograph of the registry."""

from daftar.portal.proxy.faces.judging import judged, task_of
from daftar.portal.proxy.faces.port import Finding, Outcome, Question
from daftar.portal.proxy.faces.task import Task


class BuiltinVerifier:
    """dlib's recognition net and 5-point model, in a process of its own for each decision."""

    name = "builtin"

    def verify(self, question: Question) -> Finding:
        """Judge a capture; without a reference photograph there is nothing to decide."""
        if question.reference is None:
            return Finding(Outcome.NO_REFERENCE)
        found = judged(task_of(question, question.reference))
        return Finding(found.outcome, found.distance)


def reference_outcome(photograph: bytes) -> Outcome:
    """Whether a photograph may be kept as somebody's reference: `accepted`, or no face, two faces, unreadable."""
    return judged(Task([], [], photograph)).outcome
