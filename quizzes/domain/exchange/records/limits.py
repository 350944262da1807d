"""How much a file, a question or a category may hold."""

from __future__ import annotations

LARGEST_FILE = 10 * 1024 * 1024
MOST_LINES = 200_000
MOST_TAGS = 200_000
MOST_QUESTIONS = 5_000
MOST_ANSWERS = 500
"""Options, pairs, steps, gaps or accepted answers of one question."""
MOST_ANSWERS_IN_ALL = 100_000
MOST_NOTES = 50
"""About one question."""
LONGEST_QUESTION = 200_000
"""Characters of one question as its format writes it, pictures not counted."""
DEEPEST_CATEGORY = 50
LONGEST_CATEGORY_NAME = 250
