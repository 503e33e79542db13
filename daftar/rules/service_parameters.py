"""Parameters that a law set has only where its insurer offers a service. No span of cover rests on any of them."""

from daftar.rules.certificates import CERTIFICATE
from daftar.rules.enrolment import ENROLMENT
from daftar.rules.filing import FILING
from daftar.rules.majority import APPLICANT
from daftar.rules.objections import OBJECTION
from daftar.rules.proxy import PROXY

BY_SERVICE = {
    "entitlement": {**APPLICANT, **OBJECTION},
    "certificates": CERTIFICATE,
    "filing": FILING,
    "enrolment": ENROLMENT,
    "proxy": PROXY,
}
"""Names, each with its unit, by the service of `terms.jurisdictions` that they belong to."""

OF_SERVICES = frozenset(name for names in BY_SERVICE.values() for name in names)
"""All of them: no part of the version of the law, so that a new rule about one replaces no nation's spans."""
