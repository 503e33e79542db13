"""Forms of campaigns and announcements: to whom, by what, and the text in each of three languages."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.roles import STAFF_ROLES
from daftar.portal.accounts.words import ROLES
from daftar.portal.affiliation.forms import day_field, day_hint
from daftar.portal.campaigns.models import Campaign, Group
from daftar.portal.campaigns.texts import MOST_PARTS, parts
from daftar.portal.campaigns.words import REACHES
from daftar.portal.notices.models import Tone
from daftar.portal.organisations.words import OWNERSHIPS, PROVIDER_TYPES
from daftar.portal.theme.forms import CHOOSE, PageForm, Ticked, Typed, dress
from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import LANGUAGES

LONGEST_NAME = 100
LONGEST_MAIL = 5_000
LONGEST_ANNOUNCEMENT = 1_000
MARKS = {
    "fa": {"lang": "fa", "dir": "rtl"},
    "zh": {"lang": "zh-Hans", "dir": "ltr"},
    "en": {"lang": "en", "dir": "ltr"},
}
IN_LANGUAGE = {"fa": _("Text in Persian"), "zh": _("Text in Chinese"), "en": _("Text in English")}
TITLE_IN = {"fa": _("Title in Persian"), "zh": _("Title in Chinese"), "en": _("Title in English")}
SUBJECT_IN = {"fa": _("Subject in Persian"), "zh": _("Subject in Chinese"), "en": _("Subject in English")}


def name_text(typed: str) -> str:
    """One line of at most a hundred characters. Raises Misunderstood."""
    if len(typed) > LONGEST_NAME:
        raise Misunderstood("too_long")
    refuse_invisible(typed, allow=ZERO_WIDTH_NON_JOINER)
    return typed


def lines_text(typed: str, most: int) -> str:
    """Some lines. Raises Misunderstood."""
    text = typed.replace("\r\n", "\n")
    refuse_invisible(text, allow="\n" + ZERO_WIDTH_NON_JOINER)
    if len(text) > most:
        raise Misunderstood("too_long")
    return text


def sms_text(typed: str) -> str:
    """A text of at most three short messages. Raises Misunderstood."""
    text = lines_text(typed, LONGEST_MAIL)
    if parts(text) > MOST_PARTS:
        raise Misunderstood("too_long")
    return text


class _InThreeLanguages(PageForm):
    """A heading and a text in each language."""

    def _ask(self, heading: dict[str, Promise] | None, read: Any, help_text: Any = "") -> None:
        for code in LANGUAGES:
            if heading:
                line = Typed(name_text, label=heading[code], widget=forms.TextInput(attrs=MARKS[code]))
                self.fields[f"title_{code}"] = line
            area = forms.Textarea(attrs={"rows": 4, **MARKS[code]})
            self.fields[f"text_{code}"] = Typed(read, label=IN_LANGUAGE[code], widget=area, help_text=help_text)

    @property
    def languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, the reader's own first or not: as they are listed."""
        names = [(code, [f"title_{code}", f"text_{code}"]) for code in LANGUAGES]
        return [(code, [self[name] for name in pair if name in self.fields]) for code, pair in names]

    def said(self, what: str) -> dict[str, str]:
        """Titles or texts by language."""
        return {code: self.cleaned_data[f"{what}_{code}"] for code in LANGUAGES if f"{what}_{code}" in self.fields}


