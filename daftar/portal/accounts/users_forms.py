"""Form of an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.invitations import Invitee, read_user_name
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.sign_up_forms import mail_field, read_name
from daftar.portal.accounts.users import roles_given_by
from daftar.portal.accounts.words import ROLES
from daftar.portal.directory.models import Office
from daftar.portal.organisations.seats import organisations_of
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, plain_text
from daftar.terms.misunderstood import Misunderstood

CODE = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}


class InviteForm(PageForm):
    """Whom an administrator invites, into the own country; headquarters also say for which office or organisation."""

    name = Typed(read_name, label=_("Given name and family name"))
    mail = mail_field(_("The invitation goes to this mailbox."))
    user = Typed(read_user_name, label=_("User name"), widget=forms.TextInput(attrs=dict(CODE)))
    role = forms.ChoiceField(
        label=_("What the account is for"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    place = Typed(
        plain_text,
        label=_("Code of the office, or of the organisation to be administered"),
        widget=forms.TextInput(attrs=dict(CODE)),
    )

    def __init__(self, *args: Any, administrator: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.administrator = administrator
        self.headquarters = administrator.role == Role.INSURER_ADMIN
        fields: Any = self.fields
        fields["user"].help_text = _("3 to 40 Latin letters, digits and . _ -")
        fields["role"].choices = [(role.value, ROLES[role]) for role in roles_given_by(administrator)]
        if not self.headquarters:
            del fields["place"]

    def clean(self) -> dict[str, Any]:
        """The office or organisation must exist, in the country of these headquarters."""
        cleaned = super().clean() or {}
        if self.headquarters and cleaned.get("place") and cleaned.get("role"):
            code, country = cleaned["place"], self.administrator.jurisdiction
            if cleaned["role"] == Role.ADMINISTRATOR:
                if not organisations_of(country).filter(code=code).exists():
                    self.refuse("place", Misunderstood("unknown_organisation"))
            elif not Office.objects.filter(code=code, code__startswith=f"{country}-", withdrawn=False).exists():
                self.refuse("place", Misunderstood("unknown_office"))
        return cleaned

    def invitee(self) -> Invitee:
        """Whom the checked form names."""
        given = self.cleaned_data
        role = Role(given["role"])
        place = given.get("place", "")
        return Invitee(
            mail=given["mail"],
            user=given["user"],
            name=given["name"],
            role=role,
            organisation=self._organisation(role, place),
            office=place if self.headquarters and role != Role.ADMINISTRATOR else "",
            jurisdiction=self.administrator.jurisdiction,
        )

    def _organisation(self, role: Role, place: str) -> str:
        if not self.headquarters:
            return self.administrator.organisation
        return place if role == Role.ADMINISTRATOR else ""
