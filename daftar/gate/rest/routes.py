"""The paths of the JSON interface (contracts §3)."""

from daftar.gate.openapi import get_openapi
from daftar.gate.rest.admissions import post_admission
from daftar.gate.rest.affiliation import post_affiliation_inquiry
from daftar.gate.rest.certificates import post_certificate_open
from daftar.gate.rest.eligibility import get_inquiry, post_batch, post_inquiry
from daftar.gate.rest.feed_pushes import put_feed
from daftar.gate.rest.own_entitlement import post_confirm, post_start
from daftar.gate.rest.token import post_token
from daftar.gate.translator import Translator

API = "/api/v1"

REST = Translator(
    prefixes=(
        "/oauth/",
        f"{API}/eligibility-inquiries",
        f"{API}/affiliation-inquiries",
        f"{API}/certificates/",
        f"{API}/own-entitlement/",
        f"{API}/feeds/",
        f"{API}/openapi.json",
    ),
    exact={
        f"{API}/eligibility-inquiries": ("POST", post_inquiry),
        f"{API}/eligibility-inquiries/batch": ("POST", post_batch),
        f"{API}/affiliation-inquiries": ("POST", post_affiliation_inquiry),
        f"{API}/certificates/open": ("POST", post_certificate_open),
        f"{API}/own-entitlement/start": ("POST", post_start),
        f"{API}/own-entitlement/confirm": ("POST", post_confirm),
        "/oauth/token": ("POST", post_token),
        f"{API}/openapi.json": ("GET", get_openapi),
    },
    patterns=(
        ("GET", ("api", "v1", "eligibility-inquiries", "*"), get_inquiry),
        ("POST", ("api", "v1", "eligibility-inquiries", "*", "admission"), post_admission),
        ("PUT", ("api", "v1", "feeds", "*", "*"), put_feed),
    ),
)
