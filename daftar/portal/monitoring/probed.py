"""Who the probe is in the journal: an organisation of its own, which the tallies leave out (S2.15)."""

PROBE = "probe"
"""Code of the probe's organisation, client and agreement."""
