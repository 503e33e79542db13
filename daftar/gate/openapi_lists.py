"""The public lists in the OpenAPI document: the portal answers them (daftar/portal/api), a test holds both together.

Machines find everything under /api/v1 described in one place, whoever of the two answers (design §7).
"""

from collections.abc import Callable
from typing import Any

Described = dict[str, Any]

_TEXT: Described = {"type": "string"}
_ABSENT: Described = {"type": ["string", "null"]}
_DAY: Described = {"type": ["string", "null"], "format": "date"}
_LEVEL: Described = {"type": "string", "enum": ["country", "province", "city", "county"]}
_KIND: Described = {"type": "string", "enum": ["headquarters", "province", "branch", "brokerage", "handling"]}

_EVERYWHERE: dict[str, tuple[str, Described]] = {
    "code": ("The entry with this code.", {"type": "string", "maxLength": 100}),
    "region": ("Code of a region: it and everything below it.", {"type": "string", "maxLength": 100}),
    "q": ("Beginning of a name or a code.", {"type": "string", "maxLength": 100}),
    "limit": ("Entries of a page; 100 when not given.", {"type": "integer", "minimum": 1, "maximum": 500}),
    "cursor": ("What `next` of the page before said; with the same filters.", _TEXT),
}
_LISTS: dict[str, tuple[str, str, dict[str, tuple[str, Described]]]] = {
    "regions": ("Administrative regions, by code.", "Region", {"level": ("Level.", _LEVEL)}),
    "pooling-regions": ("Regions that pool their insurance fund, by code.", "PoolingRegion", {}),
    "institutions": (
        "Medical institutions, by code.",
        "Institution",
        {
            "level": ("Level of the hospital.", {"type": "string", "maxLength": 100}),
            "class": ("Class of the institution.", {"type": "string", "maxLength": 100}),
            "cross_region": ("Designated for other regions' insured.", {"type": "boolean"}),
            "pooling_region": (
                "Code of a pooling region: its region and what lies below, without what pools a fund of its own.",
                {"type": "string", "maxLength": 100},
            ),
        },
    ),
    "offices": ("The insurers' own offices, by code.", "Office", {"kind": ("Kind of office.", _KIND)}),
}
"""Summary, schema of an entry and own filters, by the last part of the address."""

_ENTRIES: dict[str, Described] = {
    "Region": {"code": _TEXT, "name": _TEXT, "level": _LEVEL, "parent": _ABSENT, "files_to": _ABSENT},
    "PoolingRegion": {
        "code": _TEXT,
        "name": _TEXT,
        "region": _TEXT,
        "opened_on": _DAY,
        "insurance_types": {"type": "array", "items": _TEXT},
    },
    "Institution": {
        "code": _TEXT,
        "name": _TEXT,
        "region": _TEXT,
        "level": _ABSENT,
        "class": _ABSENT,
        "address": _ABSENT,
        "phone": _ABSENT,
        "opened_on": _DAY,
        "closed_on": _DAY,
        "cross_region": {"type": "boolean"},
    },
    "Office": {
        "code": _TEXT,
        "kind": _KIND,
        "name": _TEXT,
        "department": _ABSENT,
        "region": _ABSENT,
        "address": _ABSENT,
        "phone": _ABSENT,
        "postcode": _ABSENT,
        "parent": _ABSENT,
    },
}


def list_schemas() -> dict[str, Described]:
    """An entry of each list, and a page of it."""
    pages = {
        f"{entry}Page": _object(
            {name.replace("-", "_"): {"type": "array", "items": _reference(entry)}, "next": _ABSENT}
        )
        for name, (_, entry, _) in _LISTS.items()
    }
    return {entry: _object(members) for entry, members in _ENTRIES.items()} | pages


def list_paths(problem: Callable[[int], Described]) -> dict[str, dict[str, Described]]:
    """GET and HEAD of each list; `problem` describes a refusal by its status."""
    return {f"/api/v1/{name}": _operations(*described, problem) for name, described in _LISTS.items()}


def _operations(
    summary: str, entry: str, own: dict[str, tuple[str, Described]], problem: Callable[[int], Described]
) -> dict[str, Described]:
    parameters = [
        {"name": name, "in": "query", "description": description, "schema": schema}
        for name, (description, schema) in (own | _EVERYWHERE).items()
    ]
    parameters.append({"name": "If-None-Match", "in": "header", "description": "An ETag.", "schema": _TEXT})
    kept = {name: {"schema": _TEXT} for name in ("ETag", "Cache-Control")}
    page = {"application/json": {"schema": _reference(f"{entry}Page")}}
    unchanged = {"304": {"description": "Nothing has changed since.", "headers": kept}}
    refusals = {str(status): problem(status) for status in (400, 422, 503)}
    told = {"200": {"description": "A page.", "headers": kept, "content": page}}
    told_of = {"200": {"description": "The page's headers.", "headers": kept}}
    heads = {status: {"description": refusal["description"]} for status, refusal in refusals.items()}
    return {
        "get": {"summary": summary, "parameters": parameters, "responses": told | unchanged | refusals},
        "head": {"summary": summary, "parameters": parameters, "responses": told_of | unchanged | heads},
    }


def _object(members: Described) -> Described:
    return {"type": "object", "required": list(members), "properties": members, "additionalProperties": False}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
