"""The terms of institutions and the counter of changes follow every row of a feed, in its transaction (ADR 0014)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from daftar.terms.finding import terms_of
from tests.feeds.conftest import Registry

FIRST = "2026-01-01T00:00:00Z"
LATER = "2026-02-01T00:00:00Z"


def row(code: str, name: str, recorded_at: str = FIRST, **cells: str) -> dict[str, str]:
    """A row of institutions."""
    return {"code": code, "name": name, "region": "cn-360602", "recorded_at": recorded_at} | cells


def stands(registry: Registry) -> None:
    """The terms are those of the words that stand, and no others."""
    wanted = {
        (int(whole), term.encode(), code)
        for code, words in registry.query("SELECT code, words FROM institution")
        for whole, term in terms_of(words)
    }
    found = registry.query("SELECT whole, term, code FROM institution_term")
    assert {(int(whole), bytes(term), code) for whole, term, code in found} == wanted
    assert len(found) == len(wanted)


def version(registry: Registry) -> int:
    """The counter."""
    return registry.query("SELECT version FROM directory_change")[0][0]


def codes(registry: Registry, term: str) -> list[str]:
    """Institutions under a term."""
    found = registry.query("SELECT code FROM institution_term WHERE term = ? ORDER BY code", term.encode())
    return [code for (code,) in found]


def test_a_new_name_takes_the_place_of_the_old_one(registry: Registry) -> None:
    registry.load("institutions", [row("H1", "鹰潭市人民医院"), row("H2", "月湖区诊所")])
    assert codes(registry, "renminyiyuan") == ["H1"]
    registry.load("institutions", [row("H1", "鹰潭市协和医院", LATER)])
    assert codes(registry, "renminyiyuan") == []
    assert codes(registry, "xieheyiyuan") == ["H1"]
    assert codes(registry, "zhensuo") == ["H2"]
    stands(registry)


def test_an_older_row_and_a_second_load_change_nothing(registry: Registry) -> None:
    registry.load("institutions", [row("H1", "鹰潭市协和医院", LATER)])
    before = version(registry)
    registry.load("institutions", [row("H1", "鹰潭市人民医院", FIRST)])
    registry.load("institutions", [row("H1", "鹰潭市协和医院", LATER)], suffix=".csv")
    assert version(registry) == before
    stands(registry)


def test_what_is_withdrawn_is_found_no_more(registry: Registry) -> None:
    registry.load("institutions", [row("H1", "鹰潭市协和医院"), row("H2", "月湖区诊所")])
    registry.load("institutions", [row("H1", "", LATER, deleted="true")])
    assert codes(registry, "xieheyiyuan") == []
    assert registry.query("SELECT words FROM institution WHERE code = 'H1'") == [("",)]
    stands(registry)


def test_the_last_of_several_rows_of_one_file_stands(registry: Registry) -> None:
    registry.load(
        "institutions", [row("H1", "甲医院"), row("H1", "乙医院"), row("H1", "丙医院", LATER), row("H1", "丁")]
    )
    assert codes(registry, "丙医院") == ["H1"]
    stands(registry)


def test_every_table_of_the_directory_raises_the_counter(registry: Registry) -> None:
    seen = [version(registry)]
    for table, cells in (
        ("regions", {"code": "cn", "name": "中国", "level": "country"}),
        ("pooling_regions", {"code": "cn-1", "name": "鹰潭市", "region": "cn-360600"}),
        ("offices", {"code": "o1", "kind": "handling", "name": "经办中心", "department": "异地就医科"}),
        ("institutions", row("H1", "医院")),
    ):
        registry.load(table, [cells])
        seen.append(version(registry))
    assert seen == sorted(set(seen))
    assert "异 地 就 医 科" in registry.query("SELECT words FROM office")[0][0]  # S4.9: by the department too


def test_a_refused_row_leaves_no_term(registry: Registry) -> None:
    report = registry.load("institutions", [row("H" * 33, "鹰潭医院"), row("H2", ""), row("H3", "月湖诊所")])
    assert report.quarantined_rows == 2
    assert registry.query("SELECT DISTINCT code FROM institution_term") == [("H3",)]


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["H1", "H2", "H3"]),
        st.sampled_from(["鹰潭医院", "鹰潭诊所", "نمونه کیان", "A 1", "医"]),
        st.sampled_from([FIRST, LATER]),
        deleted=st.sampled_from(["", "", "true"]),
    ),
    min_size=1,
    max_size=6,
)


def test_terms_stand_after_any_order_of_rows(registry: Registry) -> None:
    @settings(max_examples=25)
    @given(ROWS)
    def loaded(rows: list[dict[str, str]]) -> None:
        registry.load("institutions", rows)
        stands(registry)

    loaded()
