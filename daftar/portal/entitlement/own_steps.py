"""The steps of asking one's own entitlement, the same for the portal's pages and for the app (S2.8-S2.10).

The session holds the challenge, and for half an hour the codes that it was told and for whom; never an identifier or a
mobile.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone

from daftar.disclosure.own_entitlement import OwnEntitlement, Refused
from daftar.portal.accounts.network import network_address
from daftar.portal.entitlement import services
from daftar.portal.entitlement.forms import OneTimeCodeForm, OwnForm
from daftar.portal.entitlement.registries import next_step
from daftar.portal.entitlement.selectors import own_answer
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Channel

INVALID = 422
SHOWN_AGAIN_FOR = timedelta(minutes=30)
CHALLENGE = "own_challenge"
CHALLENGE_FOR = "own_challenge_for"
ANSWERS = "own_answers"
STATUS_OF_PROBLEM = {"mismatch": 422, "too-many-requests": 429, "code-refused": 422}


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one: `done`, or the status of the page that is shown again and what it advises (S2.9)."""

    done: bool = False
    status: int = 200
    advice: str = ""


def send_code(request: HttpRequest, identifier: Identifier, mobile: Mobile) -> str:
    """Send a one-time code and keep in the session that it was; or the problem."""
    outcome = services.own_entitlement_start(
        identifier=identifier,
        mobile=mobile,
        network_address=network_address(request),
        language=language(),
        at=timezone.now(),
    )
    if isinstance(outcome, UUID):
        request.session[CHALLENGE], request.session[CHALLENGE_FOR] = str(outcome), request.page_for
        return ""
    return outcome.problem


def begin(request: HttpRequest, form: OwnForm) -> Step:
    """Identifier and mobile in, one-time code sent; or the message of S2.9."""
    if request.method != "POST" or not form.is_valid():
        return Step(status=INVALID if form.errors else 200)
    problem = send_code(request, form.cleaned_data["identifier"], form.cleaned_data["mobile"])
    if not problem:
        return Step(done=True)
    mismatch = problem == "mismatch"
    form.add_error(None, say("notice.mismatch" if mismatch else f"problem.{problem}"))
    return Step(status=STATUS_OF_PROBLEM[problem], advice=say("notice.mismatch_next") if mismatch else "")


def challenged(request: HttpRequest) -> UUID | None:
    """The challenge whose code this session waits for; none when another person has been chosen since."""
    challenge = request.session.get(CHALLENGE)
    return UUID(challenge) if challenge and request.session.get(CHALLENGE_FOR) == request.page_for else None


def confirm(
    request: HttpRequest, form: OneTimeCodeForm, challenge: UUID, *, channel: Channel = Channel.WEB
) -> OwnEntitlement | Refused | None:
    """The one-time code in, and the answer; Refused stands on the form, too. None where no code came."""
    if request.method != "POST" or not form.is_valid():
        return None
    code = form.cleaned_data["code"]
    outcome = services.own_entitlement_confirm(challenge=challenge, code=code, at=timezone.now(), channel=channel)
    if isinstance(outcome, OwnEntitlement):
        _remember(request, outcome)
    else:
        left = outcome.left
        form.add_error("code", say("input.wrong_code", left=str(left)) if left else say("problem.code-refused"))
    return outcome


def answer_told(request: HttpRequest, code: str) -> dict[str, Any] | None:
    """What the page of an answer shows; None when another person has been chosen since. Raises Http404."""
    told: dict[str, Any] = request.session.get(ANSWERS, {}).get(code)
    if not told or datetime.fromisoformat(told["until"]) < timezone.now():
        raise Http404
    if told["for"] != request.page_for:
        return None
    with transaction.atomic():
        found = own_answer(code)
    if found is None:
        raise Http404
    return {
        "answer": found,
        "jurisdiction": jurisdictions()[told["jurisdiction"]],
        "data_as_of": told["data_as_of"] and datetime.fromisoformat(told["data_as_of"]),
        "ground": told["ground"],
        "next_step": next_step(found.reason, told["jurisdiction"], found.service_day),
    }


def forget(request: HttpRequest) -> None:
    """The session knows neither a challenge nor an answer any more."""
    for each in (ANSWERS, CHALLENGE, CHALLENGE_FOR):
        request.session.pop(each, None)


def _remember(request: HttpRequest, told: OwnEntitlement) -> None:
    """The session was told this; it may read it again for half an hour."""
    request.session.pop(CHALLENGE, None)
    request.session.pop(CHALLENGE_FOR, None)
    request.session.cycle_key()  # whoever knew the session before the code was typed does not know this one
    request.session[ANSWERS] = {
        told.answer.tracking_code: {
            "until": (timezone.now() + SHOWN_AGAIN_FOR).isoformat(),
            "jurisdiction": told.jurisdiction,
            "data_as_of": told.data_as_of and told.data_as_of.isoformat(),
            "ground": told.ground,
            "for": request.page_for,
        }
    }
