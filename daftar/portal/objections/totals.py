"""Numbers of objections as bars, beside their tables (S2.12)."""

from typing import Any

from django.utils.translation import gettext

from daftar.portal.journal.words import CHANNELS
from daftar.portal.objections.selectors import Numbers
from daftar.portal.theme.bars import Row, chart
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.texts import worded


def charts(found: Numbers) -> dict[str, Any]:
    """Rows of the tables, and the same as bars."""
    clocks = [(say(f"objection_clock.{clock}"), count) for clock, count in found.open.items()]
    reasons = [(worded("reason", code, language()), count, upheld) for code, count, upheld in found.reasons]
    channels = [(str(CHANNELS.get(code, code)), count) for code, count in found.channels.most_common()]
    by_reason = [Row(word, (upheld, count - upheld), digits(count)) for word, count, upheld in reasons]
    return {
        "clocks": clocks,
        "clocks_chart": chart([Row(word, (count,), digits(count)) for word, count in clocks]),
        "reasons": reasons,
        "reasons_chart": chart(by_reason, series=(gettext("upheld"), gettext("not upheld"))),
        "channels": channels,
        "channels_chart": chart([Row(word, (count,), digits(count)) for word, count in channels]),
    }
