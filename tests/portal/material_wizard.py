"""The portal with two pages of a wizard, materials and «申报成功», as the apps of the kinds make them."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from daftar.config import urls as portal
from daftar.portal.accounts.roles import for_citizens
from daftar.portal.cases.material_page import material_panel
from daftar.portal.cases.models import Case
from daftar.portal.cases.receiving import takes_files
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom

NEEDED = (("identity_document", "household_register"), ("birth_certificate",))
PAGE = """{% extends "base.html" %}{% block main %}<c-error-summary :form="form" /><h1>Materials</h1>
<c-materials :panel="panel" />{% if panel.complete %}<p>Complete</p>{% endif %}{% endblock %}"""

SUBMITTED = """{% extends "base.html" %}
{% block main %}<c-submitted :case="case"><p>More</p></c-submitted>{% endblock %}"""


@takes_files
@for_citizens()
@for_whom(Act.ENROL)
def materials(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """Upload what an enrolment needs; the identity was shown by the log-in when the address says so."""
    known = ("identity_document",) if "known" in request.GET else ()
    apart = ("commitment_letter",)
    panel = material_panel(request, Case.objects.get(number=number), needed=NEEDED, known=known, apart=apart)
    if panel.answer:
        return panel.answer
    return HttpResponse(_page(PAGE, request, panel=panel, form=panel.form), status=panel.status)


@for_citizens()
@for_whom(Act.ENROL)
def submitted(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """The page after submitting."""
    return HttpResponse(_page(SUBMITTED, request, case=Case.objects.get(number=number)))


def _page(template: str, request: HttpRequest, **context: object) -> str:
    return engines["django"].from_string(CottonCompiler().process(template)).render(context, request)


urlpatterns = [
    path("<language>/wizard/<number>/", materials),
    path("<language>/wizard/<number>/submitted/", submitted),
    *portal.urlpatterns,
]
handler403, handler404 = portal.handler403, portal.handler404
