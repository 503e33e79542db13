"""Objecting on a page: the one service that every page uses, and its form (S2.12)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.objections import Objected, Objecting, object_to
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.portal.theme.forms import PageForm, Typed, say
from daftar.portal.theme.page import language
from daftar.store.keys import Key
from daftar.terms.digits import refuse_invisible
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.objections import NotTaken
from daftar.terms.outcomes import Channel
from daftar.terms.tracking_codes import TrackingCode

LONGEST = 2000
HALF_SPACE = "\u200c"  # نیم‌فاصله: Persian is written with it


def said_text(typed: str) -> str:
    """Some lines of text. Raises Misunderstood `too_long`, `forbidden_character`."""
    text = typed.replace("\r\n", "\n")
    refuse_invisible(text, allow="\n" + HALF_SPACE)
    if len(text) > LONGEST:
        raise Misunderstood("too_long")
    return text


class SaidForm(PageForm):
    """What somebody says against an answer."""

    said = Typed(
        said_text,
        label=_("What is wrong with the answer?"),
        help_text=_(
            "For example: since when you work where, which month was paid, which paper you have shown and where."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@transaction.atomic
def objection_submit(
    *, code: TrackingCode, by: UUID, account: Account | None, said: str, at: datetime
) -> Objected | NotTaken:
    """A person objects on a page; `account` is None where they have shown who they are by a one-time code alone."""
    wish = Objecting(
        code=code,
        by=Key(by),
        channel=Channel.WEB,
        language=language(),
        said=said,
        account=account.user if account else "",
    )
    return _object_to(wish, at)


@transaction.atomic
def objection_take_down(
    *, code: TrackingCode, said: str, phone: str, caller: str, notices_in: str, by: Account, at: datetime
) -> Objected | NotTaken:
    """An operator of the hotline takes down what somebody says on the telephone."""
    wish = Objecting(
        code=code,
        by=None,
        channel=Channel.WEB,
        language=notices_in,
        said=said,
        phone=phone,
        caller=caller,
        account=by.user,
        office=by.office,
        jurisdiction=by.jurisdiction,
    )
    return _object_to(wish, at)


def complaint_of(refused: NotTaken, jurisdiction: str) -> str:
    """Why nothing was taken down, in words."""
    values = {"hotline": jurisdictions()[jurisdiction].hotline} if refused == NotTaken.TOO_MANY_OPEN else {}
    return say(f"objection_not_taken.{refused}", **values)


def languages() -> Sequence[tuple[str, Any]]:
    """Languages in which people are told."""
    return settings.LANGUAGES


def _object_to(wish: Objecting, at: datetime) -> Objected | NotTaken:
    return object_to(raw_connection(), settings.SECRETS, wish, at=at, writer=WRITER, tracking=TRACKING)
