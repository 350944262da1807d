r"""GIFT to questions, as Moodle reads it (5.1, `question/format/gift/format.php`), and a little more forgiving.

A blank line ends a question; `//` begins a comment; `\` before `~ = # { } :` takes their meaning away, `\n` is a line break.
Everything is a walk from left to right or a search that never looks at a place twice: a megabyte of braces takes no longer than prose.
"""

from quizzes.domain.exchange.gift.reading import parse_gift, read_gift
from quizzes.domain.exchange.gift.writing import write_gift

__all__ = ["parse_gift", "read_gift", "write_gift"]
