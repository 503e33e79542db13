"""Addresses of the app progress: «办理进度查询»."""

from django.urls import path, register_converter

from daftar.portal.cases.numbers import CaseNumberInAddress
from daftar.portal.progress import views

app_name = "progress"
register_converter(CaseNumberInAddress, "case_number")

urlpatterns = [
    path("", views.cases, name="cases"),
    path("<case_number:number>/", views.case, name="case"),
    path("<case_number:number>/withdraw/", views.withdraw, name="withdraw"),
]
