"""The fields of a search: without a mistake one looks the same to everybody, and is drawn once (kept.py)."""

from html import escape

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from daftar.portal.directory.forms import FindForm, Selection

register = template.Library()


@register.simple_tag
def search_fields(form: FindForm) -> SafeString:
    """All of them, as `<c-field>` draws them."""
    return SafeString("".join(_field(form, field) for field in form))


def _field(form: FindForm, field: BoundField) -> str:
    typed = str(field.value() or "")
    if field.is_hidden:
        return (
            f'<input type="hidden" name="{field.name}" value="{escape(typed)}">' if typed and not field.errors else ""
        )
    if field.errors:
        return _drawn(field)
    if isinstance(field.field.widget, Selection):
        return form.kept.once(("field", *form.about, field.name, typed), lambda: _drawn(field))
    value, name = f' value="{escape(typed)}"' if typed else "", f' name="{field.name}"'
    empty = form.kept.once(("field", *form.always, field.name), lambda: _drawn(field).replace(value, "", 1))
    return empty.replace(name, name + value, 1)


def _drawn(field: BoundField) -> str:
    return render_to_string("directory/search_field.html", {"field": field})
