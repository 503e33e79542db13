"""Telling the owner of a certificate that it was opened, or that wrong codes have locked it (S1.27, S1.28)."""

from datetime import datetime

from daftar.disclosure.certificates import Certificate, House
from daftar.disclosure.notices import notify
from daftar.store.dialect import Connection
from daftar.terms.certificate_codes import number_in_fours


def tell_owner(conn: Connection, house: House, what: str, held: Certificate, at: datetime) -> None:
    """`opened` or `locked`; nobody is told when the owner has no account any more."""
    notify(
        conn,
        house.secrets,
        held.key,
        f"certificate_{what}",
        at=at,
        organisation=held.organisation_name,
        number=number_in_fours(held.number),
    )
