"""The form that asks for a case by its number."""

from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.numbers import read_case_number
from daftar.portal.theme.forms import PageForm, Typed


class NumberForm(PageForm):
    """A case number, in any digits and grouping."""

    number = Typed(
        read_case_number, label=_("Case number"), help_text=_("Fourteen digits, for example 4821-77305-51942.")
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}
