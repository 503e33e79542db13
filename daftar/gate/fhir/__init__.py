"""FHIR R4: eligibility and coverage for systems that speak HL7; the same gate, the same coalescing."""
