"""Addresses of the enrolment of residents: the wizard, what came of it, and what somebody is enrolled in."""

from django.urls import path

from daftar.portal.enrolment import handing_in, insurance, wizard

app_name = "enrolment"
urlpatterns = [
    path("", wizard.start, name="start"),
    path("insurance/", insurance.insurance, name="insurance"),
    path("<number>/", wizard.case, name="case"),
    path("<number>/unit/", wizard.unit, name="unit"),
    path("<number>/resident/", wizard.resident, name="resident"),
    path("<number>/enrolment/", wizard.enrolment, name="enrolment"),
    path("<number>/materials/", wizard.materials, name="materials"),
    path("<number>/check/", handing_in.check, name="check"),
    path("<number>/submitted/", handing_in.submitted, name="submitted"),
]
