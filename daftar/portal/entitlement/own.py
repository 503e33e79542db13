"""Pages of one's own entitlement: identifier and mobile, one-time code, answer (S2.8-S2.10). Nobody logs in.

Who is logged in and acts for a member types neither: both are on record. The session holds the challenge, and for half
an hour the codes that it was told and for whom; never an identifier or a mobile.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.disclosure.own_entitlement import OwnEntitlement, Refused
from daftar.portal.accounts.identity import mobile_of
from daftar.portal.accounts.network import network_address
from daftar.portal.entitlement import services
from daftar.portal.entitlement.forms import OneTimeCodeForm, OwnForm
from daftar.portal.entitlement.registries import next_step
from daftar.portal.entitlement.selectors import identifier_of, own_answer
from daftar.portal.proxy.acting import Acting
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.theme.forms import identifier_types, say, typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions

SHOWN_AGAIN_FOR = timedelta(minutes=30)
CHALLENGE = "own_challenge"
CHALLENGE_FOR = "own_challenge_for"
ANSWERS = "own_answers"
STATUS_OF_PROBLEM = {"mismatch": 422, "too-many-requests": 429, "code-refused": 422}


@for_whom(Act.ASK_ENTITLEMENT)
def start(request: HttpRequest) -> HttpResponse:
    """Identifier and mobile in, one-time code sent; or the message of S2.9."""
    if request.acting:
        return _start_for_member(request, request.acting)
    form = OwnForm(typed(request), types=identifier_types())
    problem = None
    if request.method == "POST" and form.is_valid():
        outcome = services.own_entitlement_start(
            identifier=form.cleaned_data["identifier"],
            mobile=form.cleaned_data["mobile"],
            network_address=network_address(request),
            language=language(),
            at=timezone.now(),
        )
        if isinstance(outcome, UUID):
            return _sent(request, outcome)
        problem = outcome.problem
        form.add_error(None, say("notice.mismatch" if problem == "mismatch" else f"problem.{problem}"))
    context = {"form": form, "advice": say("notice.mismatch_next") if problem == "mismatch" else ""}
    return render(request, "entitlement/own.html", context, status=_status(form, problem))


def _start_for_member(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The code goes to the proxy's own mobile on record, which S2.8 allows (decision)."""
    mobile, identifier = mobile_of(acting.principal), identifier_of(acting.member)
    problem = "" if mobile and identifier else "mismatch"
    if request.method == "POST" and mobile and identifier:
        outcome = services.own_entitlement_start(
            identifier=identifier,
            mobile=mobile,
            network_address=network_address(request),
            language=language(),
            at=timezone.now(),
        )
        if isinstance(outcome, UUID):
            return _sent(request, outcome)
        problem = outcome.problem
    context = {"name": acting.member_name, "problem": problem}
    return render(request, "entitlement/own_member.html", context, status=STATUS_OF_PROBLEM.get(problem, 200))


def _sent(request: HttpRequest, challenge: UUID) -> HttpResponse:
    request.session[CHALLENGE], request.session[CHALLENGE_FOR] = str(challenge), request.page_for
    return redirect("entitlement:own_code")


@for_whom(Act.ASK_ENTITLEMENT)
def code(request: HttpRequest) -> HttpResponse:
    """The one-time code in; on to the answer. Another choice of the person since begins anew."""
    challenge = request.session.get(CHALLENGE)
    if challenge is None or request.session.get(CHALLENGE_FOR) != request.page_for:
        return redirect("entitlement:own")
    form = OneTimeCodeForm(typed(request))
    refused = None
    if request.method == "POST" and form.is_valid():
        outcome = services.own_entitlement_confirm(
            challenge=UUID(challenge), code=form.cleaned_data["code"], at=timezone.now()
        )
        if isinstance(outcome, OwnEntitlement):
            remember(request, outcome)
            return redirect("entitlement:own_answer", outcome.answer.tracking_code)
        refused = outcome
        form.add_error("code", wrong_code(outcome))
    context = {"form": form, "over": refused is not None and not refused.left}
    return render(request, "entitlement/own_code.html", context, status=_status(form, None))


@for_whom(Act.ASK_ENTITLEMENT)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, for the session that was told it."""
    context = answer_told(request, code)
    if context is None:  # the page would name one person and tell of another
        return redirect("entitlement:own")
    return render(request, "entitlement/own_answer.html", context)


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


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was shown."""
    forget(request)
    return redirect("home")


def forget(request: HttpRequest) -> None:
    """The session knows neither a challenge nor an answer any more."""
    for each in (ANSWERS, CHALLENGE, CHALLENGE_FOR):
        request.session.pop(each, None)


def remember(request: HttpRequest, told: OwnEntitlement) -> None:
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


def wrong_code(refused: Refused) -> str:
    """What a wrong code is told."""
    if refused.left:
        return say("input.wrong_code", left=str(refused.left))
    return say("problem.code-refused")


def _status(form: OwnForm | OneTimeCodeForm, problem: str | None) -> int:
    if problem:
        return STATUS_OF_PROBLEM[problem]
    return 422 if form.errors else 200
