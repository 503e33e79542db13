"""The paths that Kannel calls for SMS (deploy/kannel/kannel.conf)."""

from daftar.gate.sms.receiving import get_report, post_message
from daftar.gate.translator import Translator

SMS = Translator(
    prefixes=("/sms/",),
    exact={"/sms/messages": ("POST", post_message)},
    patterns=(("GET", ("sms", "reports", "*", "*"), get_report),),
    door="sms",
)
