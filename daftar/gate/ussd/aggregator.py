"""POST /ussd/aggregator: the form that aggregators of USSD speak, and `CON …` or `END …` back (S2.20).

`text` holds all that was typed in the dialogue, with `*` between the answers; it is empty when the number has dialled.
"""

from urllib.parse import parse_qsl

from daftar.gate.counter import Counter
from daftar.gate.gateways import gateway_of
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.translator import Reply
from daftar.gate.ussd.asking import LARGEST_BODY, ask, dialogue_id, read_caller, stranger
from daftar.gate.ussd.heard import Heard, Said

FORM = "application/x-www-form-urlencoded"
TEXT = b"text/plain; charset=utf-8"
LONGEST_SESSION = 128
MOST_FIELDS = 50


async def post_aggregator(counter: Counter, request: Request) -> Reply:
    """200 with a screen. Problem `unauthorised`, `unsupported-media-type`, `invalid-input` to the aggregator."""
    gateway = gateway_of(request, counter.gateways)
    request.expect(FORM)
    form = _read_form(await request.body(LARGEST_BODY))
    session = form.get("sessionId", "").strip()
    if not session or len(session) > LONGEST_SESSION:
        raise Problem("invalid-input", (FieldError("sessionId", "required" if not session else "too_long"),))
    if "phoneNumber" not in form:
        raise Problem("invalid-input", (FieldError("phoneNumber", "required"),))
    caller = read_caller(form["phoneNumber"])
    if caller is None:
        return written(stranger())
    mobile, jurisdiction = caller
    typed = form.get("text", "").strip().removesuffix("#")
    heard = Heard(
        id=dialogue_id(counter.secrets, gateway, session),
        caller=counter.secrets.mobile_key(mobile),
        jurisdiction=jurisdiction.code,
        words=tuple(typed.split("*")) if typed else (),
    )
    return written(await ask(counter, heard))


def written(said: Said) -> Reply:
    """A screen as aggregators read it."""
    return Reply(200, f"{'END' if said.ends else 'CON'} {said.text}".encode(), TEXT)


def _read_form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
    except ValueError:
        raise Problem("invalid-input") from None
