"""Values of PDF objects with references followed: a name may be given by reference, and that by another one."""

from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, NullObject

LONGEST_CHAIN = 10


def resolved(each: Any) -> Any:
    """What a value stands for; None for nothing, and for a chain of references that does not end."""
    for _ in range(LONGEST_CHAIN):
        if not isinstance(each, IndirectObject):
            return None if isinstance(each, NullObject) else each
        each = each.get_object()
    return None


def at(each: DictionaryObject, key: str) -> Any:
    """What stands under a key (`get` of a dictionary would give the reference)."""
    return resolved(each.raw_get(key)) if key in each else None
