"""Forms as every page has them: each field reads with a function of `daftar.terms` and says its errors in the reader's
language; what was typed stays in the field."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from daftar.portal.theme.page import language
from daftar.terms.digits import refuse_invisible
from daftar.terms.identifiers import TYPES, read_identifier
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import text as text_of

LONGEST = 200
CHOOSE = _("Choose one of these.")


def say(code: str, **values: str) -> str:
    """A text of `daftar.terms` in the reader's language."""
    return text_of(code, language(), **values)


say_later = lazy(say, str)
"""The same, looked up when it is shown."""


def complaint(error: Misunderstood) -> forms.ValidationError:
    """What a form says to input that could not be understood."""
    return forms.ValidationError(say(f"input.{error.code}", **error.values), code=error.code)


def plain_text(text: str) -> str:
    """Text as typed, at most 200 characters and nothing invisible in it."""
    refuse_invisible(text)
    if len(text) > LONGEST:
        raise Misunderstood("too_long")
    return text


class Line(forms.TextInput):
    """A line to type into, written at once: Django's own is three templates for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As HTML."""
        given = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        marks = (given | self.build_attrs(self.attrs, attrs)).items()
        shown = [(key, mark) for key, mark in marks if mark is not None and mark is not False]
        return format_html("<input{}>", format_html_join("", " {}{}", ((key, _mark(mark)) for key, mark in shown)))


def _mark(mark: object) -> str:
    return "" if mark is True else format_html('="{}"', mark)


class Typed(forms.Field):
    """A field that a function of `daftar.terms` reads; `required=False` gives None when nothing is typed."""

    widget = Line

    def __init__(self, read: Callable[[str], Any] = plain_text, **options: Any) -> None:
        self.read = read
        options.setdefault("error_messages", {})["required"] = say_later("input.required")
        super().__init__(**options)

    def to_python(self, value: object) -> Any:
        """Read what was typed."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return self.read(text)
        except Misunderstood as error:
            raise complaint(error) from None


class Chosen(forms.ChoiceField):
    """One of a few words, as radio buttons; `words` is the section of the catalogues that holds their labels."""

    widget = forms.RadioSelect

    def __init__(self, choices: Iterable[str] = (), *, words: str, **options: Any) -> None:
        labelled = [(word, say_later(f"{words}.{word}")) for word in choices]
        messages = {"required": CHOOSE, "invalid_choice": CHOOSE}
        super().__init__(choices=labelled, error_messages=messages, **options)


class Ticked(forms.BooleanField):
    """A box that must be ticked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _("Tick the box if this is so.")}, **options)


class PageForm(forms.Form):
    """A form of a page: looks like the theme, is checked by the server alone, lists its errors at the top."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(self)

    def refuse(self, field: str, error: Misunderstood) -> None:
        """Put an error at a field from outside the form."""
        self.add_error(field, complaint(error))


def typed(request: HttpRequest) -> QueryDict | None:
    """What a page's form is bound to: what was posted, be it nothing; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def dress(form: forms.BaseForm) -> None:
    """Give a form's widgets the theme's classes and switch off the browser's own bubbles."""
    form.use_required_attribute = False
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput | forms.RadioSelect):
            widget.attrs.setdefault("class", "form-check-input")
        elif isinstance(widget, forms.Select):
            widget.attrs.setdefault("class", "form-select")
        else:
            widget.attrs.setdefault("class", "form-control")


def identifier_types() -> list[str]:
    """All identifier types, those of the reader's language first."""
    now = language()
    return sorted(TYPES, key=lambda name: jurisdiction_of(name).language != now)


class IdentifierForm(PageForm):
    """Asks for an identifier: its type and its number. `cleaned_data["identifier"]` holds it checked."""

    type = Chosen(words="identifier", label=_("Kind of number"))
    number = Typed(label=_("Number"))

    def __init__(self, *args: Any, types: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        types = tuple(types)
        kind: Any = self.fields["type"]
        kind.choices = [(name, say(f"identifier.{name}")) for name in types]
        kind.initial = types[0]
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """Read type and number together."""
        cleaned = super().clean() or {}
        if "type" in cleaned and cleaned.get("number"):
            try:
                cleaned["identifier"] = read_identifier(cleaned["type"], cleaned["number"])
            except Misunderstood as error:
                self.refuse("number", error)
        return cleaned
