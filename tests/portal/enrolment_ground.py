"""What tests of enrolments stand on: three cities of Jiangxi with units, one for each way of review; a principal, an
elder bound by face who was never insured, a child and a newborn bound by letter."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.cases.material_services import material_add
from daftar.portal.cases.materials.checking import Checked
from daftar.portal.cases.materials.keeping import keep
from daftar.portal.cases.models import Case
from daftar.portal.directory.models import Office, PoolingRegion, Region, Unit
from daftar.portal.entitlement.services import Asker, inquiry_ask
from daftar.portal.people.models import Person
from daftar.portal.proxy.asked import Child, Named
from daftar.portal.proxy.letter import Agreed
from daftar.portal.proxy.models import Kinship, ProxyBinding
from daftar.portal.proxy.services import bind_by_commitment
from daftar.terms.finding import words_of
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Setting
from tests.portal import binding, casework, world

YINGTAN, NANCHANG, GANZHOU = "cn-360600", "cn-360100", "cn-360700"
YUEHU = "cn-360602"
CITIES = {YINGTAN: "鹰潭市", NANCHANG: "南昌市", GANZHOU: "赣州市"}
"""One reviewer, two reviewers, the rules alone (rules/parameters/cn/enrolment)."""

TODAY = jurisdictions()["cn"].today(datetime.now(UTC))
BORN = TODAY - timedelta(days=8 * 365)
BORN_LATELY = TODAY - timedelta(days=30)
ELDER = binding.ELDER
PUPIL = ("cn-resident-id", world.cn_id(21, BORN), "")
NEWBORN = ("cn-resident-id", world.cn_id(22, BORN_LATELY), "")
RESIDENT = {
    "ethnicity": "汉族",
    "household_kind": "resident",
    "household_address": "月湖区示例路1号",
    "residence_address": "月湖区示例路2号",
    "phone": "13800000011",
}


def build() -> Account:
    """Everything; the principal's account."""
    account = binding.people()
    places()
    for made, given, born in ((PUPIL, "小红", BORN), (NEWBORN, "小宝", BORN_LATELY)):
        world.person(made, given, "王", born, "female", jurisdiction="cn")
        Person.objects.filter(key=world.key_of(made)).update(insured_region=YINGTAN)
    world.rebuild([ELDER, PUPIL, NEWBORN], datetime.now(UTC))
    return account


def places() -> None:
    """The cities with their agencies and units; what is there already stays."""
    before = {"recorded_at": world.long_ago()}
    for code, name, level, parent in (
        ("cn-360000", "江西省", "province", "cn"),
        *((code, name, "city", "cn-360000") for code, name in CITIES.items()),
        (YUEHU, "月湖区", "county", YINGTAN),
    ):
        Region.objects.get_or_create(code=code, defaults={"name": name, "level": level, "parent": parent, **before})
    for code, name in CITIES.items():
        PoolingRegion.objects.get_or_create(code=code, defaults={"name": name, "region": code, **before})
        Office.objects.get_or_create(
            code=f"h-{code[3:]}", defaults={"kind": "handling", "name": name, "region": code, **before}
        )
        for number, committee in enumerate(("示例社区居民委员会", "向阳村民委员会"), start=1):
            unit(code, number, committee, "示例街道")
    unit(YUEHU, 3, "和平社区居民委员会", "月湖区江边街道", pooling_region=YINGTAN)


def unit(region: str, number: int, name: str, town: str, pooling_region: str = "") -> None:
    """A unit of a pooling region, its code of a region."""
    code = f"{region[3:]}910{number:03}"
    told = {"name": name, "town": town, "pooling_region": pooling_region or region}
    Unit.objects.get_or_create(
        code=code, defaults={**told, "words": words_of(f"{name} {town}", code), "recorded_at": world.long_ago()}
    )


def registered(made: binding.Made, region: str) -> None:
    """The registry has them insured in a region."""
    Person.objects.filter(key=world.key_of(made)).update(insured_region=region)


def bound(by: Account) -> ProxyBinding:
    """The elder, by face, an hour ago."""
    made = binding.bind_face(ELDER, by, datetime.now(UTC) - timedelta(hours=1))
    assert isinstance(made, ProxyBinding)
    return made


def promised(made: binding.Made, name: str, born: date, by: Account) -> ProxyBinding:
    """A child without identity card, by letter."""
    at = datetime.now(UTC) - timedelta(hours=1)
    found = bind_by_commitment(
        named=Named(binding.identifier(made), name, Kinship.CHILD),
        child=Child(born, "household_register"),
        agreed=Agreed("2026-11", "zh", at),
        by=by,
        at=at,
    )
    assert isinstance(found, ProxyBinding)
    return found


def reviewers() -> dict[str, Account]:
    """Two reviewers of each city."""
    each = [(code, number) for code in CITIES for number in (1, 2)]
    return {
        f"{code}-{number}": casework.reviewer(f"{code}-{number}", office=f"h-{code[3:]}", serial=200 + serial)
        for serial, (code, number) in enumerate(each)
    }


def logged_in(account: Account) -> Client:
    """The principal."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": account.fields["mail"], "password": world.PASSWORD})
    return client


def begin(client: Client, member: ProxyBinding | None = None, language: str = "en") -> str:
    """«是否代办» answered; the address of the case."""
    chosen = {"proxy": "yes", "member": str(member.pk)} if member else {"proxy": "no"}
    return client.post(f"/{language}/enrolments/", chosen).url


def send(client: Client, address: str, page: str, **values: str) -> object:
    """A page of the wizard, read at the version that the case has now."""
    number = address.rstrip("/").rpartition("/")[2]
    version = Case.objects.get(number=number).version
    return client.post(f"{address}{page}/", {"version": version, **values})


def fill(client: Client, address: str, *, region: str = YINGTAN, category: str = "ordinary_resident", **days: str):
    """All three groups; the answer to the last one."""
    send(client, address, "unit", pooling_region=region, unit=f"{region[3:]}910001")
    send(client, address, "resident", **RESIDENT)
    return send(client, address, "enrolment", category=category, starts=days.get("starts", TODAY.isoformat()))


def hand_in(client: Client, address: str) -> object:
    """«提交»."""
    return send(client, address, "check")


def asked(made: binding.Made) -> str:
    """What a hospital is told of somebody today (S2.7)."""
    by = Asker(world.HOSPITAL, "hospital")
    answer = inquiry_ask(
        identifier=binding.identifier(made), service_day=TODAY, setting=Setting.OUTPATIENT, by=by, at=datetime.now(UTC)
    )
    return str(answer.status)


def case_at(address: str) -> Case:
    """The case of an address."""
    return Case.objects.get(number=address.rstrip("/").rpartition("/")[2])


def put_in(case: Case, what: str, by: Account) -> None:
    """A paper, as if it had been checked."""
    checked = Checked("paper.png", "image/png", b"content", 1, what)
    kept = keep(settings.SECRETS, uuid4(), checked)
    material_add(case=case.pk, what=what, kept=kept, by=by, at=datetime.now(UTC))
