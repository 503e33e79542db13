"""Choose a region step by step: the province, then the city (S4.8, S3.21). Any form that needs a region builds on it.

With scripts the cities come as soon as a province is chosen; without them the form's own button brings them. Headings
of the official list that are no place (市辖区) are passed over: what lies in them is offered in their stead.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.models import Region
from daftar.portal.theme.forms import PageForm, say_later
from daftar.rules.regions import HEADINGS
from daftar.store.dialect import Row, Statement
from daftar.terms.misunderstood import Misunderstood

CITY_PART = "picker-city"
"""Id of the part of the page that a chosen province brings anew."""

DEEPEST = 5
"""More levels than any country's list has: a circle of parents ends here."""

CODE = re.compile(r"[!-~]{1,16}")
"""What a code may look like at all; the database is not asked about anything else that is typed into an address."""


PATH = """
WITH RECURSIVE path AS (
    SELECT region.*, 1 AS step FROM region WHERE code = ? AND NOT withdrawn AND level <> 'country'
    UNION ALL
    SELECT above.*, path.step + 1 FROM path JOIN region above ON above.code = path.parent
    WHERE NOT above.withdrawn AND above.level <> 'country' AND path.step < ?)
SELECT * FROM path ORDER BY step DESC
"""
"""A region and those above it, the topmost first: asked at once, for a case asks it several times."""

EVER = PATH.replace("AND NOT withdrawn ", "").replace("NOT above.withdrawn AND ", "")
"""The same, withdrawn ones too: they keep their names."""

CODES = PATH.replace("SELECT * FROM", "SELECT code, name FROM")


def below(code: str) -> list[Region]:
    """The regions directly below one, in the order of the official list."""
    found: list[Region] = []
    for each in _ordered(Region.objects.filter(parent=code, withdrawn=False)):
        found += below(each.code) if each.name in HEADINGS else [each]
    return found


def path_of(code: str) -> list[Region]:
    """A region with those above it, its province first and without headings; empty for an unknown code or a country."""
    return _path(PATH, code)


def region_name(code: str) -> str:
    """A region's name behind those it lies in, of a withdrawn one its last; the code of one that nobody knows.

    What was filed or enrolled for a place is still called by its name when the place is gone.
    """
    return " ".join(each.name for each in _path(EVER, code) if each.name) or code


def codes_wanted(code: str) -> Statement:
    """What asks for the codes alone of `path_of`, to go with other statements; `codes_found` reads what it gives."""
    return CODES, [code if CODE.fullmatch(code) else "", DEEPEST]


def codes_wanted_of(selected: str, values: Sequence[Any]) -> Statement:
    """As `codes_wanted`, of the region whose code an SQL selection gives."""
    return CODES.replace("code = ?", f"code = ({selected})"), [*values, DEEPEST]


def codes_found(found: Sequence[Row]) -> list[str]:
    """The codes of a region's path, without headings."""
    return [code for code, name in found if name not in HEADINGS]


def _path(asked: str, code: str) -> list[Region]:
    found = Region.objects.raw(asked.replace("?", "%s"), [code, DEEPEST]) if CODE.fullmatch(code) else ()
    return [each for each in found if each.name not in HEADINGS]


def _ordered(regions: Any) -> list[Region]:
    """By code as a person counts: ir-2 before ir-10."""
    return sorted(regions, key=lambda region: (len(region.code), region.code))


class RegionPickerForm(PageForm):
    """A province and, where it is not enough by itself, a city.

    `picked` is the region chosen, None when nothing is; `asks_city` says that the city is still to be chosen.
    """

    stops_note: Promise | str = ""
    """What is said where the province is enough."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)

    def __init__(
        self,
        *args: Any,
        countries: Sequence[str],
        here: str,
        enough: Collection[str] = (),
        itself: Promise | str = "",
        notes: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        """`enough`: provinces without a city to choose; `itself` offers the province as a whole under that name;
        `notes` stand behind names of cities; `here` is the address that answers htmx."""
        super().__init__(*args, **options)
        self.regions: dict[str, Region] = {}
        self.enough = frozenset(enough)
        self._offer("province", [each for country in countries for each in below(country)], {})
        self.fields["province"].widget.attrs |= _htmx(here)
        self._complete()
        chosen = self._chosen_province()
        self.asks_city = bool(chosen) and chosen not in self.enough
        whole = {chosen: itself} if self.asks_city and itself else {}
        self._offer("city", below(chosen) if self.asks_city else [], notes or {}, whole)
        self._forget_left_behind()

    @property
    def picked(self) -> Region | None:
        """The region chosen: the city, or the province where it is enough."""
        cleaned = getattr(self, "cleaned_data", {})
        return self.regions.get(cleaned.get("city") or ("" if self.asks_city else cleaned.get("province", "")))

    @property
    def cities(self) -> int:
        """How many cities there are to choose from."""
        return sum(1 for code, _name in self.fields["city"].choices if code)

    @property
    def stops(self) -> Region | None:
        """The chosen province, where it is enough by itself."""
        chosen = self._chosen_province()
        return self.regions[chosen] if chosen in self.enough else None

    def clean(self) -> dict[str, Any]:
        """A city that was offered must be chosen."""
        cleaned = super().clean() or {}
        if self.asks_city and "city" in self.data and not cleaned.get("city") and "city" not in self.errors:
            self.refuse("city", Misunderstood("region_needed"))
        return cleaned

    def _chosen_province(self) -> str:
        chosen = str(self.data.get("province", "")) if self.is_bound else str(self.initial.get("province", ""))
        return chosen if chosen in self.regions else ""

    def _complete(self) -> None:
        """A city that comes alone, in a link, names its province."""
        path = path_of(str(self.data.get("city", ""))) if self.is_bound and not self.data.get("province") else []
        if path:
            completed: Any = self.data.copy()
            completed["province"], completed["city"] = path[0].code, path[:2][-1].code
            self.data = completed

    def _forget_left_behind(self) -> None:
        """Where another province was chosen after its city, ask for the city again, without complaint."""
        typed, offered = str(self.data.get("city", "")), dict(self.fields["city"].choices)
        if typed and typed not in offered and (self._chosen_province() in self.enough or path_of(typed)):
            remaining: Any = self.data.copy()
            del remaining["city"]
            self.data = remaining

    def _offer(
        self,
        name: str,
        regions: list[Region],
        notes: Mapping[str, str],
        first: Mapping[str, Promise | str] | None = None,
    ) -> None:
        self.regions |= {each.code: each for each in regions}
        field: Any = self.fields[name]
        named = [(each.code, " – ".join(filter(None, (each.name, notes.get(each.code))))) for each in regions]
        field.choices = [("", _("Choose")), *(first or {}).items(), *named]
        field.error_messages |= {"invalid_choice": say_later("input.unknown_region")}


def _htmx(here: str) -> dict[str, str]:
    """A chosen province, and it alone, fetches its cities; nothing else of the page moves, and the focus stays."""
    return {
        "hx-get": here,
        "hx-target": f"#{CITY_PART}",
        "hx-trigger": "change delay:150ms",
        "hx-sync": "this:replace",
    }


def city_part(request: HttpRequest, form: RegionPickerForm) -> HttpResponse | None:
    """The answer to a chosen province: the cities alone; None when the whole page was asked for."""
    if not request.htmx or request.htmx.target != CITY_PART:
        return None
    return render(request, "directory/region_city.html", {"form": form, "fetched": True})
