"""What tests of progress and material pages stand on: the persons of `casework`, logged in; files in a form."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from daftar.portal.accounts.models import Account, LogInSession, Role
from daftar.portal.accounts.sessions import IN_SESSION
from daftar.portal.cases.models import Case
from daftar.portal.proxy.acting import CHOICE
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from tests.portal.casework import NOW, who

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NAMES = {"principal_name": "王伟", "member_name": "王小明", "kinship": "child"}


def verified() -> None:
    """The citizens' identities are verified, and the binding knows the names in it."""
    Account.objects.filter(role=Role.CITIZEN).update(verified_at=NOW, verified_by="counter")
    ProxyBinding.objects.update(sealed=seal_fields(settings.SECRETS, "proxy_binding", NAMES))


def client_of(user: str, *, acting: bool = False) -> Client:
    """Somebody logged in; a principal acting for their member when asked."""
    client, account, now = Client(), who(user), datetime.now(UTC)
    client.force_login(account, backend=BACKEND)
    row = LogInSession.objects.create(account=account, started_at=now, seen_at=now)
    session = client.session
    session[IN_SESSION] = row.id.hex
    if acting:
        session[CHOICE] = str(ProxyBinding.objects.get().pk)
    session.save()
    return client


def progress(case: Case, *, language: str = "en", act: str = "") -> str:
    """Address of the progress of a case."""
    return f"/{language}/progress/{case.number}/{act}"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    """A file in a form; its type is what a browser would say, and nobody asks."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
