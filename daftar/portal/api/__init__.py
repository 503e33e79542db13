"""JSON that is not hot: the public directory's lists for machines, beside the gate's questions (contracts §3).

Used by config. May import directory, theme and daftar.terms.
"""
