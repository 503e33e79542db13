"""Addresses of filings: one's own, made and taken back, and the public page that says where a filing counts."""

from django.urls import path

from daftar.portal.filing import destination, own, revocation_pages, signing, wizard

app_name = "filing"
urlpatterns = [
    path("filings/", own.filings, name="filings"),
    path("filings/new/", wizard.begin, name="begin"),
    path("filings/new/<number>/", wizard.place, name="place"),
    path("filings/new/<number>/contact/", wizard.contact, name="contact"),
    path("filings/new/<number>/letter/", signing.letter, name="letter"),
    path("filings/new/<number>/material/", wizard.material, name="material"),
    path("filings/new/<number>/check/", wizard.check, name="check"),
    path("filings/new/<number>/done/", wizard.done, name="done"),
    path("filings/revoke/", revocation_pages.revoke, name="revoke"),
    path("filings/revoke/<number>/", revocation_pages.revoke_check, name="revoke_check"),
    path("filings/revoke/<number>/done/", revocation_pages.revoked, name="revoked"),
    path("directory/destination/", destination.destination, name="destination"),
]
