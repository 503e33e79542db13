"""Who may get in: accounts of every role and machine clients, with secrets derived from the installation's own.

Derived, not drawn: a first start that was interrupted makes the same ones again.
"""

from base64 import b32encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

from daftar.config.demo.organisations import FUND, IR_HOSPITAL, JUDICIAL, QUASI_JUDICIAL
from daftar.config.demo.stories.stage import Story
from daftar.disclosure.clients import client_make
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions

FEED_TABLES = (
    "persons",
    "affiliations",
    "contributions",
    "dependencies",
    "evidence",
    "other_cover",
    "photos",
    "regions",
    "pooling_regions",
    "units",
    "offices",
    "institutions",
    "organisations",
    "agreements",
    "provider_phones",
    "filings",
    "settlements",
)


@dataclass(frozen=True, slots=True)
class LogIn:
    """An account to log in with: `user` is what is typed; citizens type their e-mail, and have no second factor."""

    name: str
    user: str
    role: str
    organisation: str
    office: str
    display_name: str
    jurisdiction: str = "ir"


LOG_INS = (
    LogIn("citizen", "citizen@example.org", "citizen", "", "", ""),
    LogIn("citizen_cn", "citizen-cn@example.org", "citizen", "", "", "", "cn"),
    LogIn("provider", "hospital", "operator", IR_HOSPITAL, "", "پذیرش بیمارستان نمونه"),
    LogIn("fund", "fund", "operator", FUND, "", "کارشناس صندوق نمونه"),
    LogIn("judicial", "court", "operator", JUDICIAL, "", "کارشناس دادگستری نمونه"),
    LogIn("quasi_judicial", "police", "operator", QUASI_JUDICIAL, "", "کارشناس انتظامی نمونه"),
    LogIn("org_admin", "hospital-admin", "administrator", IR_HOSPITAL, "", "مدیر بیمارستان نمونه"),
    LogIn("counter", "counter", "counter", "", "ir-b8-1", "کارشناس شعبه یک تهران"),
    LogIn("reviewer", "reviewer", "reviewer", "", "cn-h360600", "鹰潭审核员", "cn"),
    LogIn("counter_cn", "counter-cn", "counter", "", "cn-h360600", "鹰潭窗口经办员", "cn"),
    LogIn("reviewer_county", "reviewer-yujiang", "reviewer", "", "cn-h360603", "余江审核员", "cn"),
    LogIn("reviewer_first", "reviewer-nanchang", "reviewer", "", "cn-h360100", "南昌初审员", "cn"),
    LogIn("reviewer_second", "reviewer-nanchang-2", "reviewer", "", "cn-h360100", "南昌复审员", "cn"),
    LogIn("reviewer_automatic", "reviewer-ganzhou", "reviewer", "", "cn-h360700", "赣州审核员", "cn"),
    LogIn("reviewer_automatic_county", "reviewer-zhanggong", "reviewer", "", "cn-h360702", "章贡审核员", "cn"),
    LogIn("reviewer_province", "reviewer-jiangxi", "reviewer", "", "cn-p360000", "江西省审核员", "cn"),
    LogIn("reviewer_headquarters", "reviewer-cn", "reviewer", "", "cn-hq", "中心审核员", "cn"),
    LogIn("operator_1420", "hotline", "hotline", "", "ir-hq", "کارشناس ۱۴۲۰"),
    LogIn("insurer_admin", "headquarters", "insurer_admin", "", "ir-hq", "ستاد مرکزی"),
    LogIn("insurer_admin_cn", "headquarters-cn", "insurer_admin", "", "cn-hq", "中心管理员", "cn"),
)
"""Log-ins by the names of contracts §4; those of China below a province are in cities of each way of deciding."""

CLIENTS = {
    "provider": ("demo-provider", IR_HOSPITAL, "", "eligibility"),
    "fund": ("demo-fund", FUND, "", "affiliation certificates"),
    "judicial": ("demo-judicial", JUDICIAL, "", "affiliation certificates"),
    "quasi_judicial": ("demo-quasi-judicial", QUASI_JUDICIAL, "", "affiliation certificates"),
    "feeds": ("demo-feeds", "", "ir-b8-1", " ".join(f"feeds:{table}" for table in FEED_TABLES)),
}
"""Machine clients by the names of contracts §4: id, organisation, office, scopes."""


