"""Parts of pages that are the same for everybody, drawn once a process: `{% once language %} … {% endonce %}`.

What stands between depends on the named values alone: nothing of a reader, an address or a form.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()

MOST_DRAWN = 1_000
"""Of one part, for different values; then all are drawn anew."""


@register.tag
def once(parser: Parser, token: Token) -> "Once":
    """A part that is drawn once for each combination of the values named."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    part = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(values, part)


class Once(template.Node):
    """Keeps what was drawn, in the template itself."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """As HTML."""
        about = tuple(value.resolve(context) for value in self.values)
        drawn = self.drawn.get(about)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            self.drawn[about] = drawn
        return drawn
