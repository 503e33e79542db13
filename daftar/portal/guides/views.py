"""A guide."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daftar.portal.guides.guides import GUIDES, guide_named
from daftar.portal.guides.selectors import reads_of
from daftar.portal.guides.services import guide_read
from daftar.portal.theme.page import language


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """A guide with its date and count; whoever opens it is counted, who only asks for its head is not."""
    found = guide_named(name)
    if found is None:
        raise Http404
    reads = guide_read(name) if request.method == "GET" else reads_of(name)
    context = {
        "guide": found,
        "reads": reads,
        "text": found.text(language()),
        "others": [each for each in GUIDES if each != found],
    }
    return render(request, "guides/guide.html", context)
