"""What every page is given: language and direction, the other languages, the demo's ribbon, the hotlines."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
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


def language_links(address: str) -> list[LanguageLink]:
    """The same page in every language, with what was searched for: nothing personal is in an address (design §4)."""
    now = language()
    _, first, rest = address.split("/", 2) if address.count("/") > 1 else ("", "", "")
    return [
        LanguageLink(code, tag, name, f"/{code}/{rest}" if first in HTML_LANGUAGES else address, code == now)
        for (code, name), tag in ((each, HTML_LANGUAGES[each[0]]) for each in settings.LANGUAGES)
    ]


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    code = language()
    return {
        "language": code,
        "html_language": HTML_LANGUAGES[code],
        "direction": direction(code),
        "language_links": language_links(request.get_full_path()),
        "demo": settings.DEMO,
        "jurisdictions": sorted(jurisdictions().values(), key=lambda each: each.language != code),
    }
