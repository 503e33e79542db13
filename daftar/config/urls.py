"""Addresses of the portal. Every page has its language in front; `/` asks the browser which."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from daftar.portal.app.manifest import manifest
from daftar.portal.certificates.verification import jwks
from daftar.portal.console.views import home
from daftar.portal.journal.views import head
from daftar.portal.monitoring.exposition import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/jwks.json", jwks, name="jwks"),
    path("metrics", metrics, name="metrics"),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("entitlement/", include("daftar.portal.entitlement.urls")),
    path("affiliation/", include("daftar.portal.affiliation.urls")),
    path("organisation/", include("daftar.portal.console.organisation_urls")),
    path("certificates/", include("daftar.portal.certificates.urls")),
    path("looks/", include("daftar.portal.looks.urls")),
    path("", include("daftar.portal.filing.urls")),  # filings/ and directory/destination/
    path("directory/", include("daftar.portal.directory.urls")),
    path("settlements/", include("daftar.portal.settlement.urls")),
    path("enrolments/", include("daftar.portal.enrolment.urls")),
    path("proxies/", include("daftar.portal.proxy.urls")),
    path("cases/", include("daftar.portal.cases.urls")),
    path("progress/", include("daftar.portal.progress.urls")),
    path("review/", include("daftar.portal.review.urls")),
    path("objections/", include("daftar.portal.objections.urls")),
    path("providers/", include("daftar.portal.providers.urls")),
    path("campaigns/", include("daftar.portal.campaigns.urls")),
    path("", include("daftar.portal.monitoring.urls")),  # status/ and operations/
    path("app/", include("daftar.portal.app.urls")),
    path("guides/", include("daftar.portal.guides.urls")),
    path("console/", include("daftar.portal.console.urls")),
    path("accounts/", include("daftar.portal.accounts.urls")),
    path("notices/", include("daftar.portal.notices.urls")),
)
urlpatterns += [
    path(".well-known/journal-head.json", head, name="journal_head"),
    path("api/v1/", include("daftar.portal.api.urls")),  # what is not the gate's
]

handler400 = "daftar.portal.theme.errors.bad_request"
handler403 = "daftar.portal.theme.errors.forbidden"
handler404 = "daftar.portal.theme.errors.not_found"
handler429 = "daftar.portal.theme.errors.too_many"
handler500 = "daftar.portal.theme.errors.server_error"
