"""A thread of the portal that puts messages of campaigns in the outbox (daftar.portal.campaigns.sending)."""

import threading


def start_campaigns() -> threading.Event:
    """Start putting; the event stops it. Wants Django set up."""
    from daftar.portal.campaigns.sending import keep_sending

    stop = threading.Event()
    threading.Thread(target=keep_sending, args=(stop,), name="campaigns", daemon=True).start()
    return stop
