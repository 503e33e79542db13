"""Addresses of the guides."""

from django.urls import path

from daftar.portal.guides import views

app_name = "guides"
urlpatterns = [path("<slug:name>/", views.guide, name="guide")]
