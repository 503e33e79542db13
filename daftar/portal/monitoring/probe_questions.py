"""The probe's known questions, one a channel, and the answers that must come (S2.4, S2.15).

A question returns when the known answer came; anything else is `Wrong` or `NoAnswer`, with a word of ours.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from daftar.portal.monitoring.line import Response, send
from daftar.terms.probe import NUMBER, PROBE

SECONDS = 5.0
TOKEN_SECONDS = 240.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
CODE = re.compile(r"[0-9]{16}")


class Wrong(Exception):
    """The known answer did not come; `problem` is `refused`, `failed` or `wrong_answer`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Asking:
    """Who asks: the address of the service, the probe's client, its token as long as that holds."""

    def __init__(self, base: str, secret: str) -> None:
        self._base = base
        self._secret = secret
        self._token = ""
        self._until = 0.0

    def get(self, path: str) -> str:
        """A page's text."""
        return self._read(send("GET", self._base + path, seconds=SECONDS))

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> str:
        """What came back."""
        return self._read(send("POST", self._base + path, seconds=SECONDS, body=body, headers=headers))

    def bearer(self) -> dict[str, str]:
        """The header of a machine client; the token is asked for anew before it runs out."""
        if time.monotonic() > self._until:
            form = {"grant_type": "client_credentials", "client_id": PROBE, "client_secret": self._secret}
            told = _object(self.post("/oauth/token", urlencode(form).encode(), FORM))
            self._token, self._until = str(told.get("access_token", "")), time.monotonic() + TOKEN_SECONDS
        return {"Authorization": f"Bearer {self._token}"}

    def forget_token(self) -> None:
        """After a refusal: the next question asks for a new one."""
        self._until = 0.0

    def _read(self, response: Response) -> str:
        if response.status >= 500:
            raise Wrong("failed")
        if response.status >= 400:
            self.forget_token()
            raise Wrong("refused")
        if response.status != 200:
            raise Wrong("wrong_answer")
        return response.body.decode("utf-8", "replace")


def ask_web(asking: Asking) -> None:
    """The page on which the insured ask stands, with its fields."""
    _expect('name="number"' in asking.get("/fa/entitlement/own/"))


def ask_app(asking: Asking) -> None:
    """The app's first page stands."""
    _expect("/static/app/" in asking.get("/fa/app/"))


def ask_api(asking: Asking) -> None:
    """A provider's question by JSON: nobody is not covered, and the answer has a tracking code (S2.7)."""
    body = json.dumps({"subject": {"type": NUMBER[0], "number": NUMBER[1]}}).encode()
    told = _object(asking.post("/api/v1/eligibility-inquiries", body, JSON | asking.bearer()))
    _expect(told.get("status") == "not_covered" and CODE.fullmatch(str(told.get("tracking_code"))) is not None)


QUESTIONS: dict[str, Callable[[Asking], None]] = {"web": ask_web, "app": ask_app, "api": ask_api}
"""In the order of the status page."""


def _object(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except ValueError:
        raise Wrong("wrong_answer") from None
    if not isinstance(told, dict):
        raise Wrong("wrong_answer")
    return told


def _expect(known: bool) -> None:
    if not known:
        raise Wrong("wrong_answer")
