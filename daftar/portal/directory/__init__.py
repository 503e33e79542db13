"""Public directory: regions and the insurer's own offices (S4.4-S4.9).

May import journal, notices, theme.
"""
