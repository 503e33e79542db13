"""Addresses of the watch."""

from django.urls import path

from daftar.portal.monitoring import operations, views

app_name = "monitoring"

urlpatterns = [
    path("status/", views.status, name="status"),
    path("operations/", operations.now, name="operations"),
    path("operations/history/", operations.history, name="history"),
]
