"""Tables `account`, everyone who logs in (one account, one person), and what stands around it."""

from uuid import uuid4

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


class Purpose(models.TextChoices):
    """What a one-time code of an account is for."""

    SIGN_UP = "sign_up"  # by mail (S4.12)
    RESET = "reset"  # by mail (S4.15)
    IDENTITY = "identity"  # by SMS to the mobile that the registry holds


class Challenge(models.Model):
    """A one-time code that was sent, to be typed back; what was typed before it waits here sealed, not in a session."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="Known to the session that asked for it alone.")
    purpose = models.CharField(max_length=8, choices=Purpose, help_text="What it is for.")
    address_key = models.UUIDField(db_index=True, help_text="Blind index of the mailbox or mobile it was sent to.")
    key = models.UUIDField(null=True, help_text="Key of the person that is claimed, known or not.")
    account = models.BigIntegerField(null=True, help_text="Account that it is about, where there is one.")
    sealed = models.BinaryField(help_text="Name, number and mail as typed, sealed.")
    code_digest = models.BinaryField(help_text="Keyed digest of the code.")
    language = models.CharField(max_length=2, help_text="fa, zh, en.")
    made_at = models.DateTimeField(db_index=True, help_text="When it was sent.")
    expires_at = models.DateTimeField(help_text="Neither code nor what follows it is taken after this.")
    tries = models.SmallIntegerField(default=0, help_text="Codes typed.")
    passed_at = models.DateTimeField(null=True, help_text="When the right code was typed.")
    used_at = models.DateTimeField(null=True, help_text="When what it was for was done.")

    class Meta:
        db_table = "account_challenge"


class LogInSession(models.Model):
    """One log-in on one device, which its owner can see and end."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="Kept in Django's session.")
    account = models.ForeignKey(Account, models.CASCADE, help_text="Who is logged in.")
    browser = models.CharField(max_length=40, blank=True, default="", help_text="Browser and system, in short words.")
    started_at = models.DateTimeField(help_text="When it began.")
    seen_at = models.DateTimeField(help_text="When it was last used, to five minutes.")
    ended_at = models.DateTimeField(null=True, help_text="When it was ended.")

    class Meta:
        db_table = "account_session"


class Invitation(models.Model):
    """An administrator's invitation to an account; the link in the mail opens it once."""

    id = models.BigAutoField(primary_key=True)
    token_digest = models.BinaryField(unique=True, max_length=32, help_text="Keyed digest of the link's token.")
    user = models.CharField(max_length=64, help_text="Name to log in with.")
    role = models.CharField(max_length=16, choices=Role, help_text="What the account will be for.")
    organisation = models.CharField(max_length=32, blank=True, default="", help_text="Organisation code.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office code of staff.")
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction whose rules and days it will see.")
    language = models.CharField(max_length=2, help_text="Language of the mail: fa, zh, en.")
    sealed = models.BinaryField(help_text="Name and e-mail address, sealed.")
    invited_by = models.CharField(max_length=64, help_text="The administrator's account.")
    made_at = models.DateTimeField(help_text="When the mail was put in the outbox.")
    expires_at = models.DateTimeField(help_text="The link opens nothing after this.")
    accepted_at = models.DateTimeField(null=True, help_text="When the account was made of it.")
    withdrawn_at = models.DateTimeField(null=True, help_text="When an administrator took it back.")

    class Meta:
        db_table = "invitation"


class AccountEvent(models.Model):
    """What was done to an account, by whom: append-only."""

    id = models.BigAutoField(primary_key=True)
    account = models.BigIntegerField(db_index=True, help_text="Account that it was done to.")
    what = models.CharField(max_length=24, help_text="made, verified, closed, password_changed, switched_off ...")
    by = models.CharField(max_length=64, help_text="Account that did it; its own name when its owner did.")
    at = models.DateTimeField(help_text="When.")

    class Meta:
        db_table = "account_event"


class CacheEntry(models.Model):
    """What Django's database cache keeps, above all the counts of failed log-ins; its columns are Django's."""

    cache_key = models.CharField(primary_key=True, max_length=255, help_text="Name of the entry.")
    value = models.TextField(help_text="The entry, as Django writes it.")
    expires = models.DateTimeField(db_index=True, help_text="From then on it is as if it were not there.")

    class Meta:
        db_table = "cache_entry"