class ReachForm(PageForm):
    """To whom, by what."""

    reach = forms.ChoiceField(
        label=_("Who is told, and how?"),
        choices=list(REACHES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class CampaignForm(_InThreeLanguages):
    """Which of a group, and what they are told."""

    name = Typed(name_text, label=_("Name of the campaign"), help_text=_("For the staff: nobody else sees it."))

    def __init__(
        self, *args: Any, group: str, channel: str, provinces: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if group == Group.PROVIDERS:
            self._offer("type", _("Type of provider"), _("All types"), PROVIDER_TYPES.items())
            self._offer("ownership", _("Ownership"), _("Both"), OWNERSHIPS.items())
        if group == Group.STAFF:
            roles = [(role, ROLES[role]) for role in sorted(STAFF_ROLES)]
            self._offer("role", _("Role"), _("All roles"), roles)
        else:
            self._offer("province", _("Province"), _("All provinces"), provinces)
        if group == Group.PROVIDERS:
            self.fields["silent"] = forms.BooleanField(
                label=_("Only those who may ask and have not asked for 30 days"), required=False
            )
        self.choosing = [name for name in self.fields if name != "name"]
        mail = channel == "mail"
        hint = "" if mail else _("At most 3 short messages: 201 characters, 459 in Latin letters alone.")
        self._ask(SUBJECT_IN if mail else None, _mail_text if mail else sms_text, hint)
        dress(self)  # once more: fields came after the form was made

    def _offer(self, name: str, label: Any, everything: Any, choices: Iterable[tuple[Any, Any]]) -> None:
        field = forms.ChoiceField(label=label, required=False, choices=[("", everything), *choices])
        field.error_messages |= {"invalid_choice": CHOOSE}
        self.fields[name] = field

    def written(self) -> dict[str, Any]:
        """The columns of `campaign` that a form fills."""
        chosen = {name: self.cleaned_data[name] for name in self.choosing if self.cleaned_data[name]}
        return {
            "name": self.cleaned_data["name"],
            "chosen": chosen,
            "subjects": self.said("title"),
            "texts": self.said("text"),
        }

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        """What a draft holds, to be changed."""
        titles = {f"title_{code}": text for code, text in campaign.subjects.items()}
        return {"name": campaign.name, **campaign.chosen, **titles, **_by_name(campaign.texts)}


class LetGoForm(PageForm):
    """The last look before many are told."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    read = Ticked(label=_("I have read the text in all three languages, and this is whom it is for"))


class AnnouncementForm(_InThreeLanguages):
    """What everybody is told on the home page and the status page."""

    tone = forms.ChoiceField(
        label=_("What kind of announcement?"),
        choices=[(Tone.NOTE, _("Something to know")), (Tone.WARNING, _("A disturbance of the service"))],
        widget=forms.RadioSelect,
        initial=Tone.NOTE,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    first = day_field(_("First day"))
    last = day_field(_("Last day"))

    def __init__(self, *args: Any, zone: ZoneInfo, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone, self.at = zone, at
        self._ask(TITLE_IN, _announcement_text)
        self.order_fields(["tone", *(f"{what}_{code}" for code in LANGUAGES for what in ("title", "text"))])
        self.fields["first"].help_text = _("Empty: from now on.")
        self.fields["last"].help_text = day_hint()
        dress(self)  # once more: fields came after the form was made

    def clean(self) -> dict[str, Any]:
        """Not over before it begins, nor before today."""
        cleaned = super().clean() or {}
        if not self.errors:
            starts, ends = self.span()
            if ends is not None and ends <= max(starts, self.at):
                self.refuse("last", Misunderstood("period_reversed"))
        return cleaned

    def span(self) -> tuple[datetime, datetime | None]:
        """From when to when it is shown; days are those of the country, and the last one is over at its midnight."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        starts = max(self._midnight(first), self.at) if first else self.at
        return starts, self._midnight(last + timedelta(days=1)) if last else None

    def _midnight(self, day: Any) -> datetime:
        return datetime.combine(day, time(), self.zone)


def _mail_text(typed: str) -> str:
    return lines_text(typed, LONGEST_MAIL)


def _announcement_text(typed: str) -> str:
    return lines_text(typed, LONGEST_ANNOUNCEMENT)


def _by_name(texts: dict[str, str]) -> dict[str, str]:
    return {f"text_{code}": text for code, text in texts.items()}
