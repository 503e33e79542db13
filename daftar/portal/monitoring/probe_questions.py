"""The probe's known questions, one a channel, and the answers that must come (S2.4, S2.15).

A question returns when the known answer came; anything else is `Wrong` or `NoAnswer`, with a word of ours.
"""

import json
import re
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

from daftar.portal.monitoring.line import Response, send
from daftar.terms.probe import MOBILE, NUMBER, PROBE

SECONDS = 5.0
TOKEN_SECONDS = 240.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
FHIR = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}
CODE = re.compile(r"[0-9]{16}")


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
    ) -> None:
        """`journalled`: whether the probe's question by a channel stands in the journal: SMS bring no answer back."""
        self._base = base
        self._gateways = gateways or {}
        self.journalled = journalled
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

    def gateway(self, name: str) -> dict[str, str]:
        """The header of a gateway of telephones; of the first aggregator of USSD where no name is given."""
        found = name or next((each for each in self._gateways if each != "kannel"), "")
        credentials = f"{found}:{self._gateways.get(found, '')}".encode()
        return {"Authorization": f"Basic {b64encode(credentials).decode()}"}

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


def ask_fhir(asking: Asking) -> None:
    """The same as a CoverageEligibilityRequest: the answer says that nobody is insured by it."""
    sent = {
        "resourceType": "CoverageEligibilityRequest",
        "status": "active",
        "purpose": ["validation"],
        "patient": {"identifier": {"system": f"urn:x:{NUMBER[0]}", "value": NUMBER[1]}},
        "created": f"{datetime.now(UTC):%Y-%m-%d}",
        "insurer": {"display": "-"},
    }
    path = "/fhir/R4/CoverageEligibilityRequest/$submit"
    told = _object(asking.post(path, json.dumps(sent).encode(), FHIR | asking.bearer()))
    insurance = told.get("insurance")
    covered = isinstance(insurance, list) and any(each.get("inforce") for each in insurance if isinstance(each, dict))
    _expect(told.get("resourceType") == "CoverageEligibilityResponse" and not covered)


def ask_sms(asking: Asking) -> None:
    """A provider's message as the gateway hands it in; taken, and answered in the journal: no reply goes out."""
    id = uuid4().hex
    headers = {"X-Kannel-From": MOBILE, "X-Kannel-To": "0", "Content-Type": "text/plain; charset=UTF-8"}
    asking.post(f"/sms/messages?id={id}", NUMBER[1].encode(), headers | asking.gateway("kannel"))
    _expect(asking.journalled("sms"))


def ask_ussd(asking: Asking) -> None:
    """A provider's dialogue in one go, as an aggregator posts it."""
    form = {"sessionId": uuid4().hex, "phoneNumber": MOBILE, "text": f"2*{NUMBER[1]}"}
    screen = asking.post("/ussd/aggregator", urlencode(form).encode(), FORM | asking.gateway(""))
    _expect(screen.startswith(("CON ", "END ")) and asking.journalled("ussd"))


QUESTIONS: dict[str, Callable[[Asking], None]] = {
    "web": ask_web,
    "app": ask_app,
    "sms": ask_sms,
    "ussd": ask_ussd,
    "api": ask_api,
    "fhir": ask_fhir,
}
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
