"""Facts in: files and pushes from branch databases, checked row by row, into the registry tables; then coverage.

Used by the gate, by config, and by the portal's photographs. May import coverage, answers, store, terms, msgspec,
psycopg, pyarrow and, in a process of its own, Pillow. The loader opens and commits its own connections.
"""
