"""Addresses of the app progress: «办理进度查询»."""

from django.urls import path

from daftar.portal.progress import views

app_name = "progress"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("<number>/", views.case, name="case"),
    path("<number>/withdraw/", views.withdraw, name="withdraw"),
]
