"""The law as one set of Ibis expressions, run on SQLite or DuckDB in the process or on PySpark.

Each stage is a table computed from facts, law tables and earlier stages; `stages.STAGES` names them in order. Used by
coverage. May import Ibis, sqlglot, DuckDB, Arrow, terms and the rest of rules.
"""
