"""Filings of treatment in another region: one's own (S4.10, S4.16), and where a filing counts (S4.7, S4.8).

Used by citizens and, for the rule, by everybody. May import accounts, people, directory and what stands below.
"""
