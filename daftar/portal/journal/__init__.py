"""The append-only record of every inquiry and disclosure, and its writers (X.5, S2.18).

May import theme.
"""
