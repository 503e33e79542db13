"""The demo: made-up persons, organisations and papers, loaded through the feeds like a branch's own (issue 2).

Used by the command `daftar demo` and by tests. May import anything below config.
"""
