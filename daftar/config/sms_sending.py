"""A thread of the gate that sends SMS (daftar.gate.sms.sending); in the demo, and without a gateway, there is none."""

import threading
from collections.abc import Callable

from daftar.config import environment as env
from daftar.gate.sms.gateway import Gateway, GatewayAddress
from daftar.gate.sms.sending import Sending
from daftar.store.keys import Secrets

PATIENCE_SECONDS = 5.0  # what is at hand is finished; what then still hangs is in doubt, and looked up later


def start_sms_sending(secrets: Secrets) -> Callable[[], None]:
    """Start sending where a gateway is named; call what is returned to end it."""
    kannel = env.kannel()
    if not kannel.sendsms or env.flag("DAFTAR_DEMO", False):
        return lambda: None
    gateway = Gateway(
        sendsms=_address(kannel.sendsms),
        store=_address(kannel.store) if kannel.store else None,
        reports=kannel.reports,
        secret=kannel.secret,
        number=kannel.number,
    )
    stop = threading.Event()
    sending = Sending(env.database_url(), secrets, gateway)
    thread = threading.Thread(target=sending.until, args=(stop,), name="sms", daemon=True)
    thread.start()

    def finish() -> None:
        stop.set()
        thread.join(PATIENCE_SECONDS)

    return finish


def _address(given: env.WebAddress) -> GatewayAddress:
    return GatewayAddress(given.host, given.port, given.path, given.user, given.password, given.tls)
