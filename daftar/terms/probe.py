"""The probe: it asks a known question on every channel each minute, to see that answers come (S2.15).

It asks about nobody, from a telephone that is nobody's, under an organisation of its own: what it asks stands in the
journal like every question, and is left out of all counts. No message goes out to its telephone.
"""

PROBE = "probe"
"""Code of its organisation, its client and its agreement."""

NUMBER = ("ir-national-code", "9990000018")
"""Whom it asks about: place prefixes end at 732, so this is nobody's number. The known answer is: not covered."""

MOBILE = "+989990000001"
"""Its registered telephone as a provider, in a block that no list of operators assigns."""
