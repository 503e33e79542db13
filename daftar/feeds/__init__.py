"""Facts in: files and pushes from branch databases, checked row by row, into the registry tables; then coverage.

Used by the gate and by config. May import coverage, answers, store, terms, msgspec, psycopg and pyarrow. The loader
opens and commits its own connections.
"""
