"""What tests of the review pages stand on: reviewers who are logged in, cases of many places, papers in them."""

import time
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from daftar.portal.accounts.models import Account, LogInSession, Role
from daftar.portal.accounts.sessions import IN_SESSION
from daftar.portal.cases.materials.checking import Checked
from daftar.portal.cases.materials.keeping import keep
from daftar.portal.cases.models import Case, Material, Reviewer
from daftar.portal.cases.numbers import new_case_number
from daftar.portal.cases.scope import places
from daftar.store.sealing import seal_fields
from daftar.terms.cases import PENDING, CaseState
from tests.portal.casework import COUNTY, NOW, who

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def entered(user: str) -> Client:
    """A client logged in, second factor and all."""
    account, client = who(user), Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session[IN_SESSION] = LogInSession.objects.create(account=account, started_at=NOW, seen_at=NOW).id.hex
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def headquarters(user: str = "boss") -> Account:
    """Headquarters of whom it is on record which person they are."""
    account = who(user)
    Reviewer.objects.create(account=account.pk, key=uuid4(), recorded_by="x", recorded_at=NOW)
    return account


def staff(user: str, role: Role, **fields: object) -> Account:
    """Somebody else of the insurer."""
    return Account.objects.create(user=user, role=role, jurisdiction="cn", **fields)


def lies(
    state: CaseState = CaseState.SUBMITTED,
    *,
    region: str = COUNTY,
    person: UUID | None = None,
    at: datetime | None = None,
    name: str = "王小明",
    **columns: object,
) -> Case:
    """A case as it lies in the table, of a stranger."""
    at = at or datetime.now(NOW.tzinfo) - timedelta(hours=2)
    decided = state in (CaseState.APPROVED, CaseState.REFUSED)
    holder = columns.pop("claimed_by", "city") if state == CaseState.IN_REVIEW else ""
    values: dict[str, object] = {
        "number": new_case_number(),
        "kind": "enrolment",
        "state": state,
        "jurisdiction": "cn",
        "person": person or uuid4(),
        "applicant": person or uuid4(),
        "matter": str(uuid4()),
        "made_at": at,
        "submitted_at": None if state == CaseState.DRAFT else at,
        "queued_at": at if state in PENDING else None,
        "sent_back_at": at if state == CaseState.SENT_BACK else None,
        "way": "" if state == CaseState.DRAFT else "manual",
        "claimed_by": holder,
        "claimed_at": at if holder else None,
        "decided_by": "rules" if decided else "",
        "decided_at": at + timedelta(hours=1) if decided else None,
        "sealed": seal_fields(settings.SECRETS, "case", {"name": name}),
        **places(region),
        **columns,
    }
    return Case.objects.create(**values)


def picture(words: str = "出生医学证明") -> bytes:
    """A photograph of a paper."""
    sheet = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(sheet).rectangle((60, 60, 540, 300), fill="navy")
    written = BytesIO()
    sheet.save(written, "JPEG", comment=words.encode())
    return written.getvalue()


def two_pages() -> bytes:
    """A PDF of two scanned pages: navy, then red."""
    sheets = [Image.new("RGB", (595, 842), colour) for colour in ("navy", "red")]
    scanned, written = BytesIO(), BytesIO()
    sheets[0].save(scanned, "PDF", save_all=True, append_images=sheets[1:])
    writer = PdfWriter()
    for page in PdfReader(scanned).pages:
        writer.add_page(page)
    writer.write(written)
    return written.getvalue()


def handed_in(case: Case, name: str, content: bytes, *, pages: int = 1, what: str = "birth_certificate") -> Material:
    """A checked file in a case."""
    media_type = "application/pdf" if content.startswith(b"%PDF") else "image/jpeg"
    kept = keep(settings.SECRETS, uuid4(), Checked(name, media_type, content, pages, str(uuid4())))
    return Material.objects.create(
        id=kept.id,
        case=case,
        what=what,
        media_type=kept.media_type,
        size=kept.size,
        pages=kept.pages,
        fingerprint=kept.fingerprint,
        by="principal",
        at=NOW + timedelta(seconds=case.materials.count()),
        sealed_name=kept.sealed_name,
        content=kept.content,
    )
