"""A filing as somebody hands it in: for themself or a member, by the services and by the pages; stays to be settled."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.cases import services
from daftar.portal.cases.models import Case
from daftar.portal.directory.models import PoolingRegion
from daftar.portal.filing.letter import letter_on, letter_sign
from daftar.portal.proxy.models import ProxyBinding
from daftar.portal.settlement.models import Settlement
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import binding, making_files, world
from tests.portal.filing_ground import HANGZHOU, NINGBO, YINGTAN, ZHEJIANG, regions

CN = jurisdictions()["cn"]


def today() -> date:
    """The day where everybody is insured."""
    return CN.today(datetime.now(UTC))


def days(number: int) -> date:
    """Some days from now."""
    return today() + timedelta(days=number)


def people() -> Account:
    """The real regions, where 浙江, 杭州 and 宁波 settle directly; a principal and an elder who are insured in 鹰潭."""
    regions()
    pooling()
    account = binding.people()
    world.spell("a-elder", binding.ELDER, "pensioner", date(2010, 1, 1), [])
    world.rebuild([binding.ELDER], datetime.now(UTC))
    return account


def pooling() -> None:
    """浙江, 杭州 and 宁波 settle directly."""
    for code in (ZHEJIANG, HANGZHOU, NINGBO):
        opened = {"opened_on": date(2017, 1, 1), "insurance_types": "310 390", "recorded_at": world.long_ago()}
        PoolingRegion.objects.create(code=f"p-{code}", name=code, region=code, **opened)


def bound(account: Account) -> ProxyBinding:
    """The elder, bound by a face check."""
    made = binding.bind_face(binding.ELDER, account, datetime.now(UTC) - timedelta(minutes=5))
    assert isinstance(made, ProxyBinding)
    return made


def filled_in(**changes: str) -> dict[str, str]:
    """The form, filled in: for a long time in 杭州."""
    made = {
        "category": "long_term_resident",
        "destination": HANGZHOU,
        "starts": days(1).isoformat(),
        "address": "文三路1号",
        "contact_name": "王芳",
        "contact_phone": "+8613800000002",
        "contact_relation": "child",
    }
    return made | changes


def drafted(account: Account, person: UUID | None = None, *, name: str = "王伟", **changes: str) -> Case:
    """A draft that is filled in and signed by name; by hand when the name is empty."""
    now, fields = datetime.now(UTC), filled_in(**changes)
    kind, key = CaseKind.FILING, person or account.person_key
    case = services.case_begin(kind=kind, person=key, jurisdiction="cn", by=account, at=now)
    case = services.case_save(case=case.pk, version=case.version, fields=fields, region=YINGTAN, by=account, at=now)
    drawn = "" if name else making_files.canvas(making_files.drawn_signature())
    return letter_sign(
        case=case,
        version=case.version,
        fields=fields,
        shown=letter_version(),
        drawn=drawn,
        name=name,
        language="zh",
        by=account,
        at=now,
        day=today(),
    )


def submitted(account: Account, person: UUID | None = None, **changes: str) -> Case:
    """Submitted, and so decided."""
    case = drafted(account, person, **changes)
    return services.case_submit(case=case.pk, version=case.version, by=account, at=datetime.now(UTC))


def revocation(account: Account, filing: str, person: UUID | None = None) -> Case:
    """A filing that is asked to be revoked, and so decided."""
    now, kind, key = datetime.now(UTC), CaseKind.REVOCATION, person or account.person_key
    case = services.case_begin(kind=kind, person=key, jurisdiction="cn", by=account, at=now)
    fields = {"filing": filing}
    case = services.case_save(case=case.pk, version=case.version, fields=fields, region=YINGTAN, by=account, at=now)
    return services.case_submit(case=case.pk, version=case.version, by=account, at=now)


def stay(number: str, **changes: object) -> Settlement:
    """A stay of the resident in 杭州, some days ago, that is not settled unless it is said."""
    made: dict[str, object] = {
        "settlement_id": number,
        "version": 1,
        "key": world.key_of(world.RESIDENT),
        "kind": "settled",
        "institution": "H330100001",
        "admitted": days(-20),
        "discharged": days(-10),
        "currency": "CNY",
        "treated_region": HANGZHOU,
        "total": 100,
        "recorded_at": world.long_ago(),
    }
    return Settlement.objects.create(**made | changes)


def typed_place(**changes: str) -> dict[str, str]:
    """The filer's page as it is typed, without its version."""
    return {
        "category": "long_term_resident",
        "province": ZHEJIANG,
        "city": HANGZHOU,
        "starts": days(1).isoformat(),
        "ends": "",
        "address": "文三路1号",
    } | changes


def typed_contact(**changes: str) -> dict[str, str]:
    """The contact's page as it is typed, without its version."""
    contact = {"contact_name": "王芳", "contact_phone": "138 0000 0002", "contact_relation": "child"}
    return contact | {"contact_address": ""} | changes


def send(client: Client, page: str, /, **values: str) -> object:
    """Send a page of the wizard as it stands: with the versions of the case and of the letter that it shows."""
    version = str(Case.objects.get(number=page.split("/")[4]).version)
    return client.post(page, {"version": version, "letter": letter_version()} | values)


def walked(client: Client, **changes: str) -> str:
    """Through the pages up to the check; the address of the check."""
    begun = client.post("/en/filings/new/", {"proxy": "no"})
    onward = send(client, begun.url, **typed_place(**changes))
    onward = send(client, onward.url, **typed_contact())
    onward = send(client, onward.url, signature="", name="王伟")
    assert onward.url.endswith("/material/")
    return onward.url.replace("material", "check")


def letter_version() -> str:
    """The version of today's letter."""
    return letter_on(today()).version
