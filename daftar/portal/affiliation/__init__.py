"""Affiliation: the facts (X.1), and the panel on which organisations ask about them, singly or by file (S1).

Facts are written by feeds and decided cases. May import accounts and what stands below.
"""
