"""The demo's outbox: what would have gone out by SMS and mail. In service there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from daftar.portal.notices.selectors import newest_messages


def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages with their codes; for htmx only the list."""
    if not settings.DEMO:
        raise Http404
    template = "notices/messages.html" if request.htmx else "notices/outbox.html"
    return render(request, template, {"messages": newest_messages()})
