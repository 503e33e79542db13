"""The address that a request comes from, behind as many proxies as the installation says."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from daftar.terms.networks import counted_address


def network_address(request: HttpRequest) -> str:
    """The client's address; used for counting only, and stored as a keyed digest."""
    return counted_address(str(get_adapter(request).get_client_ip(request)))
