"""One HTTP request of the ASGI server, read strictly, and the response to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from daftar.gate.problems import FieldError, Problem
from daftar.terms.networks import counted_address
from daftar.terms.texts import choose_language

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
T = TypeVar("T")

JSON = "application/json"
LARGEST_BODY = 1024 * 1024
_MISSING = "Object missing required field `"
_UNKNOWN = "Object contains unknown field `"


class Request:
    """A request: its path below, its headers by lower-case name, its body on demand."""

    __slots__ = ("_receive", "headers", "method", "parts", "path", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.parts: tuple[str, ...] = ()
        self._receive = receive

    def header(self, name: bytes) -> str | None:
        """A header's value; None when absent."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def language(self) -> str:
        """The reader's language by Accept-Language."""
        return choose_language(self.header(b"accept-language"))

    def network_address(self, proxies: int) -> str:
        """The client's address, for counting: the peer's, or what the outermost of `proxies` proxies wrote of it."""
        client = self.scope.get("client")
        peer = str(client[0]) if client else ""
        forwarded = [part.strip() for part in (self.header(b"x-forwarded-for") or "").split(",") if part.strip()]
        return counted_address(forwarded[-proxies] if 0 < proxies <= len(forwarded) else peer)

    async def body(self, most: int = LARGEST_BODY) -> bytes:
        """The whole body. Raises Problem `body-too-large`, ConnectionError when it breaks off."""
        declared = self.header(b"content-length")
        if declared is not None and declared.isdecimal() and int(declared) > most:
            raise Problem("body-too-large")
        message = await self._received()
        if not message.get("more_body"):
            first: bytes = message.get("body", b"")
            if len(first) > most:
                raise Problem("body-too-large")
            return first
        collected = bytearray(message.get("body", b""))
        while message.get("more_body"):
            message = await self._received()
            collected += message.get("body", b"")
            if len(collected) > most:
                raise Problem("body-too-large")
        return bytes(collected)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body piece by piece, as it comes."""
        while True:
            message = await self._received()
            yield message.get("body", b"")
            if not message.get("more_body"):
                return

    async def _received(self) -> dict[str, Any]:
        """The next piece. Raises ConnectionError: half a body is not taken for a whole one."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the sender has gone")
        return message

    async def json(self, decoder: "msgspec.json.Decoder[T]") -> T:
        """The body by a strict decoder. Raises Problem 400, 413, 415 or 422, naming the field."""
        self.expect(JSON)
        return decode(await self.body(), decoder)

    def expect(self, *media_types: str) -> str:
        """The body's media type, when it is one of these. Raises Problem `unsupported-media-type`."""
        sent = (self.header(b"content-type") or "").partition(";")[0].strip().lower()
        if sent not in media_types:
            raise Problem("unsupported-media-type", expected=" / ".join(media_types))
        return sent


def decode(body: bytes, decoder: "msgspec.json.Decoder[T]") -> T:
    """Decode JSON; a Problem names the first field at fault."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Problem("invalid-input", (_field_error(str(error)),)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem("malformed-json") from None


def _field_error(message: str) -> FieldError:
    """The field and code out of msgspec's sentence: `Expected …, got … - at `$.subject.number``."""
    what, _, where = message.partition(" - at `")
    path = where.rstrip("`").removeprefix("$").lstrip(".")
    for start, code in ((_MISSING, "required"), (_UNKNOWN, "unknown_field")):
        if what.startswith(start):
            name = what.removeprefix(start).rstrip("`")
            return FieldError(f"{path}.{name}" if path else name, code)
    if "length" in what and "<=" in what:
        return FieldError(path, "too_many", {"most": what.rpartition("<=")[2].strip()})
    return FieldError(path or "$", "wrong_type")


async def respond(
    send: Send,
    status: int,
    body: bytes,
    content_type: bytes = b"application/json",
    *headers: tuple[bytes, bytes],
    bodiless: bool = False,
) -> None:
    """Send one whole response, to HEAD without its body; answers about people are never kept by a cache."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", content_type),
                (b"content-length", b"%d" % len(body)),
                (b"cache-control", b"no-store"),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": b"" if bodiless else body})
