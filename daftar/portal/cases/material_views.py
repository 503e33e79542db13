"""A file of one's own case, to keep: as an attachment, each time on record (S3.14, X.5)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from daftar.portal.accounts.roles import for_citizens
from daftar.portal.cases.material_services import material_open
from daftar.portal.cases.materials.answering import attachment
from daftar.portal.cases.materials.keeping import open_content, open_name
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.stepping import CaseNotDone


@for_citizens()
def material(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    """The file for who wrote the case or whom it is for; for everybody else there is none."""
    try:
        case = Case.objects.only("pk").get(number=number)
        found = material_open(case=case.pk, material=id, by=request.user, at=timezone.now())
    except (Case.DoesNotExist, Material.DoesNotExist, CaseNotDone):
        raise Http404 from None
    name = open_name(settings.SECRETS, found.pk, bytes(found.sealed_name))
    content = open_content(settings.SECRETS, found.pk, found.media_type, bytes(found.content))
    return attachment(name, found.media_type, content)
