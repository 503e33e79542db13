"""What a proxy may do for a member and what not: one table (S3.3 and the decisions on S2.8, S3.18-S3.23).

What a guide does not give to a proxy stays with the member: an act that is not in the table cannot be asked about.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from daftar.portal.proxy.models import ProxyBinding
from daftar.portal.proxy.standing import stands


class Act(StrEnum):
    """Something that a citizen does in the portal; the texts `proxy_act.*` name them."""

    FILE = "file"  # «异地就医自助备案»
    REVOKE_FILING = "revoke_filing"  # «异地就医自助备案撤销»
    SEE_FILINGS = "see_filings"
    ENROL = "enrol"  # «城乡居民基本医疗保险参保登记»
    SEE_ENROLMENT = "see_enrolment"  # «个人参保信息查询»
    SEE_PROGRESS = "see_progress"  # «办理进度查询»
    ASK_ENTITLEMENT = "ask_entitlement"
    SEE_CERTIFICATES = "see_certificates"
    ISSUE_CERTIFICATE = "issue_certificate"
    SEE_EXPENSES = "see_expenses"
    SEE_LOOKS = "see_looks"
    QUESTION_LOOK = "question_look"
    OBJECT = "object"
    CHANGE_ACCOUNT = "change_account"
    BIND = "bind"
    SEE_BINDINGS = "see_bindings"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a proxy may, and where that is written."""

    allowed: bool
    source: str


TABLE: dict[Act, Permission] = {
    Act.FILE: Permission(True, "S3.3, S3.21"),
    Act.REVOKE_FILING: Permission(True, "S3.3, S3.23"),
    Act.SEE_FILINGS: Permission(True, "S3.23: whoever revokes chooses from them"),
    Act.ENROL: Permission(True, "S3.3, S3.12"),
    Act.SEE_ENROLMENT: Permission(True, "S3.3, S3.20"),
    Act.SEE_PROGRESS: Permission(True, "S3.18: of what was submitted for the member"),
    Act.ASK_ENTITLEMENT: Permission(True, "S2.8 decision: the mobile may be a proxy's"),
    Act.SEE_CERTIFICATES: Permission(False, "S1.3: one's own, in the personal inbox"),
    Act.ISSUE_CERTIFICATE: Permission(False, "S1.3: one's own"),
    Act.SEE_EXPENSES: Permission(False, "S4.17: the questions prove that it is the patient"),
    Act.SEE_LOOKS: Permission(False, "X.5: the person reads their own record"),
    Act.QUESTION_LOOK: Permission(False, "X.5"),
    Act.OBJECT: Permission(False, "S3.3 does not list it"),
    Act.CHANGE_ACCOUNT: Permission(False, "design §4: one account, one person"),
    Act.BIND: Permission(False, "S3.8: who is bound proves it in person; a proxy has no proxies"),
    Act.SEE_BINDINGS: Permission(False, "S3.6 decision: the member sees who acts for them"),
}


def may(binding: ProxyBinding, act: Act, *, at: datetime) -> bool:
    """Whether the principal of a binding may do this for its member at this moment."""
    return TABLE[act].allowed and stands(binding, at)
