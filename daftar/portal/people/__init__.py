"""Persons of the registry: identity, mobile; an office counter registers a mobile after seeing the person (S2.9).

Used by accounts and everything above. May import journal, notices, theme.
"""
