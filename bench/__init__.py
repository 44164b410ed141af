"""Benchmarks: one a file, each prints one JSON line (`python -m bench.NAME`)."""
