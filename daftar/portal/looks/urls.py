"""Addresses of looks: the person's own list, the hiding by a court, the insurer's cases."""

from django.urls import path

from daftar.portal.looks import cases, hiding_views, own

app_name = "looks"
urlpatterns = [
    path("", own.looks, name="looks"),
    path("export/", own.export, name="export"),
    path("hidden/", hiding_views.hidings, name="hidings"),
    path("hidden/<code>/", hiding_views.hide, name="hide"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:number>/", cases.case, name="case"),
    path("<code>/", own.look, name="look"),
    path("<code>/question/", own.question, name="question"),
]
