"""«承诺书签名页面»: the letter in full, signed by hand on the screen or by name (S3.22)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from daftar.portal.cases.models import Case
from daftar.portal.cases.services import materials_given
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.filing.guards import for_case
from daftar.portal.filing.letter import LetterChanged, letter_on, letter_sign, signed, signed_on
from daftar.portal.filing.procedure import law_of_case
from daftar.portal.filing.wizard import INVALID, form_version, wizard_page
from daftar.portal.filing.wizard_forms import LetterForm
from daftar.portal.proxy.acts import Act
from daftar.portal.theme.forms import say, typed
from daftar.portal.theme.page import language
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseKind
from daftar.terms.misunderstood import Misunderstood


@for_case(CaseKind.FILING, Act.FILE)
def letter(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """Read and sign; what is signed already need not be signed again unless the letter has changed.

    Signed is the version that the reader saw; another one since is shown first, and what was filled in stays.
    """
    now = timezone.now()
    today = law_of_case(case).today(now)
    form, changed = LetterForm(typed(request)), False
    there = signed(fields, materials_given(case)) and signed_on(fields, today)
    if request.method == "POST" and form.is_valid():
        drawn, name = form.cleaned_data["signature"], form.cleaned_data["name"] or ""
        if there and not drawn and not name:
            return redirect("filing:material", case.number)
        try:
            letter_sign(
                case=case,
                version=form_version(request),
                fields=fields,
                shown=request.POST.get("letter", ""),
                drawn=drawn,
                name=name,
                language=language(),
                by=request.user,
                at=now,
                day=today,
            )
            return redirect("filing:material", case.number)
        except LetterChanged:
            changed = True
        except Misunderstood as problem:
            form.refuse("name", problem)
        except CaseNotDone as problem:
            form.add_error(None, say(f"case_not_done.{problem.why}"))
            case.refresh_from_db(fields=["version"])
    known = letter_on(today)
    told = {"version": known.version, "since": known.since, "there": there, "changed": changed}
    told |= {"title": known.title[language()], "paragraphs": known.paragraphs[language()]}
    status = INVALID if changed else 200
    return wizard_page(request, "filing/letter.html", case, form, "letter", status=status, letter=told)
