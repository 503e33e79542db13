"""Settings from the environment, typed; a wrong value says which and why (docs/reference/settings.md)."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]

SHORTEST_SECRET = 16
LONGEST_REMEMBERED = 3650
SQLITE_MAPPED = 1 << 30
"""Bytes of a SQLite file that are read as memory: a third less time for what looks up hundreds of rows."""


class SettingError(ValueError):
    """A setting in the environment cannot be used."""


def text(name: str, default: str) -> str:
    """A string."""
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """`true` or `false`."""
    value = os.environ.get(name, str(default)).lower()
    if value not in ("true", "false"):
        raise SettingError(f"{name} must be true or false, not {value!r}")
    return value == "true"


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise SettingError(f"{name} must be a whole number, not {value!r}")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """Comma-separated words."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def state_folder() -> Path:
    """Where the embedded database, the secret and the demo's files lie; absolute."""
    return Path(os.environ.get("DAFTAR_STATE", ROOT / "var")).resolve()


def database_url() -> str:
    """`sqlite:///path` (default: under the state folder) or `postgresql://user:password@host:port/name`."""
    url = os.environ.get("DAFTAR_DATABASE", f"sqlite:///{state_folder() / 'daftar.sqlite3'}")
    parts = urlsplit(url)
    if parts.scheme not in ("sqlite", "postgresql"):
        raise SettingError(f"DAFTAR_DATABASE must begin with sqlite:// or postgresql://, not {parts.scheme!r}")
    if parts.scheme == "sqlite" and (parts.netloc or not parts.path.strip("/")):
        raise SettingError("DAFTAR_DATABASE must be like sqlite:///path, with three slashes")
    if parts.scheme == "postgresql":
        try:
            conninfo_to_dict(url)
        except ProgrammingError:  # its words may hold the password
            raise SettingError("DAFTAR_DATABASE must be like postgresql://user:password@host:port/name") from None
    return url


def base_url() -> str:
    """The address that people and machines reach the installation by, without a slash at the end."""
    return text("DAFTAR_BASE_URL", f"http://127.0.0.1:{number('PORT', 8000)}").rstrip("/")


def certificate_keys() -> Path:
    """Where the keys lie that sign the QR of certificates, the newest first (ADR 0010)."""
    return state_folder() / "certificate-keys"


def photos() -> Path:
    """The folder below which reference photographs lie that rows of the feed `photos` name."""
    return file("DAFTAR_PHOTOS", state_folder() / "photos")


def file(name: str, default: Path) -> Path:
    """A file that is given, or its usual place; absolute."""
    return Path(os.environ.get(name, default)).resolve()


