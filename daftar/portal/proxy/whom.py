"""For whom the reader acts, as the switch «本人» and the banner on every page show it (S3.20)."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import identity_verified
from daftar.portal.proxy.acting import Acting, BindingOver, acting_for
from daftar.portal.proxy.pages import ONESELF, page_for
from daftar.portal.proxy.persons import SERVICE
from daftar.portal.proxy.selectors import BindingSeen, bindings_of_principal
from daftar.portal.proxy.standing import stands
from daftar.terms.jurisdictions import jurisdictions


class Whom:
    """Looked up when a template asks: a page that shows none of it, and an error page, never ask the database."""

    oneself = ONESELF

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.over = False

    @cached_property
    def at(self) -> datetime:
        """One moment for the whole page."""
        return timezone.now()

    @cached_property
    def acting(self) -> Acting | None:
        """The member, or None for «本人»; `over` says that the choice did not stand any more."""
        if hasattr(self.request, "acting"):
            return self.request.acting
        try:
            return acting_for(self.request, at=self.at) if self.request.user.is_authenticated else None
        except BindingOver:
            self.over = True
            return None

    @cached_property
    def chosen(self) -> str:
        """Value of the choice that stands."""
        return page_for(self.acting)

    @cached_property
    def offered(self) -> bool:
        """Whether the reader has the service at all: a citizen, verified, of a jurisdiction that offers it (S3.2)."""
        user = self.request.user
        if not user.is_authenticated or user.role != Role.CITIZEN or not identity_verified(user):
            return False
        return SERVICE in jurisdictions()[user.jurisdiction].services

    @cached_property
    def members(self) -> list[BindingSeen]:
        """For whom the reader may act at this moment."""
        return members_of(self.request.user.person_key, self.at) if self.offered else []


def members_of(principal: Any, at: datetime) -> list[BindingSeen]:
    """The members of a principal whose bindings stand."""
    return [each for each in bindings_of_principal(principal, at) if each.stands and stands(each.row, at)]


def whom(request: HttpRequest) -> dict[str, Whom]:
    """Context processor: `whom`."""
    return {"whom": Whom(request)}
