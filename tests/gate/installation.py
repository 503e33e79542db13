"""A served gate for tests: its own process on loopback, a provider with an agreement, a few persons."""

import os
import secrets as random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from daftar.disclosure.clients import client_make
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from daftar.terms.identifiers import ir_check_digit

READY_SECONDS = 60


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def national_code(serial: int) -> str:
    """A national code of place 000, which is not assigned."""
    nine = f"000{serial:06d}"
    return nine + str(ir_check_digit(nine))


@contextmanager
def served(
    url: str, *, part: str = "gate", log: Path | None = None, port: int | None = None, **environment: str
) -> Iterator["Server"]:
    """Serve `part` on a free port, or a given one, until the block ends."""
    port = port or free_port()
    settings = os.environ | {"DAFTAR_DATABASE": url, "DAFTAR_LOG": "debug"} | environment
    with (log or Path(os.devnull)).open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "daftar.config.cli", "serve", part, "--port", str(port)],
            env=settings,
            stdout=output,
            stderr=output,
            start_new_session=True,  # so that a test may kill server and worker together
        )
        server = Server(f"http://127.0.0.1:{port}", process)
        try:
            server.wait_until_ready()
            yield server
        finally:
            server.stop()


@dataclass
class Server:
    """A running server."""

    base: str
    process: "subprocess.Popen[bytes]"

    def wait_until_ready(self) -> None:
        """Wait for /readyz."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            try:
                if httpx.get(f"{self.base}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise RuntimeError("the server did not become ready")

    def kill(self) -> None:
        """kill -9 of the server and its worker: the process group that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> None:
        """End it as a service manager would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Registry:
    """Writes the few rows that a test of the gate needs, each committed at once."""

    url: str
    secrets: Secrets
    secret: str = field(default_factory=lambda: random.token_urlsafe(32))

    def write(self, *statements: tuple[str, list[Any]]) -> None:
        """Run statements in one transaction."""
        conn = connect(self.url)
        with transaction(conn):
            for sql, values in statements:
                execute(conn, sql, values)
        conn.close()

    def read(self, sql: str, *values: Any) -> list[Any]:
        """Rows of a query."""
        conn = connect(self.url)
        found = list(execute(conn, sql, values).fetchall())
        conn.close()
        return found

    def organisation(self, code: str, *, kind: str = "provider", ends: date | None = None, purposes: str = "") -> None:
        """An organisation with one agreement."""
        now = datetime.now(UTC)
        self.write(
            (
                "INSERT INTO organisation (code, kind, name, province, address, provider_type, ownership, institution,"
                " suspended, office, recorded_at, withdrawn) VALUES (?, ?, ?, '', '', '', '', '', ?, '', ?, ?)",
                [code, kind, code, False, now, False],
            ),
            (
                "INSERT INTO agreement (organisation, number, starts, ends, purposes, office, recorded_at, withdrawn)"
                " VALUES (?, '1', ?, ?, ?, '', ?, ?)",
                [code, date(2020, 1, 1), ends, purposes, now, False],
            ),
            ("UPDATE access_change SET version = version + 1", []),
        )

    def client(self, client_id: str, organisation: str, scopes: str = "eligibility", jwks: str = "") -> None:
        """A machine client whose secret is `self.secret`."""
        conn = connect(self.url)
        with transaction(conn):
            client_make(
                conn,
                self.secrets,
                client_id=client_id,
                organisation=organisation,
                scopes=scopes,
                secret=self.secret,
                jwks=jwks,
                at=datetime.now(UTC),
            )
        conn.close()

    def person(self, number: str, *, mobile: str = "", born: date = date(1980, 1, 1), verified: bool = True) -> Key:
        """A known person."""
        key = self.secrets.key("ir-national-code", number)
        sealed = seal_fields(self.secrets, "person", {"mobile": mobile})
        self.write(
            (
                "INSERT INTO person (key, jurisdiction, sex, birth_date, insured_region, residence_region, card_state,"
                " mobile_key, mobile_verified, sealed, office, recorded_at, withdrawn)"
                " VALUES (?, 'ir', '', ?, '', '', '', ?, ?, ?, '', ?, ?)",
                [
                    key,
                    born,
                    self.secrets.mobile_key(mobile) if mobile else None,
                    verified,
                    sealed,
                    datetime.now(UTC),
                    False,
                ],
            )
        )
        return key

    def span(self, key: Key, starts: date, ends: date | None, insurer: str = "ir-sso") -> None:
        """A span of cover."""
        self.write(
            (
                "INSERT INTO coverage (key, insurer, starts, ends, basis, reason, reason_after, rule_version)"
                " VALUES (?, ?, ?, ?, 'compulsory', 'contribution_paid', 'contribution_lapsed', 'test')",
                [key, insurer, starts, ends],
            )
        )


def token(base: str, client_id: str, secret: str, **form: str) -> httpx.Response:
    """Ask for an access token."""
    return httpx.post(
        f"{base}/oauth/token",
        data={"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret} | form,
    )
