"""Which password is taken: the guide's rule for citizens, the modern one for everybody else (S4.12)."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError

from daftar.portal.accounts.models import Role
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood

GUIDE = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9]{8,16}")
MODERN_LENGTH = 15
LONGEST = 128  # of what is hashed at all


def rule_of(role: str, jurisdiction: str) -> str:
    """`guide` or `modern`: citizens have their jurisdiction's rule, unless the installation wants the modern one."""
    if role != Role.CITIZEN or settings.PASSWORD_POLICY == "modern":
        return "modern"
    return jurisdictions()[jurisdiction].password_rule


def refuse_password(password: str, rule: str) -> None:
    """Raise Misunderstood `password_guide`, `password_modern` or `password_common` when a password is not taken."""
    if rule == "guide" and not GUIDE.fullmatch(password):
        raise Misunderstood("password_guide")
    if rule == "modern" and not _keeps(MinimumLengthValidator(MODERN_LENGTH), password):
        raise Misunderstood("password_modern")
    if len(password) > LONGEST:
        raise Misunderstood("too_long")
    if not _keeps(CommonPasswordValidator(), password):
        raise Misunderstood("password_common")


def _keeps(validator: MinimumLengthValidator | CommonPasswordValidator, password: str) -> bool:
    try:
        validator.validate(password)
    except ValidationError:
        return False
    return True
