"""Reading the counts."""

from dataclasses import dataclass

from daftar.portal.guides.guides import GUIDES, Guide
from daftar.portal.guides.models import GuideReads


@dataclass(frozen=True, slots=True)
class GuideSeen:
    """A guide and how often it was opened."""

    guide: Guide
    reads: int


def guides_seen() -> list[GuideSeen]:
    """All guides with their counts."""
    counts = dict(GuideReads.objects.values_list("guide", "reads"))
    return [GuideSeen(guide, counts.get(guide.name, 0)) for guide in GUIDES]


def reads_of(name: str) -> int:
    """How often a guide was opened."""
    return GuideReads.objects.filter(guide=name).values_list("reads", flat=True).first() or 0
