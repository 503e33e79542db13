"""Errors as RFC 9457 problems: one table of slugs and statuses, texts in the reader's language (contracts §3).

The gate and the portal's JSON tell the same ones.
"""

import dataclasses
from dataclasses import dataclass

from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import text

STATUS = {
    "malformed-json": 400,
    "invalid-cursor": 400,
    "search-by-post": 400,
    "unsupported-grant": 400,
    "invalid-scope": 400,
    "unauthorised": 401,
    "invalid-client": 401,
    "forbidden": 403,
    "no-agreement": 403,
    "mismatch": 403,
    "access-code-wrong": 403,
    "certificate-locked": 403,
    "code-refused": 403,
    "not-found": 404,
    "certificate-not-found": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "already-recorded": 409,
    "certificate-revoked": 410,
    "certificate-expired": 410,
    "body-too-large": 413,
    "unsupported-media-type": 415,
    "invalid-input": 422,
    "feed-refused": 422,
    "idempotency-mismatch": 422,
    "too-many-requests": 429,
    "quota-exceeded": 429,
    "unavailable": 503,
}
OAUTH_ERRORS = {"invalid-client": "invalid_client", "unsupported-grant": "unsupported_grant_type"} | {
    "invalid-scope": "invalid_scope",
    "invalid-input": "invalid_request",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; `code` has a text under [input], `values` fill its gaps."""

    field: str
    code: str
    values: dict[str, str] = dataclasses.field(default_factory=dict)


class Problem(Exception):
    """A request that is not answered as asked. `slug` is one of STATUS."""

    def __init__(
        self,
        slug: str,
        errors: tuple[FieldError, ...] = (),
        *,
        retry_after: int | None = None,
        **values: str,
    ) -> None:
        super().__init__(slug)
        self.slug = slug
        self.errors = errors
        self.retry_after = retry_after
        self.values = values

    @property
    def status(self) -> int:
        """HTTP status."""
        return STATUS[self.slug]

    def body(self, language: str) -> dict[str, object]:
        """The problem as JSON members, its texts in `language`."""
        values = {"hotline": hotline(language)} | self.values
        members: dict[str, object] = {
            "type": f"/problems/{self.slug}",
            "title": text(f"problem.{self.slug}", language, **values),
            "status": self.status,
        }
        if self.errors:
            members["errors"] = [
                {"field": each.field, "code": each.code, "message": text(f"input.{each.code}", language, **each.values)}
                for each in self.errors
            ]
        if self.slug in OAUTH_ERRORS:
            members["error"] = OAUTH_ERRORS[self.slug]
        return members


def field_problem(name: str, error: Misunderstood) -> Problem:
    """One field that could not be understood."""
    return Problem("invalid-input", (FieldError(name, error.code, error.values),))


def hotline(language: str) -> str:
    """The hotline of the jurisdiction whose language it is; of the first one else."""
    all_of_them = list(jurisdictions().values())
    return next((each.hotline for each in all_of_them if each.language == language), all_of_them[-1].hotline)
