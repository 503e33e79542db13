"""The form of `<c-materials>`: what the files show, and several files at once, with its limits in words (S3.14)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.material_services import MOST_MATERIALS
from daftar.portal.cases.materials.checking import Upload
from daftar.portal.cases.materials.limits import MEGABYTE, MOST_BYTES, MOST_PAGES
from daftar.portal.cases.receiving import MOST_AT_ONCE
from daftar.portal.theme.forms import CHOOSE, PageForm, say
from daftar.portal.theme.templatetags.words import digits

OTHER = "other"
"""Chosen for a paper that nothing of the procedure asks for; it is kept without a kind."""

ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic"


class SeveralFiles(forms.FileInput):
    """A field for files that takes several."""

    allow_multiple_selected = True


class MaterialFiles(forms.FileField):
    """Files as they came, unread; an empty one passes here and is complained of by name."""

    widget = SeveralFiles(attrs={"multiple": True, "accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files, at least one and at most MOST_AT_ONCE."""
        found = [each for each in (data if isinstance(data, list) else [data]) if each]
        if not found:
            raise forms.ValidationError(_("Choose a file."))
        if len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(say("input.material_too_many_at_once", most=str(MOST_AT_ONCE)))
        return found


class MaterialForm(PageForm):
    """What the files show, and the files."""

    what = forms.ChoiceField(
        label=_("What does the file show?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    files: Any = MaterialFiles(label=_("Files"))  # not what the form keeps under this name: Django takes it away

    def __init__(self, *args: Any, kinds: Sequence[str], first: str, **options: Any) -> None:
        super().__init__(*args, **options)
        what: Any = self.fields["what"]
        what.choices = [(kind, say(f"material_kind.{kind}")) for kind in kinds] + [(OTHER, _("Something else"))]
        what.initial = first
        self.fields["files"].help_text = limits()


def limits() -> str:
    """What is taken, said before anybody chooses a file."""
    most = {
        "size": digits(MOST_BYTES // MEGABYTE),
        "pages": digits(MOST_PAGES),
        "once": digits(MOST_AT_ONCE),
        "all": digits(MOST_MATERIALS),
    }
    return (
        gettext(
            "PDF, or a picture as JPEG, PNG or HEIC, for example a photograph of the paper. Each file at most %(size)s "
            "megabytes, a PDF at most %(pages)s pages; at most %(once)s files at once and %(all)s in all."
        )
        % most
    )
