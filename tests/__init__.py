"""Tests mirror the packages; `databases` and `browser` are the harness, `factories/` the data, `e2e/` the journeys."""
