"""Material for a reviewer's eyes: the file to keep, and its pages as pictures beside the form.

Nothing is shown as a page of the portal: a picture that a page refers to is drawn whatever its headers say, and these
say that it is a file to keep (S3.14).
"""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from daftar.portal.cases.material_services import material_read
from daftar.portal.cases.materials.answering import attachment
from daftar.portal.cases.materials.drawing import page_drawn
from daftar.portal.cases.materials.keeping import open_content, open_name
from daftar.portal.cases.models import Material
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.review.case_shown import material_of
from daftar.portal.review.guards import case_numbered, for_reviewers
from daftar.terms.misunderstood import Misunderstood

PICTURE = "image/jpeg"


@for_reviewers
def material(request: HttpRequest, number: str, material: UUID) -> HttpResponse:
    """The file itself; this look is journalled."""
    found = case_numbered(number)
    try:
        row = material_read(case=found.pk, material=material, by=request.user, at=timezone.now())
    except (CaseNotDone, Material.DoesNotExist):
        raise Http404 from None
    return attachment(open_name(settings.SECRETS, row.pk, bytes(row.sealed_name)), row.media_type, _content(row))


@for_reviewers
def page(request: HttpRequest, token: str, page: int) -> HttpResponse:
    """One page as a picture, by the token that the case's page was given with its journalled look."""
    id = material_of(token, request.user)
    row = Material.objects.filter(pk=id, pages__gte=page).first() if id and page else None
    if row is None:
        raise Http404
    content, media_type = _content(row), row.media_type
    if not media_type.startswith("image/"):
        try:
            content, media_type = page_drawn(content, page), PICTURE
        except Misunderstood:
            raise Http404 from None
    return attachment("page.jpg", media_type, content)


def _content(row: Material) -> bytes:
    return open_content(settings.SECRETS, row.pk, row.media_type, bytes(row.content))
