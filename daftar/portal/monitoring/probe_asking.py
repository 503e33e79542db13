"""How the probe asks: within a time, as a machine, as a gateway of telephones, or as somebody before a page (S2.15)."""

import json
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.conf import settings

from daftar.portal.monitoring.line import Response, send
from daftar.terms.probe import PROBE

SECONDS = 5.0
TOKEN_SECONDS = 240.0
SESSION_SECONDS = 3600.0
SESSION = settings.SESSION_COOKIE_NAME
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Wrong(Exception):
    """The known answer did not come; `problem` is `refused`, `failed` or `wrong_answer`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Asking:
    """Who asks: the address of the service, the probe's client, its token as long as that holds."""

    def __init__(
        self,
        base: str,
        secret: str,
        gateways: Mapping[str, str] | None = None,
        journalled: Callable[[str], bool] = lambda channel: False,
        log_in: Callable[[], str] = str,
    ) -> None:
        """`journalled`: whether the probe's question by a channel stands in the journal: SMS bring no answer back.

        `log_in`: the name of a session of the probe's account, for the pages.
        """
        self._base = base
        self._gateways = gateways or {}
        self.journalled = journalled
        self._log_in, self._session, self._session_until = log_in, "", 0.0
        self._secret = secret
        self._token = ""
        self._until = 0.0

    def get(self, path: str) -> str:
        """A page's text."""
        return self.read(send("GET", self._base + path, seconds=SECONDS))

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> str:
        """What came back."""
        return self.read(send("POST", self._base + path, seconds=SECONDS, body=body, headers=headers))

    def bearer(self) -> dict[str, str]:
        """The header of a machine client; the token is asked for anew before it runs out."""
        if time.monotonic() > self._until:
            form = {"grant_type": "client_credentials", "client_id": PROBE, "client_secret": self._secret}
            told = read_object(self.post("/oauth/token", urlencode(form).encode(), FORM))
            self._token, self._until = str(told.get("access_token", "")), time.monotonic() + TOKEN_SECONDS
        return {"Authorization": f"Bearer {self._token}"}

    def gateway(self, name: str) -> dict[str, str]:
        """The header of a gateway of telephones; of the first aggregator of USSD where no name is given."""
        found = name or next((each for each in self._gateways if each != "kannel"), "")
        credentials = f"{found}:{self._gateways.get(found, '')}".encode()
        return {"Authorization": f"Basic {b64encode(credentials).decode()}"}

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Response:
        """One request to the pages, as somebody who is logged in: the name of the session goes with it."""
        if time.monotonic() > self._session_until:
            self._session, self._session_until = self._log_in(), time.monotonic() + SESSION_SECONDS
        cookie = "; ".join(each for each in (f"{SESSION}={self._session}", headers.pop("cookie", "")) if each)
        sent = {"Cookie": cookie, "Origin": self._base, **headers}
        return send(method, self._base + path, seconds=SECONDS, body=body, headers=sent)

    def forget(self) -> None:
        """After a refusal: the next question asks for a new token, and in a new session."""
        self._until = self._session_until = 0.0

    def read(self, response: Response) -> str:
        """The text of an answer. Raises Wrong for all but 200."""
        if response.status >= 500:
            raise Wrong("failed")
        if response.status >= 400:
            self.forget()
            raise Wrong("refused")
        if response.status != 200:
            self.forget()  # to the page that logs in, for one
            raise Wrong("wrong_answer")
        return response.body.decode("utf-8", "replace")


def read_object(text: str) -> dict[str, object]:
    """What a JSON answer says. Raises Wrong."""
    try:
        told = json.loads(text)
    except ValueError:
        raise Wrong("wrong_answer") from None
    if not isinstance(told, dict):
        raise Wrong("wrong_answer")
    return told


def expect(known: bool) -> None:
    """Go on where the known answer came. Raises Wrong."""
    if not known:
        raise Wrong("wrong_answer")
