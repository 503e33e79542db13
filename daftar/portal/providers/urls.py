"""Addresses of the app providers. A provider's code stands in them: it is an organisation's, no person's."""

from django.urls import URLPattern, path

from daftar.portal.providers import provider_views, report_views

app_name = "providers"

urlpatterns: list[URLPattern] = [
    path("", report_views.report, name="report"),
    path("file/", report_views.report_file, name="report_file"),
    path("<path:code>/mobiles/<uuid:phone>/end/", provider_views.phone_stop, name="phone_end"),
    path("<path:code>/mobiles/", provider_views.phones, name="phones"),
    path("<path:code>/suspend/", provider_views.suspend, name="suspend"),
    path("<path:code>/", provider_views.provider, name="provider"),
]
