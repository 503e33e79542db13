"""Words for the codes that stand in rows of the journal: channels, modes, grounds, fields told."""

from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "web": _("web"),
    "api": _("machine interface"),
    "app": _("app"),
    "sms": _("SMS"),
    "ussd": _("USSD"),
    "fhir": _("FHIR"),
    "file": _("file"),
    "counter": _("office counter"),
}
MODES = {
    "general": _("general"),
    "specific": _("specific"),
    "counter": _("person seen at a counter"),
    "explanation": _("answer explained"),
    "paper_recorded": _("paper recorded"),
    "mobile_recorded": _("mobile registered"),
    "affiliation": _("insurance relationship"),
    "certificate": _("certificate"),
    "sign_up": _("sign-up"),
    "account": _("account changed at a counter"),
    "admission": _("admission to hospital"),
    "answers_fetched": _("file of answers fetched"),
    "list_exported": _("list of inquiries exported"),
    "looks": _("who looked at one's record"),
    "looks_exported": _("list of looks exported"),
    "case": _("questioned look"),
}
PURPOSES = {
    "eligibility": _("entitlement to treatment"),
    "affiliation": _("insurance relationship"),
    "certificates": _("certificate of the insurance relationship"),
}
GROUNDS = {
    "agreement": _("agreement"),
    "consent": _("consent"),
    "proxy": _("proxy"),
    "own": _("own record"),
    "dependant": _("parent of a minor"),
    "duty": _("duty of the insurer's staff"),
}
FIELDS = {
    "status": _("status"),
    "tracking_code": _("tracking code"),
    "valid_until": _("end date"),
    "reason": _("reason"),
    "payers": _("payers"),
    "name": _("name"),
    "father_name": _("name of the father"),
    "birth_date": _("date of birth"),
    "mobile": _("mobile"),
    "evidence": _("papers"),
    "inquiry": _("the inquiry"),
    "span": _("the span"),
    "facts": _("the facts"),
    "spans": _("the spans"),
    "outcome": _("outcome"),
    "answers": _("answers"),
    "access_code": _("access code"),
    "applicant": _("applicant"),
    "looks": _("the list of looks"),
    "question": _("what the person wrote"),
    "account": _("the account"),
    "known": _("that the person is known"),
}
