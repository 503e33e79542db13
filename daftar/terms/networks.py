"""The network address by which attempts are counted: who has one of IPv6 has 2^64, which count as one (RFC 6177)."""

from ipaddress import IPv6Address, ip_address

PREFIX, LENGTH = 64, 128


def counted_address(written: str) -> str:
    """An address of IPv4 as it is, also where IPv6 maps it; of IPv6 its first 64 bits. What is no address stays."""
    try:
        found = ip_address(written.partition("%")[0])
    except ValueError:
        return written
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    rest = LENGTH - PREFIX
    return f"{IPv6Address(int(found) >> rest << rest)}/{PREFIX}"
