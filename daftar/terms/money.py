"""Amounts as people read them: stored as whole numbers in a currency's smallest unit (contracts §2).

Decimals are those of ISO 4217; the rial is the exception, since nothing smaller has been in use for decades.
"""

from daftar.terms.texts import worded

_DECIMALS = 2
_OTHER_DECIMALS = {
    **dict.fromkeys(("IRR", "JPY", "KRW", "VND", "ISK", "CLP", "PYG", "UGX", "RWF", "XAF", "XOF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")
_MINUS = {"fa": "\u200e\u2212"}
"""A minus stands left of its number in Persian too: the mark before it says so to the bidi algorithm (as CLDR does)."""


def decimals(currency: str) -> int:
    """How many figures stand after the decimal point."""
    return _OTHER_DECIMALS.get(currency, _DECIMALS)


def show_number(amount: int, currency: str, language: str) -> str:
    """An amount without its currency: 1,234.50; ۱٬۲۳۴٫۵۰ in Persian."""
    places = decimals(currency)
    whole, rest = divmod(abs(amount), 10**places)
    text = f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"
    sign = _MINUS.get(language, "\u2212") if amount < 0 else ""
    return sign + (text.translate(_PERSIAN) if language == "fa" else text)


def show_amount(amount: int, currency: str, language: str) -> str:
    """An amount with its currency: 1,234.50 yuan, 1,234.50元, ۱٬۲۳۴٫۵۰ یوان."""
    space = "" if language == "zh" else "\u00a0"
    return f"{show_number(amount, currency, language)}{space}{currency_name(currency, language)}"


def currency_name(currency: str, language: str) -> str:
    """What a currency is called; one that the catalogue does not know by its code."""
    return worded("currency", currency, language)
