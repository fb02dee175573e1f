"""Benchmarks: each number beside a bare baseline of the same run, because machines are noisy. `make bench`."""
