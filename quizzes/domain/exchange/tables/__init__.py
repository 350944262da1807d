"""Questions as rows of a table: one row a question, one column for each thing that it says. Every kind can be said.

What belongs to an option, pair, step, line, accepted answer or gap stands in columns with its number: `answer 1`, `feedback 1` …
"""

from quizzes.domain.exchange.tables.columns import (
    COLUMNS,
    LONGEST_CELL,
    MOST_COLUMNS,
    NUMBERED,
    all_columns,
    column_name,
)
from quizzes.domain.exchange.tables.reading import read_rows
from quizzes.domain.exchange.tables.shares import read_share, write_share
from quizzes.domain.exchange.tables.writing import write_rows

__all__ = [
    "COLUMNS",
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "NUMBERED",
    "all_columns",
    "column_name",
    "read_rows",
    "read_share",
    "write_rows",
    "write_share",
]
