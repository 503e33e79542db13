"""The face check of the member who is being bound: what it is, the camera, the decision (S3.8, ADR 0016).

The challenge is made when «begin» is pressed and waits in the session by its random name; the camera page shows its
moves and sends what it filmed as a form. A capture never touches a disk: one that is larger than memory takes is
dropped while it comes in, and is unreadable.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from daftar.portal.accounts.limits import TOO_MANY, within_limit
from daftar.portal.proxy.binding_draft import CHALLENGE, SAID, Draft
from daftar.portal.proxy.binding_guard import after, with_draft
from daftar.portal.proxy.checking import bind_after_face
from daftar.portal.proxy.faces import Outcome
from daftar.portal.proxy.faces.challenge import MOVES, Challenge, challenge_make
from daftar.portal.proxy.faces.deciding import face_decide
from daftar.portal.proxy.faces.port import Frame, Subject, Verdict
from daftar.portal.proxy.verifying import capture_expected, chosen_verifier, reference_for, without_reference
from daftar.portal.theme.privacy import WITH_CAMERA

OF_ACCOUNT, OF_MEMBER = "proxy_face", "proxy_face_member"
"""Checks of one account, and of one member by whomever, a day."""

PREPARE_MS, STEP_MS = 5000, 4000
"""How long somebody has to take place, and for each move; the pictures are taken in the last third of a step. A capture
that comes before the moves can have been made was not filmed by this page."""

GONE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The challenge of this session, as the camera page shows it."""

    id: UUID
    moves: tuple[str, ...]
    left_ms: int


@with_draft(of_child=False)
def face(request: HttpRequest) -> HttpResponse:
    """What will happen, what came of the last check, and the button that begins."""
    draft, now = request.draft, timezone.now()
    if request.method == "POST":
        if not _may_try(request, draft):
            return _page(request, too_many=True)
        _keep(request, challenge_make(holder=request.user.user, subject=draft.member, at=now))
        return redirect("proxy:camera")
    return _page(request)


@csrf_exempt  # the handler must be in place before anything reads the upload: the check is made by the inner view
def camera(request: HttpRequest) -> HttpResponse:
    """The camera; what it filmed is decided at once."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]  # and no other, which would write to a disk
    return _camera(request)


@csrf_protect
@with_draft(of_child=False)
def _camera(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _decided(request, request.draft)
    waiting = _waiting(request, timezone.now())
    if waiting is None:
        return redirect("proxy:face")
    capture_expected(chosen_verifier())
    context = {"waiting": waiting, "name": request.draft.named.name, "prepare": PREPARE_MS, "step": STEP_MS}
    response = render(request, "proxy/binding/camera.html", context)
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response


def _decided(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Judge what was filmed; bound, or back to the page that says why not."""
    now, account = timezone.now(), request.user
    request.session.pop(CHALLENGE, None)
    verdict = _verdict(request, draft, now)
    bound = bind_after_face(named=draft.named, verdict=verdict, by=account, at=timezone.now())
    if not isinstance(bound, Outcome):
        return after(request, draft, bound)
    request.session[SAID] = bound
    return redirect("proxy:face")


def _verdict(request: HttpRequest, draft: Draft, at: datetime) -> Verdict:
    identifier, verifier = draft.named.identifier, chosen_verifier()
    return face_decide(
        verifier=verifier,
        challenge=_named(request.POST.get("challenge", "")),
        frames=_frames(request),
        subject=Subject(draft.member, identifier.type, identifier.number, draft.named.name),
        reference=reference_for(verifier, draft.member),
        holder=request.user.user,
        at=at,
        takes=timedelta(milliseconds=STEP_MS * (MOVES + 1)),
    )


def _frames(request: HttpRequest) -> list[Frame]:
    files = request.FILES
    return [Frame(step, file.read()) for step in range(MOVES + 1) for file in files.getlist(f"step-{step}")]


def _may_try(request: HttpRequest, draft: Draft) -> bool:
    account, member = request.user.user, draft.member.hex
    return within_limit(request, OF_ACCOUNT, account) and within_limit(request, OF_MEMBER, member)


def _named(typed: str) -> UUID:
    """The challenge that a form names; what is no name at all is one that nobody made."""
    try:
        return UUID(typed)
    except ValueError:
        return GONE


def _keep(request: HttpRequest, challenge: Challenge) -> None:
    request.session[CHALLENGE] = [str(challenge.id), list(challenge.moves), challenge.expires_at.isoformat()]


def _waiting(request: HttpRequest, at: datetime) -> Waiting | None:
    kept = request.session.get(CHALLENGE)
    if kept is None:
        return None
    id, moves, until = kept
    left = int((datetime.fromisoformat(until) - at).total_seconds() * 1000)
    return Waiting(UUID(id), tuple(moves), left) if left > 0 else None


def _page(request: HttpRequest, *, too_many: bool = False) -> HttpResponse:
    without = without_reference(chosen_verifier(), request.draft.member)
    context = {
        "draft": request.draft,
        "said": Outcome.NO_REFERENCE if without else request.session.get(SAID),
        "without": without,
        "too_many": too_many,
    }
    return render(request, "proxy/binding/face.html", context, status=TOO_MANY if too_many else 200)
