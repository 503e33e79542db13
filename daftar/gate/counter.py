"""Everything that the gate's translators share: secrets, access, lanes, desk. Built once a process."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from daftar.answers import SharedWriter, TrackingCodes
from daftar.gate.access import Access, ClientAccess
from daftar.gate.answering import Answering
from daftar.gate.coalescer import Coalescer
from daftar.gate.desk import Desk
from daftar.gate.lanes import Lane
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.tidying import keep_tidy
from daftar.gate.tokens import Tokens
from daftar.store.keys import Secrets

LANES_POSTGRESQL = 2
LANES_SQLITE = 1  # exactly one writer: SQLite has one write lock


@dataclass(slots=True)
class Counter:
    """The open counter of one process."""

    database_url: str
    secrets: Secrets
    base_url: str
    tracking: TrackingCodes
    tokens: Tokens
    access: Access
    coalescer: Coalescer
    desk: Desk
    proxies: int = 0  # how many proxies of ours stand between the clients and this process
    photos: Path | None = None  # the folder of photographs that pushed rows name
    gateways: Mapping[str, str] = field(default_factory=dict)  # secrets of gateways of telephones, by name
    at_the_end: list[Callable[[], None]] = field(default_factory=list)  # what else is to be finished
    tidying: "asyncio.Task[None] | None" = None
    writer: SharedWriter = field(default_factory=SharedWriter)

    def start(self) -> None:
        """Start threads; on the running event loop."""
        self.access.start()
        self.coalescer.start()
        self.tidying = asyncio.get_running_loop().create_task(keep_tidy(self.desk))

    async def stop(self) -> None:
        """Finish what is at hand."""
        if self.tidying:
            self.tidying.cancel()
        for finish in self.at_the_end:
            await asyncio.to_thread(finish)
        await self.coalescer.stop()
        self.desk.stop()
        self.access.stop()

    def client(
        self, request: Request, scope: str, enough: Callable[[frozenset[str]], bool] | None = None
    ) -> ClientAccess:
        """The client that sent the request, if its token holds and its scope allows.

        `enough` judges a token that was given less than the client's `scope`, in other words. Raises Problem
        `unavailable` (snapshot too old), `unauthorised`, `forbidden`.
        """
        if not self.access.fresh:
            raise Problem("unavailable", retry_after=2)
        kind, _, token = (request.header(b"authorization") or "").partition(" ")
        claims = self.tokens.read(token.strip()) if kind.lower() == "bearer" else None
        if claims is None:
            raise Problem("unauthorised")
        client = self.access.client(claims.client_id)
        if client is None:
            raise Problem("unauthorised")
        granted = scope in claims.scopes if enough is None else enough(claims.scopes)
        if not granted or scope not in client.scopes:
            raise Problem("forbidden")
        return client


def open_counter(
    database_url: str,
    secrets: Secrets,
    base_url: str,
    proxies: int = 0,
    photos: Path | None = None,
    gateways: Mapping[str, str] | None = None,
) -> Counter:
    """Wire a counter for one process; nothing is connected before `start`."""
    tracking = TrackingCodes(secrets)
    lanes = LANES_SQLITE if database_url.startswith("sqlite:") else LANES_POSTGRESQL
    return Counter(
        database_url=database_url,
        secrets=secrets,
        base_url=base_url,
        tracking=tracking,
        tokens=Tokens(secrets),
        access=Access(database_url),
        coalescer=Coalescer(
            [Lane(f"lane-{number}", database_url, Answering(secrets, tracking)) for number in range(lanes)]
        ),
        desk=Desk(database_url),
        proxies=proxies,
        photos=photos,
        gateways=gateways or {},
    )


def now() -> datetime:
    """The clock of this process, in UTC."""
    return datetime.now(UTC)
