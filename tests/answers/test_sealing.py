"""The journal is sealed up to the last committed batch, in blocks that anybody with the public key can follow."""

import hashlib
import json
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

import jwt
import msgspec
import pytest

from daftar.answers import LeasedWriter, SharedWriter, ask, record, recording
from daftar.answers.blocks import GENESIS, all_blocks
from daftar.answers.canonical import HIGHEST, LOWEST, read_lines
from daftar.answers.head import Head, HeadForged, advance, read_head, sign_head
from daftar.answers.sealing import Sealer
from daftar.answers.writers import SEQUENCES
from daftar.store.connect import connect, snapshot, transaction
from daftar.store.dialect import execute, execute_together
from daftar.store.journal_keys import read_journal_keys
from daftar.store.keys import Key
from tests.answers.asking import AT, question
from tests.answers.sealing import KEYS, TRACKING, entry, seal, verified, write

DIGEST_OF_EIGHT_ROWS = "6f75f0526e6cb591e820fcd8e569c6a5d0e370d0d68cb16fb51ef3848c3f19b7"


def test_what_is_committed_is_sealed_and_what_is_sealed_is_chained(conn) -> None:
    write(conn, 3, 12)
    sealer = Sealer(conn, KEYS)
    seal(conn, sealer)
    write(conn, 3, 7)
    write(conn, 8, 1)
    seal(conn, sealer)
    with snapshot(conn):
        blocks = list(all_blocks(conn))
    assert [(each.writer, each.first, each.last) for each in blocks] == [(3, 0, 11), (3, 12, 18), (8, 0, 0)]
    assert [each.previous for each in blocks] == [GENESIS, blocks[0].hash, GENESIS]
    assert all(KEYS.holds(each.kid, each.signature, each.hash) for each in blocks)
    report = verified(conn)
    assert (report.rows, report.blocks, report.waiting, report.findings) == (20, 3, 0, [])


def test_nothing_new_makes_no_block(conn) -> None:
    write(conn, 3, 5)
    assert len(seal(conn)) == 1
    assert seal(conn) == []


def test_rows_have_the_same_bytes_on_both_databases_and_alone_or_with_other_statements(conn) -> None:
    writer = SharedWriter(1)
    for number in range(8):
        at, lines = AT + timedelta(microseconds=number * 100_000), [entry(number, Key(UUID(int=number)))]
        with transaction(conn):
            if number % 2:
                execute_together(conn, recording(lines, at=at, writer=writer))
            else:
                record(conn, lines, at=at, writer=writer, tracking=TRACKING)
    lines = [line for _, line in read_lines(conn, LOWEST, HIGHEST, 100)]
    assert msgspec.msgpack.decode(lines[0])[:4] == [10**12, "2026-11-21 09:30:00", "web", "general"]
    assert msgspec.msgpack.decode(lines[7])[1] == "2026-11-21 09:30:00.700000"
    assert "00000000000000000000000000000007" in msgspec.msgpack.decode(lines[7])
    assert "نامه ۷/۱۲" in msgspec.msgpack.decode(lines[4])
    assert hashlib.sha256(b"".join(lines)).hexdigest() == DIGEST_OF_EIGHT_ROWS


def test_two_that_seal_at_once_never_seal_twice(conn, database_url) -> None:
    write(conn, 3, 30)
    one, other = Sealer(conn, KEYS), Sealer(conn, KEYS)
    prepared, again = one.prepare(conn, AT), other.prepare(conn, AT)
    with transaction(conn):
        assert len(one.add(conn, prepared)) == 1
    with transaction(conn):
        assert other.add(conn, again) == []
    write(conn, 3, 1)
    assert [block.first for block in seal(conn, other)] == [30]
    assert verified(conn).findings == []


