"""By which address attempts are counted (S2.9 decision, S1.28)."""

import pytest

from daftar.terms.networks import counted_address


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("unix", "unix"),
        ("192.0.2.999", "192.0.2.999"),
    ],
)
def test_who_has_a_network_of_ipv6_counts_as_one(written: str, counted: str) -> None:
    assert counted_address(written) == counted
