"""E-mail addresses as people type them (S4.12)."""

import pytest

from daftar.terms.mails import mask_mail, read_mail
from daftar.terms.misunderstood import Misunderstood


@pytest.mark.parametrize("typed", ["reza@example.org", " Reza@Example.ORG ", "REZA@EXAMPLE.ORG"])
def test_capitals_and_spaces_around_do_not_matter(typed: str) -> None:
    assert read_mail(typed) == "reza@example.org"


@pytest.mark.parametrize("typed", ["a.b+c@mail.example.co", "x@xn--fiqs8s.cn", "1@2.ir"])
def test_unusual_addresses_are_taken(typed: str) -> None:
    assert read_mail(typed) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("reza", "not_a_mail"),
        ("reza@localhost", "not_a_mail"),
        ("@example.org", "not_a_mail"),
        ("a@b@example.org", "not_a_mail"),
        ("a b@example.org", "not_a_mail"),
        ("a@-example.org", "not_a_mail"),
        ("رضا@example.org", "not_a_mail"),
        (f"{'a' * 65}@example.org", "not_a_mail"),
        (f"a@{'b.' * 200}org", "not_a_mail"),
        ("a@example.org\nbcc: b@example.org", "forbidden_character"),
        ("a\u202e@example.org", "forbidden_character"),
        ("a\u0000@example.org", "forbidden_character"),
    ],
)
def test_what_cannot_be_an_address(typed: str, code: str) -> None:
    with pytest.raises(Misunderstood) as error:
        read_mail(typed)
    assert error.value.code == code


def test_a_mask_keeps_the_domain() -> None:
    assert mask_mail("reza@example.org") == "r•••@example.org"
