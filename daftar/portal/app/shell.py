"""What the service worker keeps: pages that are the same for everybody, so that they stand at once and without a line.

A shell is rendered for nobody: no session, no token, no name. What is the reader's own comes by `session` or by asking.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.finders import find
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from daftar.portal.app.forms import MeForm, PatientForm
from daftar.portal.app.page import stage, with_camera
from daftar.portal.theme.forms import identifier_types
from daftar.portal.theme.page import direction, language

SHELLS = ("start", "patient", "me", "codes", "offline")
FORMS = {"patient": PatientForm, "me": MeForm}
SCRIPTS = ("app", "asking", "line", "pad", "scan", "scanned", "codes")
VERSION_DIGITS = 16


def statics(code: str) -> list[str]:
    """Files that the shells of a language load: without them they would stand undressed."""
    sheets = "bootstrap.rtl.min.css" if direction(code) == "rtl" else "bootstrap.min.css"
    font = ["vendor/vazirmatn/vazirmatn.woff2"] if code == "fa" else []
    return [
        f"vendor/bootstrap/{sheets}",
        *("vendor/noto-sans-sc/wght.css", "theme/daftar.css", "theme/daftar.js", "theme/mark.svg"),
        *("theme/print.css", "theme/chevron.svg", "theme/services.svg", "app/app.css"),
        *(f"app/{name}.js" for name in SCRIPTS),
        *font,
    ]


def shell(name: str) -> HttpResponse:
    """One shell in the language that is on."""
    request = _nobody(reverse(f"app:{name}"))
    form = FORMS[name](types=identifier_types()) if name in FORMS else None
    response = stage(request, name, {"form": form, "shell": True, "tab": name})
    return with_camera(response) if form else response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page that is nobody's: the shell itself."""
    assert request.resolver_match is not None
    return shell(request.resolver_match.url_name)


@require_safe
def kept(request: HttpRequest, name: str) -> HttpResponse:
    """What the worker fetches where the page itself would be the reader's own."""
    if name not in FORMS:
        raise Http404
    return shell(name)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of a language; it reaches no further than the app's own addresses."""
    code = language()
    pages = {reverse(f"app:{name}"): _source(name) for name in SHELLS}
    context = {
        "version": version(code, settings.DEMO),
        "told": json.dumps(
            {
                "language": code,
                "offline": reverse("app:offline"),
                "pages": pages,
                "statics": [static(path) for path in statics(code)],
                "static": static(""),
            }
        ),
    }
    response = render(request, "app/worker.js", context, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _source(name: str) -> str:
    """Where the worker fetches a shell from."""
    return reverse("app:shell", args=[name]) if name in FORMS else reverse(f"app:{name}")


@cache
def version(code: str, demo: bool) -> str:
    """Another one whenever a shell or a file of its has changed, so that a worker brings all of them anew."""
    del demo  # the pages say it; here it only tells one version from the other
    digest = hashlib.sha256()
    with override(code):
        for name in SHELLS:
            digest.update(shell(name).content)
    for path in statics(code):
        digest.update(_content(path))
    return digest.hexdigest()[:VERSION_DIGITS]


def _content(path: str) -> bytes:
    found: Any = find(path)
    if not found:
        raise FileNotFoundError(f"{path}: run the set-up of the front end first")
    return Path(found).read_bytes()


def _nobody(path: str) -> HttpRequest:
    """A request that is nobody's."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    return request
