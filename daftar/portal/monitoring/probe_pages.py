"""The probe's known question on the pages: asked as a provider types it, answered as one reads it (S2.7, S2.15)."""

import re
from html import unescape
from urllib.parse import urlencode

from daftar.portal.monitoring.probe_asking import FORM, Asking, Wrong, expect, read_object
from daftar.terms.probe import NUMBER
from daftar.terms.texts import text

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
DAY = re.compile(r'name="service_day" value="([^"]+)"')


def ask_web(asking: Asking) -> None:
    """The page on which a provider asks: its form filled in and sent, and the page of the answer read."""
    page = asking.send("GET", "/fa/entitlement/ask/")
    shown = asking.read(page)
    token, day = TOKEN.search(shown), DAY.search(shown)
    if token is None or day is None:
        raise Wrong("wrong_answer")
    form = {"csrfmiddlewaretoken": token[1], "service_day": unescape(day[1]), "setting": "outpatient"}
    _answered(asking, "/fa/entitlement/ask/", "/fa/entitlement/answers/", form, page.cookies.get("csrftoken", ""))
    expect(asking.journalled("web"))


def ask_app(asking: Asking) -> None:
    """The app: its first page stands, it learns for whom it asks, sends the question and reads the answer."""
    expect("/static/app/" in asking.read(asking.send("GET", "/fa/app/")))
    session = asking.send("GET", "/fa/app/session/")
    told = read_object(asking.read(session))
    if not told.get("asks_as"):
        asking.forget()
        raise Wrong("refused")
    form = {"csrfmiddlewaretoken": str(told.get("token", ""))}
    _answered(asking, "/fa/app/patient/", "/fa/app/patient/", form, session.cookies.get("csrftoken", ""))
    expect(asking.journalled("app"))


def _answered(asking: Asking, path: str, leads_to: str, form: dict[str, str], csrf: str) -> None:
    """Send a form and read the page it leads to: nobody is not covered, and the answer has a tracking code."""
    typed = urlencode(form | {"type": NUMBER[0], "number": NUMBER[1]}).encode()
    sent = asking.send("POST", path, typed, cookie=f"csrftoken={csrf}", **FORM)
    if sent.status != 302:
        asking.read(sent)
    expect(re.fullmatch(rf"{leads_to}[0-9]{{16}}/", sent.location) is not None)
    expect(text("status.not_covered", "fa") in unescape(asking.read(asking.send("GET", sent.location))))