def one_of(name: str, words: tuple[str, ...]) -> str:
    """One of some words; the first is the default."""
    value = os.environ.get(name, words[0])
    if value not in words:
        raise SettingError(f"{name} must be one of {', '.join(words)}, not {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out; no host: mail stays in the outbox."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server() -> MailServer:
    """`DAFTAR_SMTP`: smtp://, smtp+starttls:// or smtps://, with user and password percent-encoded."""
    url = os.environ.get("DAFTAR_SMTP", "")
    if not url:
        return MailServer()
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise SettingError("DAFTAR_SMTP must be like smtp+starttls://user:password@host:587 (or smtp://, smtps://)")
    return MailServer(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """Who judges the faces of a proxy binding: the built-in verifier, or an identity authority at an address.

    `remembered` is how long a picture that comes a second time is known as one.
    """

    verifier: str = "builtin"
    url: str = ""
    token: str = ""
    remembered: timedelta = timedelta(days=90)


def face_check() -> FaceCheck:
    """`DAFTAR_FACES`; with `authority` also its address, by https or on this machine, and the token that it wants."""
    verifier = one_of("DAFTAR_FACES", ("builtin", "authority"))
    days = number("DAFTAR_FACES_DAYS", 90)
    if not 1 <= days <= LONGEST_REMEMBERED:
        raise SettingError(f"DAFTAR_FACES_DAYS must be from 1 to {LONGEST_REMEMBERED} days, not {days}")
    if verifier == "builtin":
        return FaceCheck(remembered=timedelta(days=days))
    url, token = os.environ.get("DAFTAR_FACES_URL", ""), os.environ.get("DAFTAR_FACES_TOKEN", "")
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not (here or (parts.scheme == "https" and parts.hostname)):
        raise SettingError("DAFTAR_FACES_URL must be the https address of the identity authority")
    if not token:
        raise SettingError("DAFTAR_FACES_TOKEN must hold the token of the identity authority")
    return FaceCheck(verifier, url, token, timedelta(days=days))


def log_all_requests() -> bool:
    """`DAFTAR_REQUEST_LOG`: `few` logs failed and slow requests of the portal, `all` every request of both doors."""
    return one_of("DAFTAR_REQUEST_LOG", ("few", "all")) == "all"


def gateways() -> dict[str, str]:
    """Secrets of the gateways of telephones by name: `DAFTAR_KANNEL_SECRET`, `DAFTAR_USSD_GATEWAYS`."""
    found = {"kannel": secret} if (secret := os.environ.get("DAFTAR_KANNEL_SECRET", "")) else {}
    for entry in words("DAFTAR_USSD_GATEWAYS", ""):
        name, _, secret = entry.partition(":")
        if not name or name in found:
            raise SettingError("DAFTAR_USSD_GATEWAYS must be like name:secret,other:secret, each name once")
        found[name] = secret
    if short := [name for name, secret in found.items() if len(secret) < SHORTEST_SECRET]:
        raise SettingError(f"the secret of the gateway {short[0]!r} must have {SHORTEST_SECRET} characters or more")
    return found


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address with its user and password apart."""

    host: str
    port: int
    path: str
    user: str = ""
    password: str = ""
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Kannel:
    """Where SMS leave and who they come from; no `sendsms`: they stay in the outbox."""

    sendsms: WebAddress | None = None
    store: WebAddress | None = None
    reports: str = ""
    secret: str = ""
    number: str = ""


def kannel() -> Kannel:
    """`DAFTAR_KANNEL`, and with it what else Kannel needs to know of us and we of it."""
    if not os.environ.get("DAFTAR_KANNEL"):
        return Kannel()
    secret, number = gateways().get("kannel", ""), os.environ.get("DAFTAR_SMS_NUMBER", "")
    if not secret:
        raise SettingError("DAFTAR_KANNEL wants DAFTAR_KANNEL_SECRET, by which delivery reports are let in")
    if not number:
        raise SettingError("DAFTAR_KANNEL wants DAFTAR_SMS_NUMBER, the number that SMS come from")
    store = web_address("DAFTAR_KANNEL_STORE") if os.environ.get("DAFTAR_KANNEL_STORE") else None
    reports = text("DAFTAR_KANNEL_REPORTS", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
    return Kannel(web_address("DAFTAR_KANNEL"), store, reports, secret, number)


def web_address(name: str) -> WebAddress:
    """http:// or https://, with user and password percent-encoded."""
    parts = urlsplit(os.environ.get(name, ""))
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.password:
        raise SettingError(f"{name} must be like http://user:password@127.0.0.1:13013/path")
    tls = parts.scheme == "https"
    user, password = unquote(parts.username or ""), unquote(parts.password)
    return WebAddress(parts.hostname, parts.port or (443 if tls else 80), parts.path or "/", user, password, tls)


def django_database(url: str) -> dict[str, object]:
    """Django's settings for a database URL; on SQLite every transaction takes the write lock at once."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size={SQLITE_MAPPED};",
            },
        }
    address = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.get("dbname", ""),
        "USER": address.get("user", ""),
        "PASSWORD": address.get("password") or "",
        "HOST": address.get("host", ""),
        "PORT": str(address.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, "options": "-c statement_timeout=30000 -c timezone=UTC"},
    }
