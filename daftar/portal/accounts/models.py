"""Table `account`: everyone who logs in. One account, one person."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from daftar.store.sealing import Fields, open_fields


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

    user = models.CharField(
        max_length=64, unique=True, help_text="Name to log in with and in the journal; citizens have a random one."
    )
    role = models.CharField(max_length=16, choices=Role, help_text="What the account is for.")
    display_name = models.CharField(
        max_length=100, blank=True, default="", help_text="Shown in the page header; empty for citizens."
    )
    organisation = models.CharField(max_length=32, blank=True, default="", help_text="Organisation code.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office code of staff.")
    person_key = models.UUIDField(null=True, unique=True, help_text="The citizen behind it.")
    jurisdiction = models.CharField(max_length=8, default="ir", help_text="Jurisdiction whose rules and days it sees.")
    mail_key = models.UUIDField(null=True, unique=True, help_text="Blind index of the e-mail address to log in with.")
    sealed = models.BinaryField(default=b"", help_text="E-mail address, and a citizen's name, sealed.")
    language = models.CharField(max_length=2, default="en", help_text="Language of its mails: fa, zh, en.")
    verified_at = models.DateTimeField(null=True, help_text="Since when the citizen's identity is verified.")
    verified_by = models.CharField(
        max_length=64, blank=True, default="", help_text="`mobile`, or the counter's account that verified it."
    )
    made_at = models.DateTimeField(null=True, help_text="When it was made.")
    is_active = models.BooleanField(default=True, help_text="Switched off at once when false.")

    USERNAME_FIELD = "user"
    objects = AccountManager()

    class Meta:
        db_table = "account"
        constraints = [
            models.CheckConstraint(
                name="account_verified_citizen",
                condition=models.Q(verified_at=None, verified_by="")
                | models.Q(verified_at__isnull=False, person_key__isnull=False) & ~models.Q(verified_by=""),
            )
        ]

    @property
    def fields(self) -> Fields:
        """`mail` and `name` of the account, opened; absent is not known."""
        return open_fields(settings.SECRETS, "account", self.sealed) if self.sealed else {}

    @property
    def name_shown(self) -> str:
        """What the page header calls the person."""
        return self.display_name or self.fields.get("name") or self.user


class CacheEntry(models.Model):
    """What Django's database cache keeps, above all the counts of failed log-ins; its columns are Django's."""

    cache_key = models.CharField(primary_key=True, max_length=255, help_text="Name of the entry.")
    value = models.TextField(help_text="The entry, as Django writes it.")
    expires = models.DateTimeField(db_index=True, help_text="From then on it is as if it were not there.")

    class Meta:
        db_table = "cache_entry"
