"""Requests that arrive together share one transaction (design §7).

A flush starts as soon as a lane is free, with all that wait, at most 256 questions; no fixed wait. What waits is
bounded: beyond the bound a request is refused at once with Retry-After. Nobody waits longer than the deadline.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, overload

from daftar.answers import Question, Reply
from daftar.disclosure.affiliation import AffiliationQuestion, AffiliationReply
from daftar.disclosure.sms import IncomingSms, Outcome
from daftar.gate.answering import Answered, Asked
from daftar.gate.lanes import Lane, Poisoned, Refused, Result, Unavailable
from daftar.gate.metrics import BATCH_SIZE
from daftar.gate.problems import Problem
from daftar.gate.ussd.heard import Heard, Said

MOST_TOGETHER = 256
MOST_WAITING = 8192
MOST_WAITING_OF_ONE = MOST_WAITING // 2
DEADLINE_SECONDS = 1.8
SWEEP_SECONDS = 0.1


@dataclass(eq=False, slots=True)
class Waiting:
    """The questions of one request and where its reply is to go."""

    questions: Sequence[Asked]
    reply: "asyncio.Future[Result]"
    client: str
    until: float


class Coalescer:
    """Gathers questions on the event loop and hands them to lanes."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes
        self._idle = list(lanes)
        self._waiting: deque[Waiting] = deque()
        self._count = 0
        self._of_client: Counter[str] = Counter()
        self._flying: dict[Lane, list[Waiting]] = {}
        self._due = False
        self._loop: asyncio.AbstractEventLoop
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the lanes; call it on the running event loop."""
        self._loop = asyncio.get_running_loop()
        for lane in self._lanes:
            lane.start()
        self._sweeper = self._loop.create_task(self._sweep())

    async def stop(self) -> None:
        """End the lanes after their batch at hand."""
        if self._sweeper:
            self._sweeper.cancel()
        for lane in self._lanes:
            await asyncio.to_thread(lane.stop)

    @property
    def waiting(self) -> int:
        """Questions that wait for a lane."""
        return self._count

    @overload
    async def ask(self, questions: Sequence[Question], client: str) -> list[Reply]: ...
    @overload
    async def ask(self, questions: Sequence[AffiliationQuestion], client: str) -> list[AffiliationReply]: ...
    @overload
    async def ask(self, questions: Sequence[IncomingSms], client: str) -> list[Outcome]: ...
    @overload
    async def ask(self, questions: Sequence[Heard], client: str) -> list[Said]: ...
    async def ask(self, questions: Sequence[Asked], client: str) -> Sequence[Answered]:
        """Answers to the questions of one request, together in one transaction.

        Raises Problem `unavailable` (queue full, deadline, database away, a row that cannot be read),
        `too-many-requests` (one client fills half of the queue), `invalid-input` (the database refused a question).
        """
        told = []
        for each in await self._wait(questions, client):
            if isinstance(each, Refused):
                raise _problem(each)
            told.append(each)
        return told

    async def ask_each(self, questions: Sequence[Question], client: str) -> list[Reply | Problem]:
        """As `ask`, but a question that cannot be answered is a problem in its place; the others are told.

        Raises Problem `unavailable`, `too-many-requests` as `ask`, where no question was looked at.
        """
        told = cast("list[Reply | Refused]", await self._wait(questions, client))
        if all(isinstance(each, Unavailable) for each in told):
            raise Problem("unavailable", retry_after=2)
        return [_problem(each) if isinstance(each, Refused) else each for each in told]

    async def _wait(self, questions: Sequence[Asked], client: str) -> Result:
        count = len(questions)
        if self._count + count > MOST_WAITING:
            raise Problem("unavailable", retry_after=1)
        if self._of_client[client] + count > MOST_WAITING_OF_ONE:
            raise Problem("too-many-requests", retry_after=1)
        waiting = Waiting(questions, self._loop.create_future(), client, self._loop.time() + DEADLINE_SECONDS)
        self._waiting.append(waiting)
        self._count += count
        self._of_client[client] += count
        if self._idle and not self._due:
            self._due = True
            self._loop.call_soon(self._flush)  # after the other requests of this turn of the loop
        return await waiting.reply

    def _flush(self) -> None:
        self._due = False
        while self._idle and self._waiting:
            batch = self._gather()
            if batch:
                lane = self._idle.pop()
                self._flying[lane] = batch
                BATCH_SIZE.observe(sum(len(each.questions) for each in batch))
                lane.answer([each.questions for each in batch], self._done)

    def _gather(self) -> list[Waiting]:
        batch: list[Waiting] = []
        count = 0
        while self._waiting and (not batch or count + len(self._waiting[0].questions) <= MOST_TOGETHER):
            waiting = self._take()
            if not waiting.reply.done():  # its client may have gone
                batch.append(waiting)
                count += len(waiting.questions)
        return batch

    def _take(self) -> Waiting:
        waiting = self._waiting.popleft()
        count = len(waiting.questions)
        self._count -= count
        self._of_client[waiting.client] -= count
        if not self._of_client[waiting.client]:
            del self._of_client[waiting.client]
        return waiting

    def _done(self, lane: Lane, results: list[Result]) -> None:
        """Called in the lane's thread."""
        self._loop.call_soon_threadsafe(self._deliver, lane, results)

    def _deliver(self, lane: Lane, results: list[Result]) -> None:
        batch = self._flying.pop(lane)
        self._idle.append(lane)
        self._flush()
        for waiting, result in zip(batch, results, strict=True):
            if not waiting.reply.done():
                waiting.reply.set_result(result)

    async def _sweep(self) -> None:
        """Refuse what has waited past its deadline, in the queue or in a lane that hangs."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self._loop.time()
            while self._waiting and (self._waiting[0].until <= now or self._waiting[0].reply.done()):
                _give_up(self._take())
            for batch in self._flying.values():
                for waiting in batch:
                    if waiting.until <= now:
                        _give_up(waiting)


def _give_up(waiting: Waiting) -> None:
    if not waiting.reply.done():
        waiting.reply.set_exception(Problem("unavailable", retry_after=2))


def _problem(refused: Refused) -> Problem:
    return Problem("invalid-input") if isinstance(refused, Poisoned) else Problem("unavailable", retry_after=2)
