"""External bodies, their agreements, telephones and machine clients (S1.2, S2.11).

May import journal, notices, theme.
"""
