"""Filters and tags for cases: the number in groups, why it stands where it stands, names of files, the QR."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from daftar.portal.cases.addresses import progress_address
from daftar.portal.cases.materials.keeping import open_name
from daftar.portal.cases.models import Case, CaseStep, Material
from daftar.portal.cases.numbers import grouped
from daftar.portal.cases.steps import note_of, reasons_of
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits, qr
from daftar.terms.cases import CaseAct

register = template.Library()

FORMATS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


@register.filter
def case_number(number: str) -> str:
    """A case number in groups, Latin digits."""
    return grouped(number)


@register.filter
def case_reasons(case: Case) -> list[str]:
    """Why a case stands where it stands."""
    return reasons_of(case)


@register.filter
def material_name(material: Material) -> str:
    """What the person called the file."""
    return open_name(settings.SECRETS, material.pk, bytes(material.sealed_name))


@register.filter
def material_what(material: Material) -> str:
    """What the file shows."""
    return say(f"material_kind.{material.what}") if material.what else gettext("Something else")


@register.filter
def material_format(material: Material) -> str:
    """PDF, JPEG or PNG, and how large."""
    kilobytes = max(1, round(material.size / 1024))
    if kilobytes < 1024:
        return gettext("%(format)s, %(size)s kilobytes") % _sized(material, str(kilobytes))
    return gettext("%(format)s, %(size)s megabytes") % _sized(material, f"{kilobytes / 1024:.1f}")


def _sized(material: Material, size: str) -> dict[str, str]:
    point = "٫" if language() == "fa" else "."
    return {"format": FORMATS[material.media_type], "size": digits(size.replace(".", point))}


@register.simple_tag
def case_qr(case: Case) -> SafeString:
    """A QR code that leads to the progress of a case; who scans it must still log in as one of its two persons."""
    return qr(progress_address(case), gettext("QR that leads to the progress of this case"))


@register.filter
def case_note(case: Case) -> str:
    """What a reviewer wrote to the applicant when they sent the case back or refused it."""
    newest = CaseStep.objects.filter(case=case, act__in=[CaseAct.SEND_BACK, CaseAct.REFUSE]).order_by("id").last()
    return note_of(newest) if newest else ""
