"""Facts of given persons in, their coverage spans out: reads the registry, applies the rules, rewrites what changed.

Used by feeds, portal services and the command line. May import rules, store and terms. Works on the passed-in
connection inside the caller's transaction and never commits; work on many persons alone has transactions of its own.
"""

from daftar.coverage.bulk import Rebuilt, not_before, rebuild_all, rebuild_due
from daftar.coverage.rebuilding import rebuild

__all__ = ["Rebuilt", "not_before", "rebuild", "rebuild_all", "rebuild_due"]
