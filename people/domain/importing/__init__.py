"""Bringing employees in: rows of a table to a plan of who joins, moves, changes and leaves, with every fault by row and column."""
