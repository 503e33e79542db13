"""Addresses of the notices room."""

from django.urls import path

from daftar.portal.notices import views

app_name = "notices"
urlpatterns = [path("outbox/", views.outbox, name="outbox")]
