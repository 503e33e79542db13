"""Keys that sign certificates: made once, added to, published (ADR 0010)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from daftar.store.signing_keys import add_signing_key, signing_keys


def test_the_first_one_is_made_once_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    (first,) = signing_keys(tmp_path / "keys")
    (again,) = signing_keys(tmp_path / "keys")
    assert first.kid == again.kid
    assert (tmp_path / "keys" / "0001.pem").stat().st_mode & 0o777 == 0o600


def test_the_newest_signs_and_the_old_ones_stay(tmp_path: Path) -> None:
    (old,) = signing_keys(tmp_path)
    new = add_signing_key(tmp_path)
    assert [each.kid for each in signing_keys(tmp_path)] == [new.kid, old.kid]
    assert old.kid != new.kid


def test_many_first_starts_at_once_make_one_key(tmp_path: Path) -> None:
    for folder in (tmp_path / str(start) for start in range(50)):
        with ThreadPoolExecutor(8) as threads:
            kids = [tuple(key.kid for key in keys) for keys in threads.map(signing_keys, [folder] * 8)]
        assert len(set(kids)) == len(kids[0]) == 1


def test_what_is_published_holds_no_private_part(tmp_path: Path) -> None:
    jwk = signing_keys(tmp_path)[0].public_jwk()
    assert set(jwk) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    other = ec.generate_private_key(ec.SECP384R1())
    (tmp_path / "0001.pem").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(ValueError, match="P-256"):
        signing_keys(tmp_path)
