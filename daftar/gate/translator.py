"""What a translator of the gate gives: its paths, and how it says that something went wrong (design §7).

rest, fhir, sms and ussd are translators: each turns what came in into questions, and answers
into what its callers read.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from daftar.gate.counter import Counter
from daftar.gate.problems import Problem, encode
from daftar.gate.request import Request

PROBLEM_JSON = b"application/problem+json"


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole response that is not plain JSON."""

    status: int
    body: bytes
    content_type: bytes = b"application/json"
    headers: tuple[tuple[bytes, bytes], ...] = ()


Answered = tuple[int, bytes] | Reply
"""Status and JSON, or a reply of another kind."""

Handler = Callable[[Counter, Request], Awaitable[Answered]]


def problem_json(problem: Problem, request: Request) -> Reply:
    """A problem as RFC 9457, in the reader's language."""
    language = request.language
    return problem_reply(problem, language, encode(problem, language), PROBLEM_JSON)


def problem_reply(
    problem: Problem, language: str, body: bytes, content_type: bytes, *, log_in: bytes = b"Bearer"
) -> Reply:
    """A problem in a translator's own form: when to try again, how to log in, by which methods to ask (RFC 9110)."""
    headers = [(b"content-language", language.encode())]
    if problem.retry_after is not None:
        headers.append((b"retry-after", b"%d" % problem.retry_after))
    if problem.status == 401:
        headers.append((b"www-authenticate", log_in))
    if "allow" in problem.values:
        headers.append((b"allow", problem.values["allow"].encode()))
    return Reply(problem.status, body, content_type, tuple(headers))


@dataclass(frozen=True, slots=True)
class Translator:
    """Paths of one translator. In patterns a star stands for one part of the path."""

    prefixes: tuple[str, ...]
    exact: Mapping[str, tuple[str, Handler]]
    patterns: tuple[tuple[str, tuple[str, ...], Handler], ...] = ()
    problem: Callable[[Problem, Request], Reply] = field(default=problem_json)
    door: str = "api"  # by which name its requests are counted; empty: not at all
