"""Parameters that a law set must have, each with the unit that its rule reads it in."""

from daftar.rules.law import REQUIRED
from daftar.rules.service_parameters import BY_SERVICE
from daftar.rules.units import Unit
from daftar.terms.jurisdictions import jurisdictions

UNITS: dict[str, Unit] = {**REQUIRED, **{name: unit for names in BY_SERVICE.values() for name, unit in names.items()}}
"""Every parameter that a rule uses, by name."""


def required(law_set: str) -> set[str]:
    """What the rules use; what belongs to a service only where it is offered."""
    offered = {name for each in jurisdictions().values() if each.law_set == law_set for name in each.services}
    return {*REQUIRED, *(name for service, names in BY_SERVICE.items() if service in offered for name in names)}
