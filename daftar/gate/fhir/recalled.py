"""Reading answered requests, answers and covers back, by tracking code, for the organisation that asked."""

from collections.abc import Callable

from daftar.answers import Answer
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter, now
from daftar.gate.fhir.asked import PURPOSES, REQUEST
from daftar.gate.fhir.eligibility import VALIDATION, client_that
from daftar.gate.fhir.formats import answer_type, parameters
from daftar.gate.fhir.replies import replied, searchset
from daftar.gate.fhir.told import About, Reader, Resource, tell_coverages, tell_request, tell_response
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.rest.asked import find_inquiry
from daftar.gate.smart import allows
from daftar.gate.translator import Reply
from daftar.terms.jurisdictions import jurisdictions

RESPONSE = "CoverageEligibilityResponse"
COVERAGE = "Coverage"


async def get_request(counter: Counter, request: Request) -> Reply:
    """200 with the CoverageEligibilityRequest; `not-found` for everyone but who asked."""
    return await _read(counter, request, REQUEST, lambda told, reader: tell_request(*told, reader))


async def get_response(counter: Counter, request: Request) -> Reply:
    """200 with the CoverageEligibilityResponse; `not-found` for everyone but who asked."""
    return await _read(counter, request, RESPONSE, lambda told, reader: tell_response(*told, reader))


async def get_coverage(counter: Counter, request: Request) -> Reply:
    """200 with one Coverage that an answer referred to: its tracking code, a hyphen, its place in the order."""
    request.parts, place = _without_place(request.parts)

    def numbered(told: tuple[Answer, About], reader: Reader) -> Resource:
        found = tell_coverages(*told, reader)
        if not 0 < place <= len(found):
            raise Problem("not-found")
        return found[place - 1]

    return await _read(counter, request, COVERAGE, numbered)


async def get_responses(counter: Counter, request: Request) -> Reply:
    """The answer to a request, by `request`: a searchset of one, or of none (R4 §3.1.1)."""
    content_type = answer_type(request)
    refuse_persons(request)
    client = client_that(counter, request, lambda scopes: allows(scopes, RESPONSE, "s"))
    named = parameters(request).get("request", [""])[-1]
    if not named:
        raise Problem("invalid-input", (FieldError("request", "required"),))
    reader = Reader(counter.base_url, request.language, client.organisation)
    try:
        told = await _recall(counter, named.rpartition("/")[2], client)
        found = [tell_response(*told, reader)]
    except Problem as problem:
        if problem.slug != "not-found":
            raise
        found = []
    return replied(searchset(counter.base_url, found, RESPONSE, now()), content_type, reader.language)


def refuse_persons(request: Request) -> None:
    """Nothing that names a person may stand in an address (contracts §3). Raises Problem `search-by-post`."""
    persons = ("patient", "beneficiary", "subscriber", "policy-holder", "subject", "identifier")
    for name in parameters(request):
        if name.lower().startswith(persons):
            raise Problem("search-by-post", path=f"{COVERAGE}/_search")


async def _read(
    counter: Counter, request: Request, resource: str, tell: Callable[[tuple[Answer, About], Reader], Resource]
) -> Reply:
    content_type = answer_type(request)
    client = client_that(counter, request, lambda scopes: allows(scopes, resource, "r"))
    told = await _recall(counter, request.parts[-1], client)
    reader = Reader(counter.base_url, request.language, client.organisation)
    return replied(tell(told, reader), content_type, reader.language)


async def _recall(counter: Counter, code: str, client: ClientAccess) -> tuple[Answer, About]:
    row, answer = await counter.desk.run(lambda conn: find_inquiry(counter, conn, code, client))
    purposes = tuple(each for each in (row["purpose"] or "").split() if each in PURPOSES)
    return answer, About(_jurisdiction(answer), purposes or VALIDATION)


def _jurisdiction(answer: Answer) -> str:
    """The jurisdiction by whose law was answered: the journal knows a person by a key alone."""
    law = answer.rule_version.partition(".")[0]
    every = jurisdictions()
    return next((code for code, each in every.items() if each.law_set == law), next(reversed(every)))


def _without_place(parts: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    code, _, place = parts[-1].partition("-")
    return (*parts[:-1], code), int(place) if place.isascii() and place.isdecimal() and len(place) < 4 else 0
