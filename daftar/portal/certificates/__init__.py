"""Certificates: a citizen's own affiliation as a signed document for one organisation (S1.3, S1.8-S1.10, S1.21-S1.28).

Used by citizens and by the organisations that open them. May import affiliation, accounts, organisations, people and
what stands below; never the console.
"""
