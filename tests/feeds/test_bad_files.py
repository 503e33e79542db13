"""Garbage, other encodings, huge lines, broken files: a clear report, the good rows in, never a traceback."""

import gzip
import io
import os
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from daftar.feeds.block import FileRefused
from daftar.feeds.load import load_file
from daftar.feeds.report import problem_text
from daftar.terms.texts import LANGUAGES
from tests.feeds.conftest import NOON, Registry
from tests.feeds.test_tables import as_parquet

HEADER = b"code,name,level\n"


def codes(registry: Registry) -> list[str]:
    return [row["code"] for row in registry.content("regions")]


def parquet_of(rows: int) -> bytes:
    return as_parquet([{"code": f"r{i}", "name": "n", "level": "city"} for i in range(rows)])


REFUSED = {
    "empty": (b"", ".csv", "empty_file"),
    "only spaces": (b" \n\n \n", ".csv", "empty_file"),
    "only a byte order mark": (b"\xef\xbb\xbf", ".csv", "empty_file"),
    "empty Parquet": (b"", ".parquet", "empty_file"),
    "garbage": (os.urandom(3000).replace(b"\n", b""), ".csv", None),
    "garbage lines": (bytes(range(1, 255)) * 40, ".ndjson", "no_json"),
    "garbage Parquet": (b"PAR1" + bytes(1000), ".parquet", "not_parquet"),
    "no header": (b"ir-07,Tehran,province\n", ".csv", "no_header"),
    "unknown column": (b"code,name,level,colour\nr,n,city,red\n", ".csv", "unknown_column"),
    "unknown name": (b'{"code":"r","name":"n","level":"city"}\n{"code":"s","colour":1}\n', ".ndjson", "unknown_column"),
    "doubled column": (b"code,name,level,name\nr,n,city,n\n", ".csv", "doubled_column"),
    "missing column": (b"code,name\nr,n\n", ".csv", "missing_column"),
    "UTF-16": ("code,name,level\nr,n,city\n".encode("utf-16"), ".csv", "not_utf8"),
    "compressed": (gzip.compress(HEADER + b"r,n,city\n"), ".csv", "compressed"),
    "other suffix": (HEADER, ".xlsx", "unknown_format"),
    "truncated Parquet": (parquet_of(5000)[:-300], ".parquet", "not_parquet"),
    "Parquet with a column in Windows-1256": (
        as_parquet([{"code": "r", "name": "n", "level": "city", "other": "o"}]).replace(
            b"other", "نشاني".encode("cp1256")
        ),
        ".parquet",
        "not_utf8",
    ),
    "header of 50 MB": (b"x" * 50_000_000, ".csv", "line_too_long"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_with_its_reason(registry: Registry, case: str) -> None:
    content, suffix, reason = REFUSED[case]
    report = registry.load("regions", content, suffix=suffix)
    assert report.problem == reason or (reason is None and report.problem)
    assert (report.rows, report.changed, codes(registry)) == (0, 0, [])
    for language in LANGUAGES:
        assert problem_text(report.problem, report.problem_names, language)


def test_a_refusal_names_columns_but_not_values(registry: Registry) -> None:
    """A row taken for a header is no header: its values are masked."""
    report = registry.load("regions", b"code,name,level,colour\n", suffix=".csv")
    assert report.problem_names == ("colour",)
    report = registry.load("regions", b"code,0499370899\n", suffix=".csv")
    assert report.problem_names == ("04••••••••",)
    assert registry.query("SELECT problem FROM feed_batch WHERE state = 'refused' ORDER BY id")[1] == (
        "unknown_column: 04••••••••",
    )


def test_a_refused_file_may_come_again(registry: Registry) -> None:
    """After an update of the software, say; nothing of it was loaded."""
    content = b"code,name,level,colour\nr,n,city,red\n"
    for _ in range(2):
        report = registry.load("regions", content, suffix=".csv")
        assert (report.problem, report.already_loaded) == ("unknown_column", False)


def test_an_unknown_table_or_file_is_told(registry: Registry, tmp_path) -> None:
    assert registry.load("galaxies", b"x").problem == "unknown_table"
    missing = load_file(registry.url, registry.secrets, "regions", tmp_path / "no.csv", at=NOON)
    assert missing.problem == "not_readable"


def test_broken_rows_of_csv_cost_themselves_only(registry: Registry) -> None:
    content = (
        "\ufeffcode,name,level\r\n"
        "good1,one,city\r\n"
        "short,one\r\n"
        "long,one,city,more\r\n"
        'lost,"quote,city\r\n'
        'good2,"two, with comma and ""quotes""",city\r\n'
        'even,"a"b,"c\r\n'
        "\r\n"
        "good3,three,city"
    ).encode()
    content = content.replace(b"good3", b"bad\xff\xfe,x,city\ngood3")
    report = registry.load("regions", content, suffix=".csv")
    assert codes(registry) == ["good1", "good2", "good3"]
    assert registry.content("regions")[1]["name"] == 'two, with comma and "quotes"'
    assert [(each.line, each.reason) for each in report.quarantined] == [
        (3, "wrong_number_of_columns"),
        (4, "wrong_number_of_columns"),
        (5, "broken_quotes"),
        (7, "broken_quotes"),
        (9, "not_utf8"),
    ]
    assert report.rows == 8


def test_broken_rows_of_ndjson_cost_themselves_only(registry: Registry) -> None:
    good = b'{"code":"good%d","name":"n","level":"city"}\n'
    content = good % 1 + b'{"code":"cut\n' + b"[1,2]\n" + b'{"code":{"a":1}}\n' + b"[" * 60_000 + b"\n" + good % 2
    report = registry.load("regions", content + good % 3 + b"\x00\n" + b"\xff\n" + (good % 4).strip())
    assert codes(registry) == ["good1", "good2", "good3", "good4"]
    assert [(each.line, each.reason) for each in report.quarantined] == [
        (2, "not_json"),
        (3, "not_an_object"),
        (4, "not_an_object"),
        (5, "not_an_object"),
        (8, "not_json"),
        (9, "not_utf8"),
    ]


@pytest.mark.parametrize("where", ["first", "between", "last"])
def test_a_line_of_50_mb_costs_one_row_and_little_memory(registry: Registry, where: str) -> None:
    long, good = b"x" * 50_000_000, b"good%d,n,city\n"
    content = {
        "first": HEADER + long + b"\n" + good % 1 + good % 2,
        "between": HEADER + good % 1 + long + b"\n" + good % 2,
        "last": HEADER + good % 1 + good % 2 + long,
    }[where]
    path = registry.folder / "long.csv"
    path.write_bytes(content)
    del content, long
    tracemalloc.start()
    report = load_file(registry.url, registry.secrets, "regions", path, at=NOON, rebuild=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(registry) == ["good1", "good2"]
    line = {"first": 2, "between": 3, "last": 4}[where]
    assert [(each.line, each.reason) for each in report.quarantined] == [(line, "line_too_long")]
    assert peak < 30_000_000


def test_lines_beyond_a_block_keep_their_numbers(registry: Registry) -> None:
    """Blocks of 1 MiB are cut anywhere, also inside a character."""
    rows = [f"r{i},{'ی' * 90},city" for i in range(9000)]
    rows[8000] = "broken"
    report = registry.load("regions", HEADER + "\n".join(rows).encode(), suffix=".csv")
    assert [(each.line, each.reason) for each in report.quarantined] == [(8002, "wrong_number_of_columns")]
    assert report.changed == 8999


def test_parquet_that_breaks_off_keeps_its_good_rows(registry: Registry) -> None:
    """Pages cannot be read: the rows before are in, and the report says so."""
    rows = [{"code": f"r{i}", "name": f"name {i}", "level": "city"} for i in range(40_000)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=20_000, compression="zstd")
    content = bytearray(out.getvalue())
    start = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(0).data_page_offset
    content[start : start + 4000] = b"\xff" * 4000
    report = registry.load("regions", bytes(content), suffix=".parquet")
    assert report.problem == "broken_off"
    assert 0 < len(codes(registry)) == report.changed < 40_000
    assert registry.query("SELECT state FROM feed_batch") == [("refused",)]


def test_parquet_with_strange_columns_is_refused(registry: Registry) -> None:
    table = pa.table({"code": ["r"], "name": [["n"]], "level": ["city"]})
    out = io.BytesIO()
    pq.write_table(table, out)
    report = registry.load("regions", out.getvalue(), suffix=".parquet")
    assert (report.problem, report.problem_names) == ("strange_column", ("name",))


@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Tehran"])
def test_a_wild_time_in_parquet_costs_its_row_only(registry: Registry, zone: str | None) -> None:
    times = pa.array([1_750_000_000, 10**12, None, -(10**14)], pa.timestamp("s", tz=zone))
    named = {"code": ["r1", "r2", "r3", "r4"], "name": ["n"] * 4, "level": ["city"] * 4}
    out = io.BytesIO()
    pq.write_table(pa.table(named | {"recorded_at": times}), out)
    report = registry.load("regions", out.getvalue(), suffix=".parquet")
    assert (report.problem, codes(registry)) == (None, ["r1", "r3"])
    found = [(each.line, each.column, each.reason) for each in report.quarantined]
    assert found == [(3, "recorded_at", "not_a_time"), (5, "recorded_at", "not_a_time")]
    assert registry.content("regions")[0]["recorded_at"] == "2025-06-15 15:06:40"


@pytest.mark.parametrize("as_dictionary", [False, True])
def test_a_text_in_parquet_that_is_not_utf8_costs_its_row_only(registry: Registry, as_dictionary: bool) -> None:
    """Late in a block of thousands, in two columns of one row too; the blocks after it are loaded."""
    count, broken = 20_000, {"name": [3, 16_000], "parent": [3, 19_999]}
    columns = {"code": [b"r%d" % i for i in range(count)], "level": [b"city"] * count, "parent": [b""] * count}
    columns["name"] = ["شهر".encode()] * count
    for name, places in broken.items():
        for place in places:
            columns[name][place] = "تهران".encode("cp1256")
    table = pa.table({name: pa.array(cells, pa.binary()).view(pa.string()) for name, cells in columns.items()})
    if as_dictionary:
        table = table.set_column(3, "name", table["name"].dictionary_encode())
    out = io.BytesIO()
    pq.write_table(table, out)
    report = registry.load("regions", out.getvalue(), suffix=".parquet")
    assert (report.problem, report.changed, report.rows) == (None, count - 3, count)
    found = [(each.line, each.column, each.reason, each.masked) for each in report.quarantined]
    assert {(line, reason, masked) for line, _, reason, masked in found} == {
        (place + 2, "not_utf8", "") for place in (3, 16_000, 19_999)
    }
    assert {column for _, column, *_ in found} == {"name", "parent"}
    assert registry.query("SELECT count(*) FROM region WHERE code IN ('r3', 'r16000', 'r19999')") == [(0,)]


def test_a_refusal_speaks_in_one_line() -> None:
    assert str(FileRefused("missing_column", "name", "level")) == "missing_column: name, level"
    assert str(FileRefused("empty_file")) == "empty_file"
