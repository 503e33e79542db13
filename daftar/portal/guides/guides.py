"""The guides. Each has a folder of its name in templates/guides with one text a language; adding one is adding both."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Guide:
    """A page that explains one service; `published` is the day of its newest wording."""

    name: str
    published: date
    title: Promise
    about: Promise

    def text(self, language: str) -> str:
        """Name of the template that holds the text in a language."""
        return f"guides/{self.name}/{language}.html"


GUIDES = (
    Guide(
        "cover",
        date(2026, 11, 22),
        _("Am I covered? Seeing it without a booklet"),
        _("What you need, what the answer says, and what to do when you do not agree."),
    ),
    Guide(
        "affiliation",
        date(2026, 11, 22),
        _("Proving your insurance relationship to an authority"),
        _("Send a certificate to one organisation, and see who has looked at your record."),
    ),
    Guide(
        "family",
        date(2026, 11, 22),
        _("Doing things for your family"),
        _("What you can see for a child today, and what an office does for you."),
    ),
    Guide(
        "elsewhere",
        date(2026, 11, 22),
        _("Treatment in another region: the five services"),
        _("Pooling regions, institutions, offices, your filing, and what each stay has cost."),
    ),
)


def guide_named(name: str) -> Guide | None:
    """A guide by the name in its address."""
    return next((guide for guide in GUIDES if guide.name == name), None)
