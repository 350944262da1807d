"""Scenarios as files: bytes in, a `Manuscript` and notes by line out, and back.

Twee 3 is what Twine and its kin write; JSON is ours, with a published schema. Nothing here is worded for people but in
`records.WORDS`, and nothing is written anywhere.
"""
