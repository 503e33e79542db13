"""Addresses of the certificates room; a certificate's number says nothing about anybody."""

from django.urls import path

from daftar.portal.certificates import inbox, opening, own, verification

app_name = "certificates"
urlpatterns = [
    path("own/", own.own, name="own"),
    path("own/state/", own.state, name="state"),
    path("own/organisation/", own.organisation, name="organisation"),
    path("own/preview/", own.preview, name="preview"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<number>/", inbox.certificate, name="certificate"),
    path("inbox/<number>/code/", inbox.code, name="code"),
    path("inbox/<number>/certificate.pdf", inbox.paper, name="paper"),
    path("inbox/<number>/revoke/", inbox.revoke, name="revoke"),
    path("open/", opening.open_document, name="open"),
    path("opened/<number>/", opening.opened, name="opened"),
    path("opened/<number>/certificate.pdf", opening.opened_paper, name="opened_paper"),
    path("verify/", verification.verify, name="verify"),
    path("verify/<number>/", verification.verdict, name="verdict"),
]
