"""Forms that mend an entry of the directory, add one or withdraw one; fields are read as the feeds read theirs."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.feeds.readers import code, text, words
from daftar.portal.directory.mending import Values
from daftar.portal.directory.models import Region
from daftar.portal.directory.region_picker import path_of
from daftar.portal.directory.shown import filings_stop
from daftar.portal.entitlement.forms import day_hint
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, complaint, say_later
from daftar.portal.theme.page import language
from daftar.terms.calendars import read_day, show_day_short
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import Period

LONGEST_OPENED = 4000
LEVELS = ("country", "province", "city", "county")
"""Of regions, the highest first."""
OFFICE_KINDS = ("headquarters", "province", "branch", "brokerage", "handling")


def _text(label: Any, most: int, **options: Any) -> Typed:
    return Typed(text(most).read, label=label, **options)


def _latin(label: Any, read: Any, **options: Any) -> Typed:
    return Typed(read, label=label, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}), **options)


def _day(label: Any, help_text: Any) -> Typed:
    return _latin(label, read_day, required=False, help_text=help_text)


def _choice(label: Any, section: str, words: tuple[str, ...]) -> forms.ChoiceField:
    choices = [("", _("Choose")), *((each, say_later(f"{section}.{each}")) for each in words)]
    return forms.ChoiceField(
        label=label, choices=choices, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )


def _region(typed: str) -> str:
    """A code as the feeds read one; what cannot be a code is no region, and no question for the database."""
    try:
        return str(code(16).read(typed))
    except Misunderstood:
        raise Misunderstood("unknown_region") from None


class MendForm(PageForm):
    """What every entry has: a name, a region in the account's area, and why it is mended.

    `opened` holds the entry as it was when the page was opened: what somebody else changed since is seen by it.
    """

    name = _text(_("Name of the entry"), 200)
    region = _latin(_("Code of the region"), _region)
    reason = _text(
        _("Why is it mended?"), 200, help_text=_("For example: call of the hospital on 3 May. Colleagues read it.")
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_OPENED)

    def __init__(self, *args: Any, area: Collection[str] | None, **options: Any) -> None:
        """`area`: codes of the regions that the account looks after; None is all."""
        super().__init__(*args, **options)
        self.area = area
        for name in ("opened_on", "closed_on"):
            if name in self.fields and not self.fields[name].help_text:
                self.fields[name].help_text = day_hint()

    def clean_region(self) -> str:
        """A region that is there, and in the account's area."""
        region: str = self.cleaned_data["region"]
        if not Region.objects.filter(code=region, withdrawn=False).exists():
            raise complaint(Misunderstood("unknown_region"))
        if self.area is not None and region not in self.area:
            raise complaint(Misunderstood("region_outside_office"))
        return region

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("opened_on") and cleaned.get("closed_on"):
            try:
                Period(cleaned["opened_on"], cleaned["closed_on"])
            except Misunderstood as error:
                self.refuse("closed_on", error)
        return cleaned

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields of the page in their order, the reason last."""
        return [self[name] for name in self.fields if name not in ("reason", "opened")] + [self["reason"]]

    @property
    def code(self) -> str:
        """Of the entry that is added; what is mended has its own."""
        return str(self.cleaned_data.get("code", ""))

    @property
    def wanted(self) -> Values:
        """What is to stand in the entry: empty text where nothing was typed, but None for a day."""
        days = ("opened_on", "closed_on")
        found = {name: self.cleaned_data[name] for name in self.fields if name not in ("code", "reason", "opened")}
        return {name: value if value is not None or name in days else "" for name, value in found.items()}


class InstitutionForm(MendForm):
    """S4.6, and how long it settles directly."""

    level = _text(_("Level of the hospital"), 32, required=False)
    institution_class = _text(_("Class of the institution"), 64, required=False)
    address = _text(_("Address"), 300, required=False)
    phone = _latin(_("Telephone"), text(64).read, required=False)
    opened_on = _day(_("First day of direct settlement"), "")
    closed_on = _day(_("Last day of direct settlement"), _("Leave empty while it settles directly."))
    cross_region = forms.BooleanField(label=_("Designated for the insured of other regions"), required=False)
    field_order = ("name", "region")


class OfficeForm(MendForm):
    """S4.9, S4.26."""

    kind = _choice(_("Kind of office"), "office_kind", OFFICE_KINDS)
    department = _text(_("Department"), 100, required=False)
    address = _text(_("Address"), 300, required=False)
    phone = _latin(_("Telephone"), text(64).read, required=False)
    postcode = _latin(_("Postcode"), text(16).read, required=False)
    field_order = ("name", "kind", "department", "region")


class PoolingRegionForm(MendForm):
    """S4.4."""

    name = _text(_("Name of the entry"), 100)
    opened_on = _day(_("Open from"), _("Leave empty while it is not open."))
    insurance_types = _latin(
        _("Codes of insurance types"), words(200).read, required=False, help_text=_("With spaces between: 310 390.")
    )
    field_order = ("name", "region")


class RegionForm(MendForm):
    """An administrative division: it lies in one of a higher level, so that no path of regions runs in a circle."""

    region = None  # type: ignore[assignment]  # so Django leaves out a field of the base
    name = _text(_("Name of the entry"), 100)
    level = _choice(_("Level"), "region_level", LEVELS)
    parent = _latin(_("Code of the region above"), _region, required=False, help_text=_("A country has none."))
    files_to = _latin(
        _("Code of the region where filings stop"),
        _region,
        required=False,
        help_text=_("Only where filing to the province is enough: the province's own code."),
    )
    field_order = ("name", "level", "parent", "files_to")

    def __init__(self, *args: Any, entry: str = "", **options: Any) -> None:
        """`entry`: code of the region that is mended."""
        super().__init__(*args, **options)
        self.entry = entry

    def clean(self) -> dict[str, Any]:
        """The region above is there, of a higher level; those in this one stay below it."""
        cleaned = super().clean() or {}
        level, parent = cleaned.get("level"), cleaned.get("parent") or ""
        if level and "parent" in cleaned:
            self._place(LEVELS.index(level), parent)
        if cleaned.get("files_to"):
            self._stop(cleaned["files_to"], parent)
        return cleaned

    def _stop(self, files_to: str, parent: str) -> None:
        """Filings stop where the law of today says so, and nowhere else (S4.8)."""
        here = {self.entry or self.cleaned_data.get("code", ""), *(each.code for each in path_of(parent))}
        if files_to not in here and not _level_of(files_to):
            self.refuse("files_to", Misunderstood("unknown_region"))
        elif files_to not in here or not filings_stop(files_to, timezone.now()):
            self.refuse("files_to", Misunderstood("filings_do_not_stop"))

    def _place(self, height: int, parent: str) -> None:
        above = _level_of(parent) if parent else ""
        code = self.entry or self.cleaned_data.get("code", "")
        below = Region.objects.filter(parent=code, withdrawn=False) if code else Region.objects.none()
        if parent and not above:
            self.refuse("parent", Misunderstood("unknown_region"))
        elif not parent and height:
            self.refuse("parent", Misunderstood("required"))
        elif above and LEVELS.index(above) >= height:
            self.refuse("parent", Misunderstood("region_not_above"))
        elif any(LEVELS.index(each) <= height for each in below.values_list("level", flat=True)):
            self.refuse("level", Misunderstood("region_not_below"))


def _level_of(region: str) -> str:
    return Region.objects.filter(code=region, withdrawn=False).values_list("level", flat=True).first() or ""


class WithdrawForm(PageForm):
    """Why an entry is taken off the lists."""

    reason = _text(_("Why is it withdrawn?"), 200, help_text=_("Colleagues read it."))


FORMS: dict[str, type[MendForm]] = {
    "institutions": InstitutionForm,
    "offices": OfficeForm,
    "pooling-regions": PoolingRegionForm,
    "regions": RegionForm,
}
LONGEST_CODE = {"institutions": 32, "offices": 16, "pooling-regions": 16, "regions": 16}


def adding_form(kind: str) -> type[MendForm]:
    """The form of a new entry: its code first."""
    read = code(LONGEST_CODE[kind]).read
    fields = {
        "code": _latin(_("Code"), read),
        "reason": _text(_("Why is it added?"), 200, help_text=_("Colleagues read it.")),
        "field_order": ("code", *(FORMS[kind].field_order or ())),
    }
    return type("AddingForm", (FORMS[kind],), fields)


def as_typed(values: Values) -> dict[str, Any]:
    """An entry's values as a person would type them."""
    return {name: _typed(name, value) for name, value in values.items()}


def _typed(name: str, value: Any) -> Any:
    return show_day_short(date.fromisoformat(value), language()) if name.endswith("_on") and value else value or ""


def pack(values: Values) -> str:
    """An entry's values for the hidden field."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def unpack(opened: str) -> Values:
    """What the hidden field says; nothing when somebody wrote into it."""
    try:
        found = json.loads(opened)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
