"""FHIR R4: eligibility and coverage for systems that speak HL7; the same gate, the same coalescing.

Used by the gate's app alone. A request becomes a question of `daftar.answers`; what is read later is a projection of
the journal, in which nothing of what was sent is kept.
"""
