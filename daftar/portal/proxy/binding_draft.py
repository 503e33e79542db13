"""What a principal has filled in on the way to a binding: sealed in the session for half an hour, in no address."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest

from daftar.portal.proxy.asked import Child, Named
from daftar.portal.proxy.models import Kinship
from daftar.store.sealing import Fields, open_fields, seal_fields
from daftar.terms.identifiers import read_identifier

PLACE = "binding_draft"
CHALLENGE, SAID = "face_challenge", "face_outcome"
"""Gone with another draft: the face challenge that waits, and what came of the last face check."""

KEPT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """A member who was checked, and is still to be proved; `child` when it is to be the commitment letter."""

    named: Named
    member: UUID
    child: Child | None
    confirms: bool
    begun: datetime


def keep_draft(request: HttpRequest, draft: Draft) -> None:
    """Remember it for the next page; one that was there before is gone."""
    drop_draft(request)
    fields = {
        "type": draft.named.identifier.type,
        "number": draft.named.identifier.number,
        "name": draft.named.name,
        "kinship": draft.named.kinship,
        "member": str(draft.member),
        "confirms": "yes" if draft.confirms else "",
        "begun": draft.begun.isoformat(),
    }
    if draft.child:
        fields |= {"born": draft.child.born.isoformat(), "paper": draft.child.paper}
    request.session[PLACE] = b64encode(seal_fields(settings.SECRETS, PLACE, fields)).decode()


def read_draft(request: HttpRequest, at: datetime) -> Draft | None:
    """This session's draft; None when there is none, or it is too old."""
    kept = request.session.get(PLACE)
    if kept is None:
        return None
    try:
        fields = open_fields(settings.SECRETS, PLACE, b64decode(kept))
    except InvalidTag:  # the installation has another secret since
        return None
    draft = _draft(fields)
    return draft if at <= draft.begun + KEPT else None


def drop_draft(request: HttpRequest) -> None:
    """Bound, or refused for good."""
    for place in (PLACE, CHALLENGE, SAID):
        request.session.pop(place, None)


def _draft(fields: Fields) -> Draft:
    named = Named(read_identifier(fields["type"], fields["number"]), fields["name"], Kinship(fields["kinship"]))
    child = Child(date.fromisoformat(fields["born"]), fields["paper"]) if "born" in fields else None
    begun = datetime.fromisoformat(fields["begun"])
    return Draft(named, UUID(fields["member"]), child, "confirms" in fields, begun)
