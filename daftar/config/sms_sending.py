"""A thread of the gate that sends SMS (daftar.gate.sms.sending); in the demo, and without a gateway, there is none."""

import threading

from daftar.config import environment as env
from daftar.gate.sms.gateway import Gateway, GatewayAddress
from daftar.gate.sms.sending import Sending
from daftar.store.keys import Secrets


def start_sms_sending(secrets: Secrets) -> threading.Event | None:
    """Start sending where a gateway is named; the event stops it."""
    kannel = env.kannel()
    if not kannel.sendsms or env.flag("DAFTAR_DEMO", False):
        return None
    gateway = Gateway(
        sendsms=_address(kannel.sendsms),
        store=_address(kannel.store) if kannel.store else None,
        reports=kannel.reports,
        secret=kannel.secret,
        number=kannel.number,
    )
    stop = threading.Event()
    sending = Sending(env.database_url(), secrets, gateway)
    threading.Thread(target=sending.until, args=(stop,), name="sms", daemon=True).start()
    return stop


def _address(given: env.WebAddress) -> GatewayAddress:
    return GatewayAddress(given.host, given.port, given.path, given.user, given.password, given.tls)
