"""Log-ins by device: each can be seen and ended by its owner, and all at once (log-out everywhere)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from daftar.portal.accounts.models import Account, LogInSession

IN_SESSION = "log_in_session"
NOTED_EVERY = timedelta(minutes=5)
LASTS = timedelta(seconds=settings.SESSION_COOKIE_AGE)
KEPT = timedelta(days=30)

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")  # each but the first names those after it, too
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
NAMES = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}


def session_start(request: HttpRequest, account: Account, *, at: datetime) -> None:
    """Note a log-in, and forget those of long ago."""
    LogInSession.objects.filter(account=account, seen_at__lt=at - KEPT).delete()
    agent = request.headers.get("User-Agent", "")
    row = LogInSession.objects.create(account=account, browser=browser_named(agent), started_at=at, seen_at=at)
    request.session[IN_SESSION] = row.id.hex


def session_stands(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the log-in of this request is still on; notes that it is used."""
    name = request.session.get(IN_SESSION)
    row = LogInSession.objects.filter(id=UUID(name), account=request.user, ended_at=None).first() if name else None
    if row is not None and at - row.seen_at > NOTED_EVERY:
        LogInSession.objects.filter(id=row.id).update(seen_at=at)
    return row is not None


def session_end(request: HttpRequest, *, at: datetime) -> None:
    """The log-in of this request is over: its owner logs out."""
    if name := request.session.get(IN_SESSION):
        LogInSession.objects.filter(id=UUID(name)).update(ended_at=at)


def sessions_of(account: Account, *, at: datetime) -> list[LogInSession]:
    """Log-ins that are on, the newest use first; a log-in that was not used for as long as it lasts is over."""
    standing = LogInSession.objects.filter(account=account, ended_at=None, seen_at__gt=at - LASTS)
    return list(standing.order_by("-seen_at", "-started_at"))


def sessions_end(account: Account, *, at: datetime, only: UUID | None = None, but: str = "") -> int:
    """End all log-ins of an account, or `only` one, or all `but` the one of a request; how many ended."""
    rows = LogInSession.objects.filter(account=account, ended_at=None)
    if only is not None:
        rows = rows.filter(id=only)
    if but:
        rows = rows.exclude(id=UUID(but))
    return rows.update(ended_at=at)


def browser_named(agent: str) -> str:
    """Browser and system in short words, as far as a User-Agent tells: `Firefox, Windows`."""
    words = (next((word for word in known if word in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(NAMES.get(word, word) for word in words if word)
