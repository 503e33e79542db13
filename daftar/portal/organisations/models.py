"""Tables `organisation`, `agreement`, `provider_phone`, `api_client`: external bodies and how they may ask."""

from django.db import models


class Organisation(models.Model):
    """An external body: fund, judicial, quasi-judicial or provider (S1.5, S2.11)."""

    code = models.CharField(primary_key=True, max_length=32, help_text="Code in the feed.")
    kind = models.CharField(max_length=16, help_text="fund, judicial, quasi_judicial, provider.")
    name = models.CharField(max_length=200, help_text="Name as printed on certificates.")
    province = models.CharField(max_length=16, blank=True, default="", help_text="Region code of the province.")
    address = models.CharField(max_length=300, blank=True, default="", help_text="Postal address.")
    provider_type = models.CharField(
        max_length=16, blank=True, default="", help_text="physician, pharmacy, paraclinic, clinic, hospital (S2.11)."
    )
    ownership = models.CharField(max_length=16, blank=True, default="", help_text="owned or contracted (S2.2).")
    institution = models.CharField(max_length=32, blank=True, default="", help_text="Code in the directory.")
    suspended = models.BooleanField(default=False, help_text="Refused at once, whatever the agreement says.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that keeps it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "organisation"


class Agreement(models.Model):
    """A تفاهم‌نامه: without one in force an organisation may ask nothing (S1.2)."""

    pk = models.CompositePrimaryKey("organisation", "number")
    organisation = models.CharField(max_length=32, help_text="Organisation code.")
    number = models.CharField(max_length=64, help_text="Number of the agreement.")
    starts = models.DateField(help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    purposes = models.CharField(max_length=200, blank=True, default="", help_text="Space-separated purposes.")
    daily_quota = models.IntegerField(null=True, help_text="Inquiries a day; empty is no limit.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that keeps it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "agreement"


class AgreementDay(models.Model):
    """How much of an agreement's daily quota is used up; a row comes with the day's first charged inquiry."""

    pk = models.CompositePrimaryKey("organisation", "number", "day")
    organisation = models.CharField(max_length=32, help_text="Organisation code.")
    number = models.CharField(max_length=64, help_text="Number of the agreement.")
    day = models.DateField(help_text="Calendar day in the jurisdiction asked about.")
    used = models.IntegerField(default=0, help_text="Inquiries charged so far.")

    class Meta:
        db_table = "agreement_day"


class ProviderPhone(models.Model):
    """A mobile from which a provider may ask by SMS or USSD (S2.19)."""

    pk = models.CompositePrimaryKey("organisation", "mobile_key")
    organisation = models.CharField(max_length=32, help_text="Organisation code.")
    mobile_key = models.UUIDField(db_index=True, help_text="Blind index of the mobile.")
    sealed = models.BinaryField(help_text="Mobile and holder, sealed.")
    starts = models.DateField(null=True, help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that keeps it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "provider_phone"


class ApiClient(models.Model):
    """A machine that asks for an organisation, or feeds for the insurer (contracts §3)."""

    client_id = models.CharField(primary_key=True, max_length=64, help_text="Public name of the client.")
    organisation = models.CharField(max_length=32, blank=True, default="", help_text="Empty: the insurer itself.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office a feed client speaks for.")
    scopes = models.CharField(max_length=300, help_text="Space-separated: eligibility, feeds:persons, …")
    secret_digest = models.BinaryField(null=True, help_text="Keyed digest of the secret, which has 32 random bytes.")
    jwks = models.TextField(blank=True, default="", help_text="Public keys for private_key_jwt.")
    enabled = models.BooleanField(default=True, help_text="Switched off at once when false.")
    created_at = models.DateTimeField(help_text="When it was made.")

    class Meta:
        db_table = "api_client"


class ClientAssertion(models.Model):
    """A private_key_jwt that has been used: it opens nothing a second time."""

    digest = models.UUIDField(primary_key=True, help_text="Digest of client and jti.")
    expires_at = models.DateTimeField(db_index=True, help_text="After this the row may be deleted.")

    class Meta:
        db_table = "client_assertion"


class AccessChange(models.Model):
    """One counter, raised with every change that decides who may ask: gates watch it and read their snapshot anew."""

    id = models.SmallIntegerField(primary_key=True, help_text="Always 1.")
    version = models.BigIntegerField(default=0, help_text="Raised by one with each change.")

    class Meta:
        db_table = "access_change"
