"""What the lanes answer: questions of entitlement and affiliation, SMS, words of USSD dialogues, in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from daftar.answers import Question, Reply, TrackingCodes, Writer, ask
from daftar.disclosure.affiliation import AffiliationQuestion, AffiliationReply, ask_affiliation
from daftar.disclosure.sms import IncomingSms, Outcome, answer_messages
from daftar.gate.ussd.conversation import converse
from daftar.gate.ussd.heard import Heard, Said
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets

Asked = Question | AffiliationQuestion | Heard | IncomingSms
Answered = Reply | AffiliationReply | Said | Outcome


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
        heard = [each for each in questions if type(each) is Heard]
        secrets, tracking = self._secrets, self._tracking
        told = iter(
            ask_affiliation(conn, affiliation, at=at, secrets=secrets, writer=writer, tracking=tracking)
            if affiliation
            else []
        )
        said = iter(converse(conn, heard, at=at, secrets=secrets, writer=writer, tracking=tracking) if heard else [])
        texted = [each for each in questions if type(each) is IncomingSms]
        answered = iter(
            answer_messages(conn, texted, at=at, secrets=secrets, writer=writer, tracking=tracking) if texted else []
        )
        covered = iter(ask(conn, entitlement, at=at, writer=writer, tracking=tracking) if entitlement else [])
        of_kind: dict[type, Iterator[Answered]] = {Question: covered, AffiliationQuestion: told, Heard: said}
        of_kind[IncomingSms] = answered
        return [next(of_kind[type(each)]) for each in questions]
