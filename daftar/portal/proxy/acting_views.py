"""Choosing for whom one acts (S3.20)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from daftar.portal.accounts.roles import for_citizens
from daftar.portal.proxy.acting import act_for, act_for_oneself
from daftar.portal.proxy.pages import ONESELF, over

LONGEST_ADDRESS = 2000


@require_POST
@for_citizens()
def switch(request: HttpRequest) -> HttpResponse:
    """«本人» or a member, then back to the page where it was chosen."""
    chosen = request.POST.get("whom", "")
    if chosen == ONESELF:
        act_for_oneself(request)
        return redirect(_back(request))
    try:
        binding = UUID(chosen)
    except ValueError:
        raise Http404 from None
    if act_for(request, binding, at=timezone.now()) is None:
        act_for_oneself(request)
        return over(request)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own and len(address) <= LONGEST_ADDRESS else reverse("home")
