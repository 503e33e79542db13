"""A thread of the portal that writes down what the calendar has ended (daftar.portal.proxy.calendar_watch)."""

import threading


def start_ending() -> threading.Event:
    """Start watching the calendar; the event stops it. Wants Django set up."""
    from daftar.portal.proxy.calendar_watch import keep_ending

    stop = threading.Event()
    threading.Thread(target=keep_ending, args=(stop,), name="bindings", daemon=True).start()
    return stop
