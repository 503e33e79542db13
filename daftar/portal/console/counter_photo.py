"""The office counter and a person's reference photograph: taken here where no feed brings one, removed on their wish.

The photograph is held in memory, made anew, looked at for one face, and sealed; it is never shown. Without a photograph
a member is bound at the counter itself (`counter_bindings`).
"""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.feeds.pictures import LARGEST_BYTES
from daftar.feeds.pictures_apart import pictures_made
from daftar.portal.cases.receiving import takes_files
from daftar.portal.console.counter import person_page
from daftar.portal.console.counter_account import INVALID
from daftar.portal.console.guard import for_counter
from daftar.portal.console.persons import look, person_under
from daftar.portal.directory.models import Office
from daftar.portal.people.photos import photo_record, photo_remove, photo_row
from daftar.portal.proxy.faces.builtin import reference_outcome
from daftar.portal.proxy.faces.port import Outcome
from daftar.portal.theme.forms import PageForm, Ticked, say, typed
from daftar.portal.theme.privacy import WITH_CAMERA
from daftar.terms.jurisdictions import jurisdictions

REFUSED = {
    Outcome.NO_FACE: "no_face",
    Outcome.TWO_FACES: "two_faces",
    Outcome.UNREADABLE: "unreadable",
    Outcome.UNAVAILABLE: "unavailable",
}


class PhotoForm(PageForm):
    """A photograph that was just taken."""

    file = forms.FileField(
        label=_("Photograph (JPEG or PNG)"),
        help_text=_("From the front, in good light, the person alone, without mask or sunglasses. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
        error_messages={
            "required": _("Choose a photograph, or take one."),
            "empty": _("This file is empty."),
            "invalid": _("Choose a photograph, or take one."),
        },
    )
    seen = Ticked(label=_("I took it just now of this person, and have seen their original identity document"))


class WishForm(PageForm):
    """The person wants no photograph of theirs to be kept."""

    seen = Ticked(label=_("The person stands here, showed their original identity document, and wishes it"))


@takes_files
@for_counter
def photo(request: HttpRequest, handle: str) -> HttpResponse:
    """Whether there is a photograph, since when and from whom; a new one takes its place."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "photo")
    form = PhotoForm(typed(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and getattr(request, "upload_too_large", False):
        form.errors["file"] = form.error_class([say("photo_refused.too_large")])  # nothing of it was taken in
    elif request.method == "POST" and form.is_valid():
        picture, refusal = _kept_as(form.cleaned_data["file"])
        if refusal:
            form.add_error("file", say(f"photo_refused.{refusal}"))
        else:
            taken = jurisdictions()[seen.jurisdiction].today(now)
            photo_record(
                key=key, picture=picture, taken=taken, office=request.user.office, by=request.user.user, at=now
            )
            return redirect(person_page(handle, "photo"))
    row = photo_row(key)
    context = {
        "form": form,
        "seen": seen,
        "handle": handle,
        "photo": row,
        "office": Office.objects.filter(code=row.office).values_list("name", flat=True).first() if row else None,
        "zone": seen.jurisdiction,
    }
    response = render(request, "console/photo.html", context, status=INVALID if form.errors else 200)
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response


@for_counter
def remove(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask once more, then wipe the photograph; one that is gone already is gone."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "photo")
    form = WishForm(typed(request))
    if request.method == "POST" and form.is_valid():
        photo_remove(key=key, office=request.user.office, by=request.user.user, at=now)
        return redirect(person_page(handle, "photo_removed"))
    context = {"form": form, "seen": seen, "handle": handle}
    return render(request, "console/photo_remove.html", context, status=INVALID if form.errors else 200)


def _kept_as(file: Any) -> tuple[bytes, str]:
    """What would be kept, or why nothing is; whether there is one face is judged of what would be kept."""
    if (file.size or 0) > LARGEST_BYTES:
        return b"", "too_large"
    (made,) = pictures_made([file.read()])
    if isinstance(made, str):
        return b"", made.removeprefix("photo_")
    return made, REFUSED.get(reference_outcome(made), "")
