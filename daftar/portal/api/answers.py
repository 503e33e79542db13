"""Answers of the public lists: kept by caches for a minute and asked again by ETag; problems as the gate tells them."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from daftar.portal.theme.errors import AWAY, RETRY_SECONDS
from daftar.terms.problems import Problem
from daftar.terms.texts import choose_language

FRESH = "public, max-age=60"
READING = ("GET", "HEAD")

View = Callable[..., HttpResponse]


def answered(view: Callable[..., Mapping[str, Any]]) -> View:
    """Tell what a view finds as JSON with an ETag, and a Problem as application/problem+json; GET and HEAD alone."""

    @wraps(view)
    def answering(request: HttpRequest, **options: Any) -> HttpResponse:
        try:
            if request.method not in READING:
                raise Problem("method-not-allowed")
            return _found(request, view(request, **options))
        except Problem as problem:
            return _problem(request, problem)
        except AWAY:
            return _problem(request, Problem("unavailable", retry_after=int(RETRY_SECONDS)))

    answering.csrf_exempt = True  # a POST is told that it is none, not that a token lacks
    return answering


def _found(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    response = _response(request, body, "application/json", 200)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FRESH
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response


def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    language = choose_language(request.headers.get("Accept-Language"))
    body = json.dumps(problem.body(language), ensure_ascii=False).encode()
    response = _response(request, body, "application/problem+json", problem.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.slug == "method-not-allowed":
        response.headers["Allow"] = ", ".join(READING)
    return response


def _response(request: HttpRequest, body: bytes, content_type: str, status: int) -> HttpResponse:
    """With the length that a GET would have; to HEAD without the body."""
    response = HttpResponse(b"" if request.method == "HEAD" else body, content_type=content_type, status=status)
    response.headers["Content-Length"] = str(len(body))
    return response
