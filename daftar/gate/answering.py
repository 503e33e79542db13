"""What the lanes answer: questions of entitlement and of affiliation that arrived together, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from daftar.answers import Question, Reply, TrackingCodes, Writer, ask
from daftar.disclosure.affiliation import AffiliationQuestion, AffiliationReply, ask_affiliation
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets

Asked = Question | AffiliationQuestion
Answered = Reply | AffiliationReply


class Answering:
    """Answers what was asked, in order; called by the lanes with their connection and writer."""

    def __init__(self, secrets: Secrets, tracking: TrackingCodes) -> None:
        self._secrets = secrets
        self._tracking = tracking

    def __call__(
        self, conn: Connection, questions: Sequence[Asked], *, at: datetime, writer: Writer
    ) -> Sequence[Answered]:
        """Each kind by its own statements; only what was asked costs any."""
        entitlement = [each for each in questions if type(each) is Question]
        if len(entitlement) == len(questions):
            return ask(conn, entitlement, at=at, writer=writer, tracking=self._tracking)
        affiliation = [each for each in questions if type(each) is AffiliationQuestion]
        told = iter(
            ask_affiliation(conn, affiliation, at=at, secrets=self._secrets, writer=writer, tracking=self._tracking)
        )
        covered = iter(ask(conn, entitlement, at=at, writer=writer, tracking=self._tracking) if entitlement else [])
        return [next(covered) if type(each) is Question else next(told) for each in questions]
