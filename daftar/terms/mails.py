"""E-mail addresses as typed (S4.12): what can be one, and how much of it is shown."""

import re
from typing import NewType

from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood

Mail = NewType("Mail", str)
"""An e-mail address in small letters."""

LONGEST = 254
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def read_mail(text: str) -> Mail:
    """Read an e-mail address (HTML's rule with a domain of two parts or more); capitals count as small letters.

    Raises Misunderstood `required`, `forbidden_character` or `not_a_mail`.
    """
    address = text.strip()
    if not address:
        raise Misunderstood("required")
    refuse_invisible(address)
    address = address.lower()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise Misunderstood("not_a_mail")
    return Mail(address)


def mask_mail(mail: str) -> str:
    """An address for showing where a mail went: the first letter and the domain."""
    name, _, domain = mail.partition("@")
    return f"{name[:1]}•••@{domain}"
