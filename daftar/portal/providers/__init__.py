"""Providers and their duty to ask: who checks and who does not, by type, ownership and province (S2.11).

Used by the insurer. May import organisations, directory, journal and what lies below.
"""
