"""Files of inquiries on the panel: send one, watch it, fetch its answers (S1.7, S1.29)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from daftar.disclosure.affiliation import AffiliationRefused
from daftar.portal.accounts.models import Role
from daftar.portal.affiliation import files, services
from daftar.portal.affiliation.forms import FileForm
from daftar.portal.affiliation.guards import ASKERS, SUPERVISORS, asker, for_panel
from daftar.portal.affiliation.models import InquiryFile
from daftar.portal.affiliation.selectors import file_of, files_of
from daftar.portal.affiliation.services import Asker, Letter
from daftar.portal.affiliation.upload import LONGEST_BYTES, InMemory
from daftar.portal.theme.forms import say, typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood

INVALID = 422


@csrf_exempt  # the handler must be in place before anything reads the upload: the check is made by the inner view
def all_files(request: HttpRequest) -> HttpResponse:
    """The organisation's files, and the form to send one."""
    request.upload_handlers = [InMemory(request)]
    return _all_files(request)


@csrf_protect
@for_panel(*ASKERS, ended_may=True)
def _all_files(request: HttpRequest) -> HttpResponse:
    by = asker(request)
    sent = request.FILES if request.method == "POST" else None  # with files, be they none, a form counts as sent
    form = FileForm(typed(request), sent, kind=by.kind)
    if request.method == "POST":
        file = _take_in(request, form)
        if file is not None:
            return redirect("affiliation:file", file.id)
    context = {
        "form": form,
        "files": [each for each in files_of(by.organisation) if _may_see(request, each)],
        "organisation": request.organisation,
        "zone": by.jurisdiction,
    }
    return render(request, "affiliation/files.html", context, status=INVALID if form.errors else 200)


def _take_in(request: HttpRequest, form: FileForm) -> InquiryFile | None:
    """Keep the file, or put at the fields what is wrong with it; a refusal is journalled. Raises PermissionDenied."""
    now, by, letter = timezone.now(), asker(request), form.letter()
    if not request.may_ask:
        services.file_refusal_record(refused=AffiliationRefused("no-agreement"), letter=letter, by=by, at=now)
        raise PermissionDenied(say("problem.no-agreement"))
    file = _keep(request, form, letter, by, now)
    if file is None:
        refused = AffiliationRefused("invalid-input", tuple(form.faults()))
        services.file_refusal_record(refused=refused, letter=letter, by=by, at=now)
    return file


def _keep(request: HttpRequest, form: FileForm, letter: Letter, by: Asker, now: datetime) -> InquiryFile | None:
    """Keep the file; None when something is wrong with it or its letter, which the form then says."""
    if getattr(request, "upload_too_large", False):
        form.errors.pop("file", None)  # it was not read, and does not count as missing
        form.refuse("file", Misunderstood("file_too_large", most=str(LONGEST_BYTES // 1024**2)))
        return None
    if not form.is_valid() or not form.letter_suits(by.kind, jurisdictions()[by.jurisdiction].today(now)):
        return None
    try:
        return files.file_take_in(
            content=form.cleaned_data["file"].file,
            organisation=by.organisation,
            kind=by.kind,
            account=by.account,
            jurisdiction=by.jurisdiction,
            language=language(),
            reference=(letter.number or "", letter.dated),
            at=now,
        )
    except Misunderstood as error:
        form.refuse("file", error)
        return None


@for_panel(*ASKERS, ended_may=True)
def file(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far a file has come, what its lines came to, and its answers."""
    found = _file(request, id)
    context = {
        "file": found,
        "percent": 100 * found.done // found.lines,
        "organisation": request.organisation,
        "kept_days": files.KEPT.days,
        "zone": request.user.jurisdiction,
        "counts": sorted(found.outcomes.items()),
    }
    if request.htmx:
        return render(request, "affiliation/file_progress.html", context)
    return render(request, "affiliation/file.html", context)


@require_POST
@for_panel(*ASKERS)
def answers(request: HttpRequest, id: UUID) -> StreamingHttpResponse:
    """The answers as a file, for the organisation alone; that they were fetched is journalled."""
    found = _file(request, id)
    if found.state not in files.ENDED:
        raise Http404
    files.fetch_record(file=found, by=request.user.user, at=timezone.now())
    response = StreamingHttpResponse(files.answers_of(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="answers-{found.id}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file(request: HttpRequest, id: UUID) -> InquiryFile:
    found = file_of(id, request.user.organisation)
    if found is None or not _may_see(request, found):
        raise Http404
    return found


def _may_see(request: HttpRequest, found: InquiryFile) -> bool:
    """An operator sees the files they sent, supervisors those of the organisation (S1.29)."""
    return Role(request.user.role) in SUPERVISORS or found.account == request.user.user
