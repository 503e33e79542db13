"""From a gateway's request to what is said to it; each gateway phrases both in its own way."""

import time
from uuid import UUID

from daftar.gate.counter import Counter
from daftar.gate.metrics import INQUIRIES, LATENCY, REFUSED
from daftar.gate.problems import Problem
from daftar.gate.ussd import screens
from daftar.gate.ussd.heard import Heard, Said
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import Mobile, read_network_number
from daftar.terms.outcomes import Channel
from daftar.terms.texts import DEFAULT_LANGUAGE

LARGEST_BODY = 8 * 1024
_LATENCY = LATENCY.labels(Channel.USSD)
_PASSING = ("unavailable", "too-many-requests")
"""Problems that a person can do something about, so that the screen says so."""


async def ask(counter: Counter, heard: Heard) -> Said:
    """What is said, once all of it is committed; while the database is away that it is, and whom to call."""
    began = time.perf_counter()
    try:
        (said,) = await counter.coalescer.ask((heard,), f"mobile:{heard.caller.hex}")
    except Problem as problem:
        if problem.slug not in _PASSING:
            raise
        REFUSED.labels(problem.slug).inc()
        return sorry(jurisdictions()[heard.jurisdiction])
    for status in said.told:
        INQUIRIES.labels(Channel.USSD, status).inc()
    _LATENCY.observe(time.perf_counter() - began)
    return said


def read_caller(number: str) -> tuple[Mobile, Jurisdiction] | None:
    """The mobile that called and the jurisdiction of its country; None for any other telephone."""
    for each in jurisdictions().values():
        try:
            return read_network_number(number, [each.mobile_country]), each
        except Misunderstood:
            continue
    return None


def dialogue_id(secrets: Secrets, gateway: str, session: str) -> UUID:
    """The id of a dialogue, which tells nothing of the name that the gateway has for it."""
    return secrets.key("ussd-dialogue", f"{gateway}\0{session}")


def sorry(jurisdiction: Jurisdiction) -> Said:
    """That the service is away for the moment."""
    return Said(screens.words("unavailable", jurisdiction.language, hotline=jurisdiction.hotline), ends=True)


def stranger() -> Said:
    """To a telephone that is no mobile of a country served here."""
    return Said(screens.words("not_a_mobile", DEFAULT_LANGUAGE), ends=True)
