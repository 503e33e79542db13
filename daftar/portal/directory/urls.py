"""Addresses of the public directory."""

from django.urls import path

from daftar.portal.directory import list_views, views

app_name = "directory"
urlpatterns = [
    path("regions/", list_views.regions, name="regions"),
    path("regions/file/", list_views.regions_file, name="regions_file"),
    path("regions/<path:code>/", list_views.region, name="region"),
    path("pooling-regions/", list_views.pooling_regions, name="pooling_regions"),
    path("pooling-regions/file/", list_views.pooling_regions_file, name="pooling_regions_file"),
    path("pooling-regions/<path:code>/", list_views.pooling_region, name="pooling_region"),
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/file/", views.institutions_file, name="institutions_file"),
    path("institutions/by-province/", views.by_province, name="by_province"),
    path("offices/", list_views.offices, name="offices"),
    path("offices/file/", list_views.offices_file, name="offices_file"),
]
