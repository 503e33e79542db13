"""Forms of the certificates room: period (F2), addressee, opening (F3), verification."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.forms import day_field, day_hint
from daftar.portal.certificates.addressees import KINDS
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, complaint, say
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.certificate_codes import read_access_code, read_certificate_number
from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood

LONGEST_SCAN = 2000
MOST_MEGABYTES = 5  # of a PDF; ours have a tenth of one
KIND_NAMES = {
    "fund": _("Insurance, support and relief funds"),
    "judicial": _("Judicial authorities"),
    "quasi_judicial": _("Quasi-judicial authorities, police"),
}
LEFT_TO_RIGHT = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class PeriodForm(PageForm):
    """Both days or neither; what is wrong with them is said below, where authorities' periods are read too (S1.21)."""

    period_from = day_field(_("Start of the period"))
    period_to = day_field(_("End of the period"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.help_text = day_hint()

    def refuse_faults(self, faults: tuple[tuple[str, str], ...]) -> None:
        """Put what was found below at its field."""
        for field, code in faults:
            self.refuse(field, Misunderstood(code))


class SearchForm(PageForm):
    """Words of an organisation's name or province, and its kind."""

    query = forms.CharField(label=_("Name or province"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        required=False,
        choices=[("", _("All")), *((kind, KIND_NAMES[kind]) for kind in KINDS)],
    )


class InboxForm(PageForm):
    """Words of the addressee's name, or digits of the number."""

    query = forms.CharField(label=_("Organisation or certificate number"), required=False, max_length=100)


class AddresseeForm(PageForm):
    """One of the organisations that were found."""

    organisation = forms.ChoiceField(
        label=_("Addressed to"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        field.choices = choices


class OpenForm(PageForm):
    """F3: number and access code (S1.28)."""

    number = Typed(
        read_certificate_number,
        label=_("Certificate number"),
        help_text=_("Twenty digits, with or without spaces."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", **LEFT_TO_RIGHT}),
    )
    access_code = Typed(
        read_access_code,
        label=_("Access code"),
        help_text=_("Twelve Latin letters and digits, for example XK7Q-93MD-2HTV."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", **LEFT_TO_RIGHT}),
    )


class VerifyForm(PageForm):
    """A number, or what a scanner reads out of the QR."""

    number = forms.CharField(
        label=_("Certificate number, or the text of the QR code"),
        help_text=_("Twenty digits; or scan the code and put its whole text here."),
        max_length=LONGEST_SCAN,
        widget=forms.TextInput(attrs=LEFT_TO_RIGHT),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        required = complaint(Misunderstood("required")).message
        too_long = complaint(Misunderstood("too_long")).message
        self.fields["number"].error_messages |= {"required": required, "max_length": too_long}

    def clean_number(self) -> str:
        """Nothing invisible in it."""
        typed: str = self.cleaned_data["number"]
        try:
            refuse_invisible(typed)
        except Misunderstood as error:
            raise complaint(error) from None
        return typed


class PaperForm(PageForm):
    """A certificate as PDF (S1.23)."""

    paper = forms.FileField(
        label=_("The certificate as a PDF file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["paper"]
        field.help_text = say("certificate.paper_hint", most=digits(MOST_MEGABYTES))
        field.error_messages |= dict.fromkeys(("required", "missing", "invalid"), _("Choose a file."))
        field.error_messages["empty"] = say("input.paper_not_pdf")

    def refuse_too_large(self) -> None:
        """It was cut off, and does not count as missing."""
        self.errors.pop("paper", None)
        self.refuse("paper", Misunderstood("paper_too_large", most=digits(MOST_MEGABYTES)))
