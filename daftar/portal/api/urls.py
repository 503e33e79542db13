"""Addresses under /api/v1 that are not the gate's."""

from django.urls import path, re_path

from daftar.portal.api.listings import LISTINGS
from daftar.portal.api.views import listing, nothing_here

app_name = "api"
urlpatterns = [path(name, listing, {"name": name}, name=name) for name in LISTINGS]
urlpatterns += [re_path(r"^.*$", nothing_here, name="nothing_here")]
