"""Searches of the directory: fields in the address, checked like any other form; nothing personal is in them."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.kept import Kept
from daftar.portal.directory.tree import Place, Tree
from daftar.portal.directory.wanted import Wanted
from daftar.portal.theme.forms import PageForm, Typed, complaint, say_later
from daftar.portal.theme.page import language
from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible
from daftar.terms.finding import folded
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood

Choices = list[tuple[Any, Any]]

LONGEST = 100
LONGEST_CODE = 32
MOST_WORDS = 40
"""Levels or classes to choose from; a source that sends more words has the rarest left out."""
INDENT = "\u2003"


def searched(text: str, longest: int = LONGEST) -> str:
    """What is typed into a field of a search. Raises Misunderstood."""
    if len(text) > longest:
        raise Misunderstood("search_too_long", most=str(longest))
    refuse_invisible(text, allow=ZERO_WIDTH_NON_JOINER)
    if not folded(text):
        raise Misunderstood("no_letters")
    return text


def searched_code(text: str) -> str:
    """The beginning of a code. Raises Misunderstood."""
    return searched(text, LONGEST_CODE)


class Selection(forms.Select):
    """A list to choose from, written at once: Django's own is a template for each of a hundred options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As HTML."""
        chosen = str(value or "")
        marks = format_html_join("", ' {}="{}"', self.build_attrs(self.attrs, attrs).items())
        inner = "".join(self._group(label, inner, chosen) for label, inner in self.choices)
        return format_html('<select name="{}"{}>{}</select>', name, marks, SafeString(inner))

    def _group(self, label: Any, inner: Any, chosen: str) -> str:
        if not isinstance(inner, list | tuple):
            return _option(label, inner, chosen)
        options = "".join(_option(code, name, chosen) for code, name in inner)
        return f'<optgroup label="{escape(str(label))}">{options}</optgroup>'


def _option(code: Any, name: Any, chosen: str) -> str:
    mark = " selected" if str(code) == chosen else ""
    return f'<option value="{escape(str(code))}"{mark}>{escape(str(name))}</option>'


class FindForm(PageForm):
    """A region, with everything below it, and the beginning of a word of a name.

    `always` is what its empty fields depend on, `about` what its choices do: the form, the language, the chosen region.
    """

    region = forms.ChoiceField(label=_("Region"), required=False, widget=Selection)
    name = Typed(searched, required=False)

    def __init__(self, data: Any, *, kept: Kept, label: Any = "") -> None:
        super().__init__(data)
        self.fields["name"].label = label
        chosen = str(data.get("region", ""))
        region = chosen if chosen in kept.tree else ""
        self.kept, self.always = kept, (type(self).__name__, str(label), language())
        self.about = (*self.always, region)
        self.offer("region", kept, region, "input.unknown_region", lambda: region_choices(kept.tree, region))
        for each in ("name", "code", "address"):
            if each in self.fields:
                self.fields[each].widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}

    def offer(self, name: str, kept: Kept, region: str, refusal: str, choices: Callable[[], Choices]) -> None:
        """Give a field its choices, which are the same for everybody who has chosen this region in this language."""
        field: Any = self.fields[name]
        about = (name, region, language())
        field.choices = lambda: kept.once(("choices", *about), choices)  # most pages show what was written before
        field.error_messages |= {"invalid_choice": say_later(refusal)}

    @property
    def wanted(self) -> Wanted:
        """What is looked for, so far as it could be understood."""
        self.full_clean()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})


class InstitutionForm(FindForm):
    """The six fields of S4.6; a link from a pooling region brings its code along, unseen (S4.5)."""

    code = Typed(searched_code, label=_("Code of the institution"), required=False)
    level = forms.ChoiceField(label=_("Hospital level"), required=False, widget=Selection)
    institution_class = forms.ChoiceField(label=_("Class of the institution"), required=False, widget=Selection)
    address = Typed(searched, label=_("Address"), required=False)
    pooling = Typed(required=False, label=_("Code of the pooling region"), widget=forms.HiddenInput)
    field_order = ("region", "name", "code", "level", "institution_class", "address", "pooling")

    def __init__(self, data: Any, *, kept: Kept) -> None:
        super().__init__(data, kept=kept, label=_("Name of the institution"))
        region = str(data.get("region", ""))
        region = region if region in kept.tree else ""
        slots = kept.slots(region)
        for name, words in (("level", slots.levels), ("institution_class", slots.classes)):
            self.offer(name, kept, region, "input.not_in_region", partial(word_choices, words))

    def clean_pooling(self) -> str:
        """One that there is."""
        code = str(self.cleaned_data["pooling"] or "")
        if code and code not in self.kept.pools:
            raise complaint(Misunderstood("unknown_pooling_region"))
        return code


def word_choices(words: Counter[str]) -> Choices:
    """Words of the sources, the most usual ones, and all of them."""
    usual = (word for word, _number in words.most_common(MOST_WORDS))
    return [("", gettext("All")), *((word, word) for word in sorted(usual) if word)]


def region_choices(tree: Tree, chosen: str) -> Choices:
    """Provinces by country, the reader's first; under the chosen one its cities, under a chosen city its counties."""
    opened = {place.code for place in tree.path(chosen)}
    everywhere = gettext("Whole country") if len(tree.roots) == 1 else gettext("All regions")
    groups: Choices = [("", everywhere)]
    offered = set()
    for root in readers_first(tree.roots):
        options = [(root.code, f"{gettext('Whole country')} – {root.name}"), *_opened(tree, root.code, opened, 0)]
        offered |= {code for code, _name in options}
        groups.append((root.name, options))
    if chosen in tree and chosen not in offered:  # a heading of the list, which links may lead to all the same
        groups.append((chosen, tree.places[chosen].name))
    return groups


def _opened(tree: Tree, code: str, opened: set[str], depth: int) -> list[tuple[str, str]]:
    options = []
    for place in tree.children(code):
        options.append((place.code, INDENT * depth + place.name))
        if place.code in opened:
            options += _opened(tree, place.code, opened, depth + 1)
    return options


def readers_first(roots: Iterable[Place]) -> list[Place]:
    """Countries, those of the reader's language first."""
    first = readers_country()
    return sorted(roots, key=lambda root: root.code != first)


def readers_country() -> str:
    """The country whose language the reader reads; empty when there is none."""
    return next((code for code, each in jurisdictions().items() if each.language == language()), "")
