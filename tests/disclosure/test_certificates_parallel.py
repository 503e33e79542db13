"""200 parallel wrong codes are five (S1.28 decision)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from daftar.disclosure.certificates import certificate
from daftar.disclosure.certificates.opening import open_certificate
from daftar.store.connect import connect, transaction
from daftar.store.keys import Secrets
from tests.disclosure.affiliated import AT, journalled
from tests.disclosure.certified import CLERK, WRONG, Bench

TRIES = 200
TOGETHER = 8


def test_two_hundred_wrong_codes_at_once_are_five(
    conn: Any, database_url: str, secrets: Secrets, tmp_path: Path
) -> None:
    bench = Bench(conn, secrets, tmp_path / "keys")
    held = bench.issue()

    def guess(_: int) -> list[str]:
        own = connect(database_url)
        told = []
        for _ in range(TRIES // TOGETHER):
            with transaction(own):
                told.append(
                    open_certificate(own, bench.house, held.number, WRONG, by=CLERK, allowed=True, at=AT).problem
                )
        own.close()
        return told

    with ThreadPoolExecutor(TOGETHER) as threads:
        told = [problem for some in threads.map(guess, range(TOGETHER)) for problem in some]
    assert len(told) == TRIES
    assert told.count("access-code-wrong") == 4
    assert told.count("certificate-locked") == TRIES - 4
    assert certificate(conn, secrets, held.number).wrong_codes == 5
    assert [row[0] for row in journalled(conn, "outcome")].count("wrong_code") == 5
