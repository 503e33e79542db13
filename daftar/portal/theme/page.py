"""What every page is given: language and direction, the other languages, the demo's ribbon, the hotlines."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import DEFAULT_LANGUAGE, LANGUAGES

HTML_LANGUAGES = {"fa": "fa", "zh": "zh-Hans", "en": "en"}
"""Language tags of BCP 47 for `lang`: Chinese says its script."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One entry of the language switch: this page in another language."""

    code: str
    tag: str
    name: str
    url: str
    current: bool


def language() -> str:
    """The reader's language, one of ours."""
    active = (get_language() or DEFAULT_LANGUAGE).split("-")[0]
    return active if active in LANGUAGES else DEFAULT_LANGUAGE


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if code == "fa" else "ltr"


def language_links(path: str) -> list[LanguageLink]:
    """The same page in every language; the query is left out, since no page needs it."""
    now = language()
    return [
        LanguageLink(code, HTML_LANGUAGES[code], name, translate_url(path, code), code == now)
        for code, name in settings.LANGUAGES
    ]


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    code = language()
    return {
        "language": code,
        "html_language": HTML_LANGUAGES[code],
        "direction": direction(code),
        "language_links": language_links(request.path),
        "demo": settings.DEMO,
        "jurisdictions": sorted(jurisdictions().values(), key=lambda each: each.language != code),
    }
