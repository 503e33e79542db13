"""The lines of a table of institutions, written at once: a template spends ten milliseconds on 150 cells."""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from daftar.portal.directory.shown import Shown

register = template.Library()


@register.simple_tag
def institution_rows(shown: Sequence[Shown]) -> SafeString:
    """The six columns of S4.6."""
    return SafeString("\n".join(map(_row, shown)))


def _row(each: Shown) -> str:
    row = each.row
    name, code, level, institution_class, address = map(
        escape, (row.name, row.code, row.level, row.institution_class, row.address)
    )
    return (
        f'<tr lang="{escape(each.lang)}"><td class="path"><bdi>{escape(each.path)}</bdi></td>'
        f'<th scope="row"><bdi>{name}</bdi></th><td><bdi dir="ltr">{code}</bdi></td>'
        f"<td>{level}</td><td>{institution_class}</td><td><bdi>{address}</bdi></td></tr>"
    )
