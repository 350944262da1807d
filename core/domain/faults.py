"""What an error says of the machine rather than of the program."""

from __future__ import annotations

import errno
import sqlite3

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"
"""PostgreSQL's SQLSTATE: PostgreSQL documentation, appendix A, class 53."""


def is_disk_full(error: BaseException | None) -> bool:
    """Whether this error, or one that it came from, says that there is no space left: a file's, SQLite's or PostgreSQL's."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if _says_so(error):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        return True
    return (
        getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(error, "sqlstate", None) == DISK_FULL
    )
