"""A question's answers as its author writes them, text and key side by side. None of this is ever stored (see `stored`).

For each kind of question a stream, and how its blocks become the lists of an `Authored` and come back from it.
"""

from quizzes.blocks.authored.converting import WRITTEN, without_ids
from quizzes.blocks.authored.streams import validate_share

__all__ = ["WRITTEN", "validate_share", "without_ids"]
