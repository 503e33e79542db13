"""Benchmarks: `make bench`. Speed and memory live here, never in tests; each figure stands beside its peer's."""
