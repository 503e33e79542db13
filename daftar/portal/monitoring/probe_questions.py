"""The probe's known questions to machines and telephones, one a channel, and the answers that must come (S2.4, S2.15).

A question returns when the known answer came; anything else is `Wrong` or `NoAnswer`, with a word of ours.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

from daftar.portal.monitoring.probe_asking import FORM, Asking, expect, read_object
from daftar.portal.monitoring.probe_pages import ask_app, ask_web
from daftar.terms.probe import MOBILE, NUMBER

JSON = {"Content-Type": "application/json"}
FHIR = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}
CODE = re.compile(r"[0-9]{16}")


def ask_api(asking: Asking) -> None:
    """A provider's question by JSON: nobody is not covered, and the answer has a tracking code (S2.7)."""
    body = json.dumps({"subject": {"type": NUMBER[0], "number": NUMBER[1]}}).encode()
    told = read_object(asking.post("/api/v1/eligibility-inquiries", body, JSON | asking.bearer()))
    expect(told.get("status") == "not_covered" and CODE.fullmatch(str(told.get("tracking_code"))) is not None)


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
    told = read_object(asking.post(path, json.dumps(sent).encode(), FHIR | asking.bearer()))
    insurance = told.get("insurance")
    covered = isinstance(insurance, list) and any(each.get("inforce") for each in insurance if isinstance(each, dict))
    expect(told.get("resourceType") == "CoverageEligibilityResponse" and not covered)


def ask_sms(asking: Asking) -> None:
    """A provider's message as the gateway hands it in; taken, and answered in the journal: no reply goes out."""
    id = uuid4().hex
    headers = {"X-Kannel-From": MOBILE, "X-Kannel-To": "0", "Content-Type": "text/plain; charset=UTF-8"}
    asking.post(f"/sms/messages?id={id}", NUMBER[1].encode(), headers | asking.gateway("kannel"))
    expect(asking.journalled("sms"))


def ask_ussd(asking: Asking) -> None:
    """A provider's dialogue in one go, as an aggregator posts it."""
    form = {"sessionId": uuid4().hex, "phoneNumber": MOBILE, "text": f"2*{NUMBER[1]}"}
    screen = asking.post("/ussd/aggregator", urlencode(form).encode(), FORM | asking.gateway(""))
    expect(screen.startswith(("CON ", "END ")) and asking.journalled("ussd"))


QUESTIONS: dict[str, Callable[[Asking], None]] = {
    "web": ask_web,
    "app": ask_app,
    "sms": ask_sms,
    "ussd": ask_ussd,
    "api": ask_api,
    "fhir": ask_fhir,
}
"""In the order of the status page."""
