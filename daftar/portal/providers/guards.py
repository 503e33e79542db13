"""Who may see providers: headquarters, those of its own jurisdiction."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.providers.selectors import provider_seen
from daftar.terms.jurisdictions import jurisdictions

for_headquarters = for_roles(Role.INSURER_ADMIN)


def of_a_provider(view: View) -> View:
    """The page of one provider: `request.provider` is it, `request.today` the day in its jurisdiction."""

    @for_headquarters
    @wraps(view)
    def guarded(request: HttpRequest, code: str, **options: object) -> HttpResponse:
        request.today = jurisdictions()[request.user.jurisdiction].today(timezone.now())
        request.provider = provider_seen(code, jurisdiction=request.user.jurisdiction, today=request.today)
        if request.provider is None:
            raise Http404
        return view(request, code, **options)

    return guarded
