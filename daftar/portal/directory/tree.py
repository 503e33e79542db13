"""The tree of regions in memory: 4,700 names, asked for with every line of every list."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from daftar.portal.directory.region_picker import DEEPEST
from daftar.rules.regions import HEADINGS

LANGUAGES = {"ir": "fa", "cn": "zh-Hans"}
"""In which language the regions of a country are named, by the beginning of their codes."""


def language_of(region: str) -> str:
    """Language of the names in a region, by its code; empty for a country that is not known."""
    return LANGUAGES.get(region.partition("-")[0], "")


@dataclass(frozen=True, slots=True)
class Place:
    """A region in the tree, with the codes directly below it."""

    code: str
    name: str
    level: str
    parent: str
    below: tuple[str, ...] = ()

    @property
    def lang(self) -> str:
        """Language of the name, for `lang`."""
        return language_of(self.code)


class Tree:
    """All regions; codes that are not in it are nowhere, and lose nobody anything."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        known = {code: (name, level, parent) for code, name, level, parent in rows}
        below: dict[str, list[str]] = {}
        for code, (_name, _level, parent) in known.items():
            below.setdefault(parent if parent in known else "", []).append(code)
        self.places = {
            code: Place(code, *told, tuple(sorted(below.get(code, ()), key=as_counted))) for code, told in known.items()
        }
        self.roots = tuple(self.places[code] for code in sorted(below.get("", ()), key=as_counted))
        walked = [code for root in self.roots for code in self.subtree(root.code)]
        self.order = {code: number for number, code in enumerate(walked)}

    def __contains__(self, code: str) -> bool:
        return code in self.places

    def place_in_order(self, code: str) -> tuple[int, str]:
        """Where a region stands in the walk through the tree; codes that no region has come for stand last."""
        return self.order.get(code, len(self.order)), code

    def subtree(self, code: str, without: Collection[str] = ()) -> list[str]:
        """A region and everything below it, each before what lies in it; `without` some and what lies in those."""
        found: dict[str, None] = {}
        waiting = [code]
        while waiting:
            here = waiting.pop()
            if here in self.places and here not in found and here not in without:
                found[here] = None
                waiting += reversed(self.places[here].below)
        return list(found)

    def path(self, code: str) -> list[Place]:
        """A region with those above it, its province first; headings that are no place are passed over."""
        found: list[Place] = []
        while code in self.places and len(found) < DEEPEST:
            place = self.places[code]
            if place.level != "country" and (place.name not in HEADINGS or not found):
                found.insert(0, place)
            code = place.parent
        return found

    def children(self, code: str) -> Iterator[Place]:
        """The regions directly below one, headings opened."""
        for each in self.places[code].below if code in self.places else ():
            place = self.places[each]
            if place.name in HEADINGS and place.below:
                yield from self.children(each)
            else:
                yield place

    def provinces(self) -> Iterator[Place]:
        """The provinces of all countries."""
        return (self.places[code] for root in self.roots for code in root.below)


def as_counted(code: str) -> tuple[int, str]:
    """Orders codes as a person counts: ir-2 before ir-10."""
    return len(code), code
