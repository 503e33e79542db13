"""A thread of the portal that sends mail (daftar.portal.notices.sending); in the demo there is none."""

import threading


def start_sending() -> threading.Event | None:
    """Start sending where a mail server is named; the event stops it. Wants Django set up."""
    from django.conf import settings

    from daftar.portal.notices.sending import keep_sending

    if not settings.MAIL_LEAVES:
        return None
    stop = threading.Event()
    threading.Thread(target=keep_sending, args=(stop,), name="mail", daemon=True).start()
    return stop
