"""Sentences about settlements: what does not add up, a share in percent."""

from django.utils.translation import gettext

from daftar.portal.settlement.adding_up import Fault
from daftar.portal.settlement.columns import HUNDREDTHS, NAMES
from daftar.terms.digits import to_persian
from daftar.terms.money import show_number

SEPARATORS = {"fa": "، ", "zh": "、"}


def fault_words(fault: Fault, currency: str, language: str) -> str:
    """What does not add up, with the figures: a reader can check the sum."""

    def amount(value: int) -> str:
        return show_number(value, currency, language)

    told = gettext("%(sum)s is given as %(said)s, but %(parts)s make %(made)s: a difference of %(difference)s.") % {
        "sum": NAMES[fault.sum],
        "said": amount(fault.said),
        "parts": " + ".join(f"{NAMES[name]} {amount(value)}" for name, value in fault.parts),
        "made": amount(fault.made),
        "difference": amount(fault.difference),
    }
    if not fault.missing:
        return told
    names = SEPARATORS.get(language, ", ").join(str(NAMES[name]) for name in fault.missing)
    return f"{told} {gettext('Not given: %(names)s.') % {'names': names}}"


def ratio_words(ratio: int | None, language: str) -> str:
    """A share in percent, without noughts behind the point."""
    if ratio is None:
        return "–"
    whole, rest = divmod(ratio, HUNDREDTHS)
    text = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return f"{to_persian(text).replace('.', '٫')}٪" if language == "fa" else f"{text}%"