def password(secrets: Secrets, log_in: LogIn) -> str:
    """16 letters and digits, which also keeps the citizens' rule of S4.12."""
    letters = b32encode(secrets.derive(f"demo-password-{log_in.name}")).decode().lower()
    return f"{letters[:15]}7" if log_in.role != "citizen" else f"{letters[:11]}7"


def totp_secret(secrets: Secrets, log_in: LogIn) -> str:
    """The second factor's secret in base32; empty for citizens."""
    if log_in.role == "citizen":
        return ""
    return b32encode(secrets.derive(f"demo-totp-{log_in.name}")[:20]).decode()


def client_secret(secrets: Secrets, name: str) -> str:
    """A client's secret: 32 bytes as text."""
    return urlsafe_b64encode(secrets.derive(f"demo-client-{name}")).decode().rstrip("=")


def ussd_gateway(secrets: Secrets) -> tuple[str, str]:
    """Name and secret of the aggregator whose form the demo takes (S2.20)."""
    return "demo", urlsafe_b64encode(secrets.derive("demo-ussd-gateway")).decode().rstrip("=")


def kannel_secret(secrets: Secrets) -> str:
    """With which anybody may play the demo's gateway of SMS (S2.20)."""
    return urlsafe_b64encode(secrets.derive("demo-kannel")).decode().rstrip("=")


def make_clients(conn: Connection, secrets: Secrets, at: datetime) -> None:
    """All machine clients; what was made before is made again."""
    for name, (client_id, organisation, office, scopes) in CLIENTS.items():
        client_make(
            conn,
            secrets,
            client_id=client_id,
            organisation=organisation,
            office=office,
            scopes=scopes,
            secret=client_secret(secrets, name),
            at=at,
        )


def citizens(stories: list[Story]) -> dict[str, Story]:
    """Whose accounts the citizens' log-ins are: the first person of each jurisdiction's stories."""
    first = {}
    for story in reversed(stories):
        first[jurisdiction_of(story.id_type).code] = story
    return {each.name: first[each.jurisdiction] for each in LOG_INS if each.role == "citizen"}


def make_accounts(secrets: Secrets, stories: list[Story], at: datetime) -> None:
    """All accounts that are not there yet; citizens' are verified ones, of `citizens`. Wants Django set up."""
    from daftar.portal.accounts.models import Account, Role
    from daftar.portal.accounts.services import account_make, user_name_of

    persons = citizens(stories)
    for log_in in LOG_INS:
        if Account.objects.filter(user=user_name_of(log_in.user)).exists():
            continue
        if log_in.role == "citizen":
            make_citizen(secrets, log_in, persons[log_in.name], at)
            continue
        account_make(
            user=log_in.user,
            password=password(secrets, log_in),
            role=Role(log_in.role),
            organisation=log_in.organisation,
            office=log_in.office,
            display_name=log_in.display_name,
            jurisdiction=log_in.jurisdiction,
            made_at=at,
            totp_secret=totp_secret(secrets, log_in) or None,
        )


def make_citizen(secrets: Secrets, log_in: LogIn, person: Story, at: datetime) -> None:
    """The account of a made-up person, as if they had signed up by mail and proved their identity by mobile."""
    from daftar.portal.accounts.models import Role
    from daftar.portal.accounts.services import account_make
    from daftar.portal.notices.models import NoticeChannel
    from daftar.portal.notices.services import choice_set

    key = secrets.key(person.id_type, person.id_number)
    language = jurisdictions()[log_in.jurisdiction].language
    account_make(
        user=f"demo-{log_in.name}",
        password=password(secrets, log_in),
        role=Role.CITIZEN,
        mail=log_in.user,
        name=person.name,
        language=language,
        jurisdiction=log_in.jurisdiction,
        person_key=key,
        verified_at=at,
        verified_by="mobile",
        made_at=at,
    )
    choice_set(key, channel=NoticeChannel.MAIL, mail=log_in.user, language=language)
