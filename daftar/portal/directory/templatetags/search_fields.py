"""The fields of a search; one that is empty looks the same to everybody, and is drawn once (kept.py)."""

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from daftar.portal.directory.forms import FindForm

register = template.Library()


@register.simple_tag
def search_fields(form: FindForm) -> SafeString:
    """All of them, as `<c-field>` draws them."""
    return SafeString("".join(_field(form, field) for field in form))


def _field(form: FindForm, field: BoundField) -> str:
    if field.errors or field.value():
        return _drawn(field)
    return form.kept.once(("field", *form.about, field.name), lambda: _drawn(field))


def _drawn(field: BoundField) -> str:
    return render_to_string("directory/search_field.html", {"field": field})
