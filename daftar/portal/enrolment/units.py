"""«居民单位信息»: the pooling regions in which residents are enrolled on line, and the units of one (S3.13)."""

from dataclasses import dataclass
from datetime import date, datetime

from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import PoolingRegion, Unit
from daftar.portal.directory.region_picker import path_of
from daftar.rules.enrolment import review_policy
from daftar.terms.finding import begins_a_word, folded

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Units that were looked for: the first ones, and how many more there are."""

    units: tuple[Unit, ...]
    more: int = 0


def served(jurisdiction: str, at: datetime, day: date) -> list[PoolingRegion]:
    """Pooling regions of a jurisdiction that have units, where the law of `day` says who decides (S3.15)."""
    tree = kept(at).tree
    with_units = Unit.objects.filter(withdrawn=False).values("pooling_region").distinct()
    found = PoolingRegion.objects.filter(code__in=with_units, withdrawn=False).order_by("code")
    of_country = (each for each in found if each.region.partition("-")[0] == jurisdiction)
    return [each for each in of_country if review_policy([place.code for place in tree.path(each.region)], day)]


def nearest(regions: list[PoolingRegion], insured_region: str) -> str:
    """The one of these pooling regions in which a region lies; empty when in none."""
    path = {each.code for each in path_of(insured_region)}
    return next((each.code for each in regions if each.region in path), "")


def units_found(pooling_region: str, typed: str, chosen: str = "") -> Found:
    """Units of a pooling region by the beginning of a word of their name or town, or of their code; `chosen` first."""
    units = Unit.objects.filter(pooling_region=pooling_region, withdrawn=False).order_by("town", "code")
    wanted = begins_a_word(folded(typed)) if folded(typed) else None
    found = [each for each in units if wanted is None or wanted.search(each.words)]
    first = [each for each in units if each.code == chosen]
    rest = [each for each in found if each.code != chosen]
    return Found((*first, *rest[:MOST_SHOWN]), max(len(rest) - MOST_SHOWN, 0))
