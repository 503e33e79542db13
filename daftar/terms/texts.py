"""Texts in the reader's language for everything that is said below the portal: one catalogue a language.

A test holds the three catalogues to the same entries and the same gaps.
"""

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("fa", "zh", "en")
PARTS = (
    *("", "-mails", "-elsewhere", "-materials", "-faces", "-cases", "-proxy", "-photos"),
    *("-payers", "-registries", "-fhir", "-objections", "-watch", "-ussd", "-sms", "-consents", "-certificates"),
)
"""Files of a catalogue: all else, mails; certificates (S1); treatment elsewhere (S4); of S3: material, faces, cases,
proxies, photos; of S2: payers of inpatient care, registries, FHIR, objections, consents."""
DEFAULT_LANGUAGE = "en"


@cache
def catalogue(language: str) -> dict[str, str]:
    """All texts of a language by `section.code`."""
    folder = files("daftar.terms").joinpath("texts")
    contents = [folder.joinpath(f"{language}{part}.toml").read_text(encoding="utf-8") for part in PARTS]
    return {
        f"{section}.{code}": words
        for content in contents
        for section, entries in tomllib.loads(content).items()
        for code, words in entries.items()
    }


def text(code: str, language: str, /, **values: str) -> str:
    """The text `section.code` with its gaps filled; KeyError when there is none: a missing text is a defect."""
    words = catalogue(language)[code]
    return words.format(**values) if values else words


def worded(section: str, word: str, language: str) -> str:
    """The text of a word that a source sent; a word that the catalogue does not know stands for itself."""
    return catalogue(language).get(f"{section}.{word}", word)


def choose_language(accept: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """The reader's language out of an Accept-Language header (RFC 9110 §12.5.4), or `default`."""
    best, best_weight = default, 0.0
    for part in (accept or "")[:200].split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
