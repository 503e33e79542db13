"""People of Jiangxi who are bound by proxy: a principal with a verified account, an elder, a child without card."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.directory.models import Region
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.notices.services import choice_set
from daftar.portal.people.models import Person
from daftar.portal.proxy.asked import Child, Named, Refusal
from daftar.portal.proxy.faces import Outcome, Verdict
from daftar.portal.proxy.letter import Agreed
from daftar.portal.proxy.models import Kinship, ProxyBinding
from daftar.portal.proxy.services import bind_by_commitment, bind_by_face
from daftar.store.sealing import seal_fields
from daftar.terms.identifiers import Identifier, read_identifier
from tests.portal import world

Made = tuple[str, str, str]

BORN = date(2010, 11, 23)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
"""Noon in Shanghai, the day before the child's 16th birthday."""

ELDER: Made = ("cn-resident-id", world.cn_id(11, date(1948, 3, 5)), "13800000011")
CHILD: Made = ("cn-resident-id", world.cn_id(12, BORN), "")
STRANGER: Made = ("cn-resident-id", world.cn_id(13, date(1970, 7, 7)), "13800000013")
NAMES = {ELDER: "李秀英", CHILD: "王小明", STRANGER: "张三", world.RESIDENT: "王伟"}

REGIONS = (
    ("cn-360000", "江西省", "province", "cn"),
    ("cn-360600", "鹰潭市", "city", "cn-360000"),
    ("cn-330000", "浙江省", "province", "cn"),
    ("cn-330100", "杭州市", "city", "cn-330000"),
)
YINGTAN, HANGZHOU = "cn-360600", "cn-330100"


def regions() -> None:
    """Two provinces, one of them with the service."""
    for code, name, level, parent in REGIONS:
        Region.objects.get_or_create(
            code=code, defaults={"name": name, "level": level, "parent": parent, "recorded_at": world.long_ago()}
        )


def people() -> Account:
    """Everybody, insured in 鹰潭; the account of RESIDENT, who acts."""
    regions()
    if not Person.objects.filter(key=world.key_of(ELDER)).exists():  # walks through pages come here more than once
        world.person(ELDER, "秀英", "李", date(1948, 3, 5), "female", jurisdiction="cn")
        world.person(CHILD, "小明", "王", BORN, "male", jurisdiction="cn")
        world.person(STRANGER, "三", "张", date(1970, 7, 7), "male", jurisdiction="cn")
    everybody = [world.key_of(each) for each in NAMES]
    Person.objects.filter(key__in=everybody).update(insured_region=YINGTAN)
    return account_of(world.RESIDENT)


def account_of(made: Made, *, verified: bool = True, language: str = "zh") -> Account:
    """An account of somebody, who is told by mail."""
    name = f"c-{made[1][-6:]}"
    found = Account.objects.filter(person_key=world.key_of(made)).first()
    if found:
        return _verified(found) if verified else found
    mail = f"{name}@example.cn"
    choice_set(world.key_of(made), channel=NoticeChannel.MAIL, mail=mail, language=language)
    return account_make(
        user=name,
        password=world.PASSWORD,
        role=Role.CITIZEN,
        jurisdiction="cn",
        mail=mail,
        name=NAMES[made],
        language=language,
        person_key=world.key_of(made),
        verified_at=world.long_ago() if verified else None,
        verified_by="mobile" if verified else "",
    )


def _verified(found: Account) -> Account:
    """An account that another walk through the pages has left, perhaps by mail alone."""
    if found.verified_at is None:
        found.verified_at, found.verified_by = world.long_ago(), "mobile"
        found.save(update_fields=["verified_at", "verified_by"])
    return found


def counter() -> Account:
    """The office counter."""
    return Account.objects.get(user="counter")


def identifier(made: Made) -> Identifier:
    """As a form reads it."""
    return read_identifier(made[0], made[1])


def named(made: Made, name: str = "", kinship: Kinship = Kinship.PARENT) -> Named:
    """The member as typed."""
    return Named(identifier(made), name or NAMES[made], kinship)


def verdict(
    made: Made, by: Account, at: datetime, outcome: Outcome = Outcome.ACCEPTED, check: UUID | None = None
) -> Verdict:
    """What a verifier decided of somebody's face a minute before."""
    decided = at - timedelta(minutes=1)
    return Verdict(check or uuid4(), outcome, by.user, world.key_of(made), "builtin", decided)


def bind_face(made: Made, by: Account, at: datetime = NOON) -> ProxyBinding | Refusal:
    """Somebody passed the face check."""
    return bind_by_face(named=named(made), verdict=verdict(made, by, at), by=by, at=at)


def bind_child(by: Account, at: datetime = NOON, *, born: date = BORN, name: str = "") -> ProxyBinding | Refusal:
    """The child by commitment letter."""
    return bind_by_commitment(
        named=named(CHILD, name, Kinship.CHILD),
        child=Child(born, "户口簿"),
        agreed=Agreed("2026-11", "zh", at),
        by=by,
        at=at,
    )


def registered(made: Made, **sealed: str) -> None:
    """The registry learns more of somebody."""
    given, family = NAMES[made][1:], NAMES[made][0]
    fields = {"given_name": given, "family_name": family, **sealed}
    Person.objects.filter(key=world.key_of(made)).update(sealed=seal_fields(settings.SECRETS, "person", fields))


def messages_to(address: str) -> list[str]:
    """Texts of what lies in the outbox for an address, the newest first."""
    return [each.message.text for each in newest_messages() if each.message.to == address]


def mail_of(made: Made) -> str:
    """The mailbox of `account_of`."""
    return f"c-{made[1][-6:]}@example.cn"
