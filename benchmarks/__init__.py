"""Benchmarks: whole processes on a synthetic registry outside the tree."""
