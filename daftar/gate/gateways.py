"""Gateways of telephones prove themselves by HTTP Basic: a name of theirs and the secret that the settings give it."""

import binascii
import hmac
from base64 import b64decode
from collections.abc import Mapping

from daftar.gate.problems import Problem
from daftar.gate.request import Request

KANNEL = "kannel"
"""The name of our own gateway; every other one is an aggregator of USSD."""


def gateway_of(request: Request, secrets: Mapping[str, str]) -> str:
    """The name of the gateway that sent the request; compared in constant time, also for an unknown name.

    Raises Problem `not-found` where no gateway is set up, else `unauthorised`.
    """
    if not secrets:
        raise Problem("not-found")
    kind, _, credentials = (request.header(b"authorization") or "").partition(" ")
    name, secret = _read_basic(credentials) if kind.lower() == "basic" else ("", "")
    known = secrets.get(name, "")
    if not hmac.compare_digest(secret.encode(), known.encode()) or not known:
        raise Problem("unauthorised")
    return name


def _read_basic(credentials: str) -> tuple[str, str]:
    try:
        name, _, secret = b64decode(credentials.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return name, secret