def test_a_block_holds_no_more_than_it_can_be_checked_with_in_a_moment(conn, monkeypatch) -> None:
    monkeypatch.setattr("daftar.answers.sealing.MOST_ROWS", 4)
    write(conn, 3, 10)
    assert [(block.first, block.last) for block in seal(conn)] == [(0, 3), (4, 7), (8, 9)]
    assert verified(conn).findings == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_leased_writer_is_sealed_while_it_writes_and_after_it_has_gone(conn, database_url) -> None:
    sealer = Sealer(conn, KEYS)
    seal(conn, sealer)
    lane = connect(database_url)
    writer = LeasedWriter(lane)
    for held in (True, False):
        with transaction(lane):
            ask(lane, [question(), question()], at=AT, writer=writer, tracking=TRACKING)
        writer.committed()
        if not held:
            seal(conn, sealer)
            lane.close()
        assert [block.writer for block in seal(conn, sealer)] == ([writer.number] if held else [])
    report = verified(conn)
    assert (report.rows, report.waiting, report.findings) == (4, 0, [])


def test_an_untouched_journal_never_complains_while_it_is_written(conn, database_url) -> None:
    stop, failures = Event(), []

    def busy(number: int) -> None:
        own = connect(database_url)
        try:
            while not stop.is_set():
                write(own, number, 7, months=True)
        except Exception as error:
            failures.append(error)
        own.close()

    writers = [Thread(target=busy, args=(number,)) for number in (1, 2)]
    for thread in writers:
        thread.start()
    sealer = Sealer(conn, KEYS)
    reports, head = [], Head(AT, {})
    try:
        for _ in range(12):
            sealed = seal(conn, sealer)
            head, broken = advance(conn, head, {block.writer for block in sealed}, AT)
            assert not broken
            reports.append(verified(conn, head))
    finally:
        stop.set()
        for thread in writers:
            thread.join()
    assert failures == []
    assert [report.findings for report in reports if report.findings] == []
    assert reports[-1].rows > reports[0].rows


def test_the_head_is_a_jws_that_other_libraries_verify(conn) -> None:
    write(conn, 3, 6)
    head, _ = advance(conn, Head(AT, {}), {block.writer for block in seal(conn)}, AT)
    content = sign_head(head, KEYS)
    assert read_head(content, KEYS) == head
    jws = json.loads(content)
    key = jwt.PyJWK(jws["header"]["jwk"]).key
    payload = jwt.api_jws.decode(f"{jws['protected']}.{jws['payload']}.{jws['signature']}", key, algorithms=["EdDSA"])
    assert json.loads(payload)["writers"]["3"]["sequence"] == 5
    payload = jws["payload"][:-4] + "AAAA"
    with pytest.raises(HeadForged):
        read_head(json.dumps(jws | {"payload": payload}).encode(), KEYS)
    with pytest.raises(HeadForged):
        read_head(b"", KEYS)


def test_the_head_never_goes_back_or_over_to_another_chain(conn) -> None:
    write(conn, 3, 6)
    head, _ = advance(conn, Head(AT, {}), {block.writer for block in seal(conn)}, AT)
    with transaction(conn):
        for table, column in (("inquiry", "id >= ?"), ("journal_block", "? > 0")):
            execute(conn, f"DELETE FROM {table} WHERE {column}", [3 * SEQUENCES])
        execute(conn, "UPDATE writer SET next_sequence = 0 WHERE number = 3")
    write(conn, 3, 4)
    seal(conn)
    write(conn, 3, 4)
    later, broken = advance(conn, head, {block.writer for block in seal(conn)}, AT)
    assert later.writers == head.writers
    write(conn, 3, 4)
    _, broken = advance(conn, head, {block.writer for block in seal(conn)}, AT)
    assert broken == {3}
    assert [str(each.what) for each in verified(conn, head).findings] == ["truncated"]


def test_keys_are_made_once_and_an_older_one_still_verifies(tmp_path) -> None:
    first = read_journal_keys(tmp_path)
    assert read_journal_keys(tmp_path).signing_kid == first.signing_kid
    signature = first.sign(b"block")
    other = read_journal_keys(tmp_path / "other")
    (tmp_path / "0002.pem").write_bytes((tmp_path / "other" / "0001.pem").read_bytes())
    both = read_journal_keys(tmp_path)
    assert both.signing_kid == other.signing_kid
    assert both.holds(first.signing_kid, signature, b"block")
    assert not both.holds(other.signing_kid, signature, b"block")
    assert not both.holds("", signature, b"block")
    assert (tmp_path / "0001.pem").stat().st_mode & 0o077 == 0
