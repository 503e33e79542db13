"""Filters for rows of the journal as the person reads them."""

from collections.abc import Iterator

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.shown import NAMES
from daftar.portal.journal.words import CHANNELS, FIELDS, GROUNDS, MODES, PURPOSES
from daftar.portal.looks.initiators import Initiator
from daftar.portal.looks.selectors import LookSeen
from daftar.portal.theme.page import language
from daftar.terms.outcomes import Ground

register = template.Library()

OF_MAIN_INSURED = "main."
CASE_STATES = {"open": _("not answered yet"), "answered": _("answered")}
INITIATORS = {
    Initiator.PERSON: _("Yourself"),
    Initiator.RULES: _("The rules, automatically"),
    Initiator.SIGN_UP: _("Somebody who signed up in your name, perhaps yourself"),
    Initiator.ANOTHER_ACCOUNT: _("Another account in your name"),
    Initiator.PROXY: _("Somebody who acts for you"),
    Initiator.MAIN_INSURED: _("Your main insured"),
    Initiator.INSURER: _("The insurer"),
    Initiator.BEARER: _("Whoever had the certificate in hand"),
}
INITIATORS_TO_STAFF = {
    Initiator.PERSON: _("The person themself"),
    Initiator.SIGN_UP: _("Somebody who signed up in the person's name, perhaps the person themself"),
    Initiator.ANOTHER_ACCOUNT: _("Another account in the person's name"),
    Initiator.PROXY: _("Somebody who acts for the person"),
    Initiator.MAIN_INSURED: _("The person's main insured"),
}
"""The same to whoever reads about the person; what is not here is said to everybody alike."""
NAMED = {
    Initiator.PROXY: (_("%(name)s, who acts for you"), _("%(name)s, who acts for the person")),
    Initiator.MAIN_INSURED: (_("%(name)s, your main insured"), _("%(name)s, the person's main insured")),
}
"""With a name: to the person, to whoever reads about them."""


@register.filter
def purpose_word(look: LookSeen) -> str:
    """What it was asked for; where nothing is named, what was done."""
    purpose = str(PURPOSES.get(look.purpose) or MODES.get(look.row.mode, look.row.mode))
    if look.beside:  # not of which dependant: that is theirs to know
        return gettext("%(purpose)s of a dependant; the answer names the main insured") % {"purpose": purpose}
    return purpose


@register.filter
def ground_word(look: LookSeen) -> str:
    """The legal ground. A dependant's consent is not that of the main insured."""
    if look.beside and look.row.ground == Ground.CONSENT:
        return gettext("consent of the dependant")
    return str(GROUNDS.get(look.row.ground, look.row.ground))


@register.filter
def channel_word(code: str) -> str:
    """The way it was asked."""
    return str(CHANNELS.get(code, code))


@register.filter
def case_state(code: str) -> str:
    """State of a questioned look."""
    return str(CASE_STATES[code])


@register.filter
def initiator_word(look: LookSeen) -> str:
    """Who looked: an organisation or office by name, the insurer, a proxy by their name, oneself, a stranger."""
    if look.by in NAMED and look.proxy:
        to_person, to_staff = NAMED[look.by]
        return str(to_person if look.told else to_staff) % {"name": look.proxy}
    if look.by in (Initiator.ORGANISATION, Initiator.OFFICE):
        return look.initiator
    if look.by in INITIATORS_TO_STAFF and not look.told:
        return str(INITIATORS_TO_STAFF[look.by])
    return str(INITIATORS[look.by])


@register.filter
def shown_words(shown: str) -> list[str]:
    """The fields that were told, in words; empty when nothing was."""
    return list(dict.fromkeys(_words(shown.split())))


@register.filter
def shown_briefly(shown: str) -> str:
    """The first of them, and how many more."""
    words = shown_words(shown)
    if not words:
        return gettext("nothing")
    separator = "، " if language() == "fa" else "、" if language() == "zh" else ", "
    if len(words) <= 4:
        return separator.join(words)
    return gettext("%(fields)s and %(count)s more") % {"fields": separator.join(words[:3]), "count": len(words) - 3}


def _words(codes: list[str]) -> Iterator[str]:
    for code in codes:
        name = code.removeprefix(OF_MAIN_INSURED)
        word = str(FIELDS.get(name) or NAMES.get(name) or name)
        yield gettext("of the main insured: %(field)s") % {"field": word} if name != code else word
