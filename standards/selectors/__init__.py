"""Reads of the standards: clauses, the document, what a reader has signed."""
