"""The law: dated parameters, and the expressions that turn facts into coverage spans (contracts §1, issue 2 item 3).

Used by answers (coordination), coverage (engine) and the portal (filings, enrolment, proxy). May import the standard
library, PyYAML and terms; only the folder `engine` also imports Ibis, sqlglot, DuckDB and Arrow. No clock, no database,
no framework: facts and days are arguments.
"""

from daftar.rules.law import version

__all__ = ["version"]
