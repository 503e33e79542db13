"""On PostgreSQL contributions of these years lie in monthly partitions, older ones in the default partition."""

from tests.feeds.conftest import Registry, person


def paid(month: str) -> dict[str, str]:
    return person(1, month=month, kind="resident", days="1")


def test_months_are_made_within_reason(people: Registry) -> None:
    report = people.load("contributions", [paid("2026-10"), paid("2027-02"), paid("1990-01"), paid("2100-01")])
    assert report.changed == 4
    assert [row["month"] for row in people.content("contributions")] == [
        "1990-01-01",
        "2026-10-01",
        "2027-02-01",
        "2100-01-01",
    ]
    if people.url.startswith("postgresql"):
        found = people.query("SELECT tableoid::regclass::text FROM contribution ORDER BY month")
        assert [name for (name,) in found] == [
            "contribution_other",
            "contribution_2026_10",
            "contribution_2027_02",
            "contribution_other",
        ]
