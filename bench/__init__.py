"""Benchmarks: `make bench`. Speed and memory live here and never in tests; every figure is printed beside its peer's."""
