"""The same question of the app many times at once, on both databases: answered once, and told to all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from tests.portal import world
from tests.portal.acting import log_in, told

MANY = 6


@pytest.mark.usefixtures("portal")
def test_repeats_that_overtake_the_first_are_the_same_question() -> None:
    session = log_in("hospital").cookies["session"].value

    def ask(_: int) -> str:
        client = Client()
        client.cookies["session"] = session
        try:
            typed = {"type": world.PAID[0], "number": world.PAID[1], "once": "a-mark"}
            return client.post("/en/app/patient/", typed).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as threads:
        told_to = set(threads.map(ask, range(MANY)))
    assert len(told_to) == 1
    assert len(told(world.key_of(world.PAID))) == 1
