"""Tests mirror the packages; `tests/e2e` runs every process for real."""
