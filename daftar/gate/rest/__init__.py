"""JSON under /api/v1 and the token endpoint: each file translates one resource to questions and back (contracts §3)."""
