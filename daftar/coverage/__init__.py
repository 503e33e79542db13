"""Facts of given persons in, their coverage spans out: reads the registry, applies the rules, rewrites what changed.

Used by feeds, portal services and the command line. May import rules, store and terms. Works on the passed-in
connection inside the caller's transaction and never commits.
"""

from daftar.coverage.bulk import not_before, rebuild_all, rebuild_due
from daftar.coverage.rebuilding import rebuild

__all__ = ["not_before", "rebuild", "rebuild_all", "rebuild_due"]
