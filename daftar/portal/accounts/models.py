"""Table `account`: everyone who logs in. One account, one person."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Role(models.TextChoices):
    """What an account is for; each page names the roles that may open it."""

    CITIZEN = "citizen"
    OPERATOR = "operator"  # asks for an organisation
    SUPERVISOR = "supervisor"  # sees the organisation's inquiries
    ADMINISTRATOR = "administrator"  # administers the organisation's accounts
    COUNTER = "counter"  # insurer's office counter
    REVIEWER = "reviewer"  # insurer's case reviewer
    HOTLINE = "hotline"  # 1420 operator
    INSURER_ADMIN = "insurer_admin"  # headquarters


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the name and password rules live in services."""

    def create_user(self, user: str, password: str, **fields: object) -> "Account":
        """Make an account with a hashed password."""
        account = self.model(user=user, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who logs in: a citizen, an organisation's user or the insurer's staff."""

    user = models.CharField(max_length=64, unique=True, help_text="Name to log in with; e-mail for citizens.")
    role = models.CharField(max_length=16, choices=Role, help_text="What the account is for.")
    display_name = models.CharField(max_length=100, blank=True, default="", help_text="Shown in the page header.")
    organisation = models.CharField(max_length=32, blank=True, default="", help_text="Organisation code.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office code of staff.")
    person_key = models.UUIDField(null=True, unique=True, help_text="The citizen behind it.")
    jurisdiction = models.CharField(max_length=8, default="ir", help_text="Jurisdiction whose rules and days it sees.")
    is_active = models.BooleanField(default=True, help_text="Switched off at once when false.")

    USERNAME_FIELD = "user"
    objects = AccountManager()

    class Meta:
        db_table = "account"


class CacheEntry(models.Model):
    """What Django's database cache keeps, above all the counts of failed log-ins; its columns are Django's."""

    cache_key = models.CharField(primary_key=True, max_length=255, help_text="Name of the entry.")
    value = models.TextField(help_text="The entry, as Django writes it.")
    expires = models.DateTimeField(db_index=True, help_text="From then on it is as if it were not there.")

    class Meta:
        db_table = "cache_entry"
