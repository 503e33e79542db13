"""Error pages in the reader's language and the portal's style; none of them needs the database."""

import sqlite3
import sys
from http import HTTPStatus

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from daftar.portal.theme.templatetags.words import digits

RETRY_SECONDS = "5"
TAKEN = "GET, HEAD, POST"
"""What pages take; one that only shows or only receives refuses the rest of it by itself."""
AWAY = (
    *(OperationalError, InterfaceError),
    # the rooms below the portal use Django's connection bare, so what it raises there is not Django's
    *(psycopg.OperationalError, psycopg.InterfaceError, sqlite3.OperationalError),
)
"""What is raised when the database is away, locked or too slow."""

WORDS = {
    400: (_("This request could not be understood"), _("Go back and try again. If you typed the address, check it.")),
    403: (_("You may not open this page"), _("Your account has no right to it, or it belongs to somebody else.")),
    404: (_("This page is not here"), _("Check the address, or start from the home page.")),
    405: (_("This page does not take this kind of request"), _("Go back and use the buttons of the page.")),
    413: (
        _("The form is too large"),
        _(
            "A form takes at most %(most)s MB of text; a page that takes files names their limit. Nothing was saved. "
            "Go back, shorten what you typed and send it again."
        ),
    ),
    429: (_("Too many attempts"), _("Wait a few minutes, then try again.")),
    500: (_("Something went wrong on our side"), _("Nothing was saved. Try again later, or call the hotline.")),
    503: (_("The service is unavailable for a moment"), _("Try again in a moment, or call the hotline.")),
}


def error_page(request: HttpRequest, status: int, explanation: str = "") -> HttpResponse:
    """The page of one HTTP status; `explanation` takes the place of its usual sentence."""
    title, usual = WORDS[status]
    context = {"title": title, "explanation": explanation or usual, "status": status, "plain": True}
    response = render(request, "error.html", context, status=status)
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than a form may hold."""
    if isinstance(exception, RequestDataTooBig):
        most = digits(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2)
        return error_page(request, 413, WORDS[413][1] % {"most": most})
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a PermissionDenied may carry the sentence to show."""
    return error_page(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return error_page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that did not answer."""
    away = isinstance(sys.exc_info()[1], AWAY)
    return error_page(request, 503 if away else 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its security token: the page was open too long, or cookies are off. What is no form has none."""
    if request.method != "POST":
        response = error_page(request, 405)
        response.headers["Allow"] = TAKEN
        return response
    return error_page(request, 403, _("The page was open for too long, or cookies are switched off. Go back to it."))
