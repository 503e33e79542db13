"""Coverage by its beneficiary's identifier: `POST Coverage/_search` only, and never by address (contracts §3).

It tells what an inpatient inquiry tells, all basic insurers that cover today in the order in which they pay (S2.5), and
is one: journalled, with a tracking code, within the agreement's quota.
"""

import time

from daftar.gate.counter import Counter, now
from daftar.gate.fhir.asked import Sent, read_number
from daftar.gate.fhir.eligibility import about, answered, client_that, question_of
from daftar.gate.fhir.formats import answer_type, parameters, read_parameters
from daftar.gate.fhir.recalled import COVERAGE, refuse_persons
from daftar.gate.fhir.replies import replied, searchset
from daftar.gate.fhir.systems import TRACKING_CODE, type_of_system
from daftar.gate.fhir.told import Reader, tell_coverages
from daftar.gate.metrics import LATENCY
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.rest.retries import HEADER, read_idempotency
from daftar.gate.smart import allows
from daftar.gate.translator import Reply
from daftar.terms.identifiers import TYPES, Identifier
from daftar.terms.outcomes import Channel, Setting

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 16 * 1024
ADDRESS = f"{COVERAGE}/_search"
MARK = b"fhir search\0"
BENEFICIARY = ("beneficiary.identifier", "beneficiary:identifier", "beneficiary:Patient.identifier")
"""Spellings of one parameter: a chain, its typed form, and the reference's own identifier (R4 §3.1.1.5)."""
RESULT = ("_format", "_count", "_total", "_summary", "_sort", "_pretty", "_elements")
_LATENCY = LATENCY.labels(Channel.FHIR)


async def post_search(counter: Counter, request: Request) -> Reply:
    """200 with a searchset: a Coverage for each insurer that covers today; empty when none does, or nobody is known."""
    began = time.perf_counter()
    content_type = answer_type(request)
    refuse_persons(request)
    client = client_that(counter, request, lambda scopes: allows(scopes, COVERAGE, "s"))
    request.expect(FORM)
    body = await request.body(LARGEST_FORM)
    given = {**parameters(request), **read_parameters(body)}
    person, at = _beneficiary(given), now()
    if "active" not in given.get("status", ["active"])[-1].split(
        ","
    ):  # nothing is told but what is in force: nothing to ask
        return replied(searchset(counter.base_url, [], ADDRESS, at), content_type, request.language)
    sent = Sent(person, None, "", Setting.INPATIENT, ("discovery",))
    mark = read_idempotency(request.headers.get(HEADER), client.client_id, MARK + body)
    question = question_of(counter, client, sent, at, mark)
    (reply,) = await counter.coalescer.ask((question,), client.client_id)
    answer = answered(reply, question, at)
    reader = Reader(counter.base_url, request.language, client.organisation)
    found = tell_coverages(answer, about(sent, question), reader)
    bundle = searchset(counter.base_url, found, ADDRESS, at)
    bundle["identifier"] = {"system": reader.system(TRACKING_CODE), "value": answer.tracking_code}
    _LATENCY.observe(time.perf_counter() - began)
    return replied(bundle, content_type, reader.language)


async def get_search(counter: Counter, request: Request) -> Reply:
    """Refused with where to search instead: an identifier in an address is kept by everything on its way."""
    answer_type(request)
    raise Problem("search-by-post", path=ADDRESS)


def _beneficiary(given: dict[str, list[str]]) -> Identifier:
    """The one person that the search names, as `system|value`. Raises Problem `invalid-input`."""
    strange = [name for name in given if name not in (*BENEFICIARY, *RESULT, "status")]
    if strange:
        raise Problem("invalid-input", (FieldError(strange[0][:64], "unknown_field"),))
    named = [value for name in BENEFICIARY for value in given.get(name, ())]
    if len(named) != 1:
        code = "given_twice" if named else "required"
        raise Problem("invalid-input", (FieldError(BENEFICIARY[0], code),))
    system, _, number = named[0].rpartition("|")
    type_name = type_of_system(system)
    if type_name is None:
        allowed = ", ".join(TYPES)
        raise Problem("invalid-input", (FieldError(BENEFICIARY[0], "unknown_identifier_system", {"allowed": allowed}),))
    return read_number(type_name, number, BENEFICIARY[0])
