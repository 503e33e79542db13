"""Addresses of the app cases: material of a case."""

from django.urls import path

from daftar.portal.cases import material_views

app_name = "cases"

urlpatterns = [path("<number>/materials/<uuid:id>/", material_views.material, name="material")]
