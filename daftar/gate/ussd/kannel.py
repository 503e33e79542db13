"""POST /ussd/kannel: USSD over SMPP, which Kannel turns into requests (deploy/kannel; S2.20).

A network has one dialogue with a telephone at a time and gives it no name. `ussd_service_op` of SMPP 3.4 (5.3.2.44)
says whether it begins; in the reply, whether it goes on.
"""

from urllib.parse import parse_qsl, unquote_to_bytes

from daftar.gate.counter import Counter
from daftar.gate.gateways import KANNEL, gateway_of
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.translator import Reply
from daftar.gate.ussd.aggregator import TEXT
from daftar.gate.ussd.asking import LARGEST_BODY, ask, dialogue_id, read_caller, stranger
from daftar.gate.ussd.dialogue import mark_of
from daftar.gate.ussd.heard import Heard, Said
from daftar.terms.digits import to_latin
from daftar.terms.gsm import in_gsm

BEGINS = 1  # PSSR indication: the number has dialled
ASKS, ENDS = 2, 17  # USSR request, PSSR response
_SEVEN_BIT, _UCS2 = b"0", b"2"
LONGEST_ID = 64


async def post_kannel(counter: Counter, request: Request) -> Reply:
    """200 with a screen and the headers by which Kannel sends it. Problem `unauthorised`, `invalid-input` to Kannel."""
    if gateway_of(request, counter.gateways) != KANNEL:
        raise Problem("unauthorised")
    message = _message_id(request)
    caller = read_caller(request.header(b"x-kannel-from") or "")
    body = await request.body(LARGEST_BODY)
    if caller is None:
        return written(stranger())
    mobile, jurisdiction = caller
    typed, begins = _read_text(body), _service_op(request) == BEGINS
    heard = Heard(
        id=dialogue_id(counter.secrets, KANNEL, mobile),
        caller=counter.secrets.mobile_key(mobile),
        jurisdiction=jurisdiction.code,
        words=_dialled(typed, request.header(b"x-kannel-to") or "") if begins else (typed,),
        mark=mark_of(message),
        begins=begins,
    )
    return written(await ask(counter, heard))


def written(said: Said) -> Reply:
    """A screen as Kannel sends it on."""
    headers = (
        (b"x-kannel-coding", _SEVEN_BIT if in_gsm(said.text) else _UCS2),
        (b"x-kannel-meta-data", b"?smpp?ussd_service_op=%d&" % (ENDS if said.ends else ASKS)),
    )
    return Reply(200, said.text.encode(), TEXT, headers)


def _message_id(request: Request) -> str:
    """Kannel's own id of the message: the same when it is offered again."""
    query = dict(parse_qsl(str(request.scope.get("query_string", b""), "latin-1")))
    found = query.get("id", "")
    if not found or len(found) > LONGEST_ID:
        raise Problem("invalid-input", (FieldError("id", "required" if not found else "too_long"),))
    return found


def _service_op(request: Request) -> int:
    """The operation out of `?smpp?ussd_service_op=%01&`: one byte, or its figures; 0 when there is none."""
    group = (request.header(b"x-kannel-meta-data") or "").rpartition("?smpp?")[2].partition("?")[0]
    for pair in group.split("&"):
        name, _, value = pair.partition("=")
        if name == "ussd_service_op":
            octets = unquote_to_bytes(value)
            return int(octets) if octets.isdigit() else int.from_bytes(octets[-1:])
    return 0


def _read_text(body: bytes) -> str:
    return body.decode(errors="replace").strip()


def _dialled(typed: str, code: str) -> tuple[str, ...]:
    """What was dialled at once behind the code of the service: `*1420*1*0012345678#` of `1420` or `*1420#`."""
    words = to_latin(typed).strip("*#").split("*")
    service = code.strip("*#").split("*")
    return tuple(words[len(service) :]) if code and words[: len(service)] == service else ()
