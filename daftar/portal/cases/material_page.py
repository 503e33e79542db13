"""«上传证明材料» on a page of a wizard: what is needed, what is there, a form for more (S3.14, S3.22).

The page calls `material_panel` with what its kind needs and shows it by `<c-materials>`. It works without scripts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from daftar.portal.cases.material_forms import OTHER, MaterialForm
from daftar.portal.cases.material_services import MOST_MATERIALS, material_add, material_remove
from daftar.portal.cases.materials.checking import Upload, check_upload
from daftar.portal.cases.materials.keeping import keep
from daftar.portal.cases.materials.limits import MEGABYTE
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.receiving import MOST_TOGETHER
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.theme.forms import say
from daftar.terms.misunderstood import Misunderstood

INVALID = 422
ADD, REMOVE = "material_add", "material_remove"
"""Names of the buttons; a page may have buttons of its own beside them."""

MOST_NAME = 60
"""Characters of a file's name in a message."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Kinds of which one is enough; `known` when it was shown otherwise (by log-in, by the binding)."""

    kinds: tuple[str, ...]
    given: bool
    known: bool

    @property
    def there(self) -> bool:
        """Whether nothing is missing here."""
        return self.given or self.known


@dataclass(frozen=True, slots=True)
class Panel:
    """What `<c-materials>` shows. A view answers with `answer` when there is one; `status` is that of its page."""

    case: Case
    needed: tuple[Needed, ...]
    files: tuple[Material, ...]
    form: MaterialForm
    apart: frozenset[str] = frozenset()
    answer: HttpResponse | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return all(each.there for each in self.needed)

    @property
    def status(self) -> int:
        """200, or 422 when the form has errors."""
        return INVALID if self.form.errors else 200

    @property
    def room(self) -> int:
        """How many more files the case can hold."""
        return MOST_MATERIALS - len(self.files)


def material_panel(
    request: HttpRequest,
    case: Case,
    *,
    needed: Iterable[Iterable[str]],
    known: Collection[str] = (),
    apart: Collection[str] = (),
) -> Panel:
    """Take in or take out files of one's own case where a button of the panel was pressed, and show what is there.

    `needed` are groups of kinds of which one is enough (as the law's `materials` gives them), `known` kinds that were
    shown otherwise, `apart` kinds that have a page of their own (a signature): listed, neither chosen nor removed here.
    """
    groups = [tuple(group) for group in needed]
    form = _form(request, case, groups, known, apart)
    answer = None
    if request.method == "POST" and REMOVE in request.POST:
        answer = _removed(request, case, form, apart)
    elif form.is_bound and _taken_in(request, case, form):
        answer = redirect(request.get_full_path())
    files = materials_of(case)
    given = {each.what for each in files}
    asked = tuple(Needed(group, bool(given & set(group)), bool(set(known) & set(group))) for group in groups)
    return Panel(case, asked, files, form, frozenset(apart), answer)


def materials_of(case: Case) -> tuple[Material, ...]:
    """The files that are in a case now, the oldest first, without their content."""
    return tuple(case.materials.filter(removed_at=None).order_by("at", "pk").defer("content"))


def _form(
    request: HttpRequest, case: Case, groups: list[tuple[str, ...]], known: Collection[str], apart: Collection[str]
) -> MaterialForm:
    kinds = list(dict.fromkeys(kind for group in groups for kind in group if kind not in apart))
    there = {*known, *(each.what for each in materials_of(case))}
    open_groups = [group for group in groups if not there & set(group)]
    first = next((kind for group in open_groups for kind in group if kind in kinds), OTHER)
    typed: tuple[QueryDict, Any] | tuple[()] = ()
    if request.method == "POST" and (ADD in request.POST or getattr(request, "upload_too_large", False)):
        typed = (request.POST, request.FILES)
    return MaterialForm(*typed, kinds=kinds, first=first)


def _taken_in(request: HttpRequest, case: Case, form: MaterialForm) -> bool:
    """Keep the files, each for itself, or put at the form what is wrong with one; True when all are kept."""
    if getattr(request, "upload_too_large", False):
        most = str(MOST_TOGETHER // MEGABYTE)
        form.full_clean()
        form.errors.pop("files", None)
        form.add_error("files", say("input.materials_too_large_together", most=most))
        return False
    if not form.is_valid():
        return False
    chosen = form.cleaned_data["what"]
    for upload in form.cleaned_data["files"]:
        try:
            kept = keep(settings.SECRETS, uuid4(), check_upload(upload))
            material_add(
                case=case.pk, what="" if chosen == OTHER else chosen, kept=kept, by=request.user, at=timezone.now()
            )
        except Misunderstood as problem:
            form.add_error("files", f"{_called(upload)}: {say(f'input.{problem.code}', **problem.values)}")
        except CaseNotDone as problem:
            form.add_error(None, f"{_called(upload)}: {say(f'case_not_done.{problem.why}')}")
    return not form.errors


def _called(upload: Upload) -> str:
    """Its name for a message: nothing that turns the text around it, not endlessly long, in a direction of its own."""
    seen = "".join(each for each in upload.name or "" if each.isprintable())
    return f"\u2068{seen if len(seen) <= MOST_NAME else seen[:MOST_NAME] + '…'}\u2069"


def _removed(request: HttpRequest, case: Case, form: MaterialForm, apart: Collection[str]) -> HttpResponse | None:
    """Take a file out; one that is not there any more is as good as taken out."""
    try:
        wanted = UUID(request.POST[REMOVE])
    except ValueError:
        return redirect(request.get_full_path())
    if case.materials.filter(pk=wanted, what__in=list(apart)).exists():
        return redirect(request.get_full_path())
    try:
        material_remove(case=case.pk, material=wanted, by=request.user, at=timezone.now())
    except CaseNotDone as problem:
        form.full_clean()
        form.cleaned_data = {}
        form.add_error(None, say(f"case_not_done.{problem.why}"))
        return None
    return redirect(request.get_full_path())
