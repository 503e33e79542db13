"""Filings of treatment in another region: one's own (S4.10, S4.16)."""
