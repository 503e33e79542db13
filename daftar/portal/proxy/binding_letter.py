"""The commitment letter: shown in full, ticked, «我已阅读并同意» (S3.9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.accounts.limits import INVALID
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.binding_forms import LetterForm
from daftar.portal.proxy.binding_guard import after, with_draft
from daftar.portal.proxy.letter import Agreed, letter_on
from daftar.portal.proxy.services import bind_by_commitment
from daftar.portal.theme.forms import typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions


@with_draft(of_child=True)
def letter(request: HttpRequest) -> HttpResponse:
    """The letter of the day. Agreed to is the version that the reader saw; another one since is shown again."""
    now, draft, form, changed = timezone.now(), request.draft, LetterForm(typed(request)), False
    if request.method == "POST" and form.is_valid():
        agreed = Agreed(request.POST.get("version", "")[:16], language(), now)
        bound = bind_by_commitment(named=draft.named, child=draft.child, agreed=agreed, by=request.user, at=now)
        if bound is not Refusal.LETTER_CHANGED:
            return after(request, draft, bound)
        form, changed = LetterForm(), True
    shown = letter_on(jurisdictions()[request.user.jurisdiction].today(now))
    context = {
        "form": form,
        "letter": shown,
        "title": shown.title[language()],
        "paragraphs": shown.paragraphs[language()],
        "changed": changed,
        "name": draft.named.name,
    }
    return render(request, "proxy/binding/letter.html", context, status=INVALID if form.errors or changed else 200)
