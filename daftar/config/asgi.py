"""The ASGI apps that a server runs: the gate, the portal, or both on one port (design §7)."""

import os
import threading
from importlib import import_module
from typing import Any

from daftar.config import environment as env
from daftar.config.bindings_ending import start_ending
from daftar.config.campaign_sending import start_campaigns
from daftar.config.file_work import start_working
from daftar.config.logs import configure_logs
from daftar.config.mail_sending import start_sending
from daftar.config.registry_asking import start_asking
from daftar.config.sms_sending import start_sms_sending
from daftar.config.traffic_keeping import start_keeping
from daftar.config.watching import start_watching
from daftar.gate.app import PREFIXES, Gate, calm_collector
from daftar.gate.counter import open_counter
from daftar.gate.request import Receive, Scope, Send
from daftar.rules.engine.duckdb import warm_up
from daftar.store.keys import read_secrets

PORTAL_THREADS = 8


def gate() -> Gate:
    """The gate alone."""
    configure_logs()
    secrets = read_secrets(env.state_folder() / "secret")
    proxies = env.number("DAFTAR_PROXIES", 0)
    start_keeping()
    counter = open_counter(env.database_url(), secrets, env.base_url(), proxies, env.photos(), env.gateways())
    counter.at_the_end.append(start_sms_sending(secrets))
    return Gate(counter, log_all=env.log_all_requests())


def portal() -> Any:
    """The portal alone: Django as WSGI in threads (measured: four times the requests of its ASGI)."""
    configure_logs()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    from a2wsgi import WSGIMiddleware
    from django.core.wsgi import get_wsgi_application

    threading.Thread(target=warm_up, name="law", daemon=True).start()
    application: Any = get_wsgi_application()  # Django's types do not say that its response is iterable
    start_sending()
    start_ending()
    start_campaigns()
    start_asking()
    start_working()
    start_watching()
    start_keeping()
    import_module("daftar.config.urls")  # all pages, before the collector is told to leave alone what is there
    calm_collector()
    return Coroutines(WSGIMiddleware(application, workers=PORTAL_THREADS))


class Coroutines:
    """Hands coroutines to a2wsgi, which runs them from other threads: Granian's own are bare awaitables."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""

        async def receiving() -> Any:
            return await receive()

        async def sending(message: Any) -> None:
            await send(message)

        await self.app(scope, receiving, sending)


class Both:
    """Gate and portal on one port: the gate's paths to the gate, the rest to the portal."""

    def __init__(self) -> None:
        self.gate = gate()
        self.portal = portal()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""
        if scope["type"] == "http" and not scope["path"].startswith(PREFIXES):
            await self.portal(scope, receive, send)
        else:
            await self.gate(scope, receive, send)


def both() -> Both:
    """Gate and portal."""
    return Both()
