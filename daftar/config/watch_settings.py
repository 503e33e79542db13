"""Settings of the watch over the service, from the environment (docs/guides/watch-the-service.md)."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from daftar.config import environment as env
from daftar.terms.mails import read_mail
from daftar.terms.misunderstood import Misunderstood

CHANNELS = ("web", "app", "api", "fhir", "sms", "ussd")
LANGUAGES = ("en", "fa", "zh")


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom the probe asks and who is told when something is wrong; `rules` None: the thresholds that come with us."""

    channels: tuple[str, ...]
    probe_url: str
    rules: Path | None
    alert_mail: tuple[str, ...]
    alert_language: str
    alert_webhook: str
    alert_token: str
    gateways: dict[str, str]  # secrets of the gateways of telephones, as whom the probe asks by SMS and USSD


def watch() -> Watch:
    """`DAFTAR_PROBE`, `DAFTAR_PROBE_URL`, `DAFTAR_ALERTS` and where alerts go."""
    gateways = env.gateways()
    telephones = "".join(f",{name}" for name in ("sms", "ussd") if _reached(name, gateways))
    channels = tuple(env.words("DAFTAR_PROBE", f"web,app,api,fhir{telephones}"))
    if strange := [channel for channel in channels if channel not in CHANNELS]:
        raise env.SettingError(f"DAFTAR_PROBE must name channels out of {', '.join(CHANNELS)}, not {strange[0]!r}")
    rules = os.environ.get("DAFTAR_ALERTS", "")
    return Watch(
        channels=channels,
        probe_url=env.text("DAFTAR_PROBE_URL", env.base_url()).rstrip("/"),
        rules=Path(rules).resolve() if rules else None,
        alert_mail=tuple(_mail(each) for each in env.words("DAFTAR_ALERT_MAIL", "")),
        alert_language=env.one_of("DAFTAR_ALERT_LANGUAGE", LANGUAGES),
        alert_webhook=_webhook(env.text("DAFTAR_ALERT_WEBHOOK", "")),
        alert_token=env.text("DAFTAR_ALERT_TOKEN", ""),
        gateways=gateways,
    )


def _reached(channel: str, gateways: dict[str, str]) -> bool:
    """Whether a channel has the gateway that the probe asks as: Kannel for SMS, an aggregator for USSD."""
    return "kannel" in gateways if channel == "sms" else bool(set(gateways) - {"kannel"})


def _mail(address: str) -> str:
    try:
        return read_mail(address)
    except Misunderstood:
        raise env.SettingError(f"DAFTAR_ALERT_MAIL must name mail addresses, not {address!r}") from None


def _webhook(url: str) -> str:
    """By https, or on this machine: an alert tells what is weak at the moment."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if url and not (here or (parts.scheme == "https" and parts.hostname)):
        raise env.SettingError("DAFTAR_ALERT_WEBHOOK must be an https address")
    return url
