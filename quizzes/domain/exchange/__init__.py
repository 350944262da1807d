"""Questions in the formats of other systems: texts and files in, `Entry` objects out, and back.

Every reader gives a `Parsed`: what it found, and what it has to say about it, by line. Nothing here is worded for people
but in `records.WORDS`, and nothing is written anywhere.
"""
