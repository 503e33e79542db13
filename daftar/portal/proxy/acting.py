"""Acting for a member: the choice «本人» or a member, held by the session, looked up anew at each request (S3.20)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from daftar.portal.accounts.roles import identity_verified
from daftar.portal.proxy.acts import Act, may
from daftar.portal.proxy.models import ProxyBinding
from daftar.portal.proxy.standing import stands
from daftar.store.keys import Key
from daftar.terms.outcomes import Ground

CHOICE = "acting_for"
"""In the session: the random name of a binding, nothing personal; absent is «本人»."""


class BindingOver(Exception):
    """The member that was chosen cannot be acted for any more; the choice is «本人» again.

    Never passed over in silence: what was meant for the member would be done for oneself.
    """


@dataclass(frozen=True, slots=True)
class Acting:
    """A principal who acts for a member, by a binding that stands now."""

    binding: ProxyBinding
    member_name: str

    @property
    def member(self) -> Key:
        """The person whom the page is about."""
        return Key(self.binding.member)

    @property
    def principal(self) -> Key:
        """The person who acts."""
        return Key(self.binding.principal)

    def may(self, act: Act, *, at: datetime) -> bool:
        """Whether this act is one of a proxy's, and the binding still stands."""
        return may(self.binding, act, at=at)


@dataclass(frozen=True, slots=True)
class Persons:
    """The two persons of a journal entry, by the names of its fields."""

    key: Key
    acting_for: Key | None
    ground: Ground


def act_for(request: HttpRequest, binding: UUID, *, at: datetime) -> Acting | None:
    """Choose a member; None, and nothing is changed, when there is no such binding of one's own that stands."""
    acting = _acting(request, binding, at)
    if acting:
        request.session[CHOICE] = str(binding)
    return acting


def act_for_oneself(request: HttpRequest) -> None:
    """Choose «本人»."""
    request.session.pop(CHOICE, None)


def acting_for(request: HttpRequest, *, at: datetime) -> Acting | None:
    """For whom the logged-in citizen acts at this moment; None is «本人». Raises BindingOver."""
    chosen = request.session.get(CHOICE)
    if chosen is None:
        return None
    acting = _acting(request, UUID(chosen), at)
    if acting is None:
        act_for_oneself(request)
        raise BindingOver
    return acting


def persons(own: UUID, acting: Acting | None) -> Persons:
    """Whom a journal entry is about, who acted for them, and on what ground."""
    if acting is None:
        return Persons(Key(own), None, Ground.OWN)
    return Persons(acting.member, acting.principal, Ground.PROXY)


def _acting(request: HttpRequest, binding: UUID, at: datetime) -> Acting | None:
    user = request.user
    if not user.is_authenticated or not identity_verified(user):
        return None
    row = ProxyBinding.objects.filter(pk=binding, principal=user.person_key).first()
    return Acting(row, row.fields["member_name"]) if row and stands(row, at) else None
