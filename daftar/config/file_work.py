"""The worker of inquiry files: a thread of the portal, or a process of its own by `daftar work`."""

import signal
from types import FrameType


def start_working() -> None:
    """Start the worker's thread; it ends with the process. Wants Django set up."""
    from daftar.portal.affiliation.work import Work

    Work().start()


def work_until_stopped() -> None:
    """Work in this process until SIGINT or SIGTERM; the part at hand is finished first. Wants Django set up."""
    from daftar.portal.affiliation.work import Work

    work = Work()

    def stop(number: int, frame: FrameType | None) -> None:
        work.stop()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    work.run()
