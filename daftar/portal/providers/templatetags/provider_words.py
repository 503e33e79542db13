"""Reading an entry of a table by a code that a variable holds."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entry(table: Mapping[str, Any], code: str) -> Any:
    """What a table has under a code; empty when it has nothing."""
    return table.get(code, "")
