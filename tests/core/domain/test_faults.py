from __future__ import annotations

import errno
import sqlite3

import pytest

from core.domain.faults import is_disk_full


def of_sqlite() -> sqlite3.Error:
    """SQLite's own, from a database that may not grow."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as raised:
        database.execute("CREATE TABLE t (a)")
    database.close()
    return raised.value


class OfPostgreSQL(Exception):
    sqlstate = "53100"


def from_cause(cause: BaseException) -> Exception:
    error = Exception("could not save")
    error.__cause__ = cause
    return error


def in_context(context: BaseException) -> Exception:
    error = Exception("while tidying up")
    error.__context__ = context
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        of_sqlite(),
        OfPostgreSQL(),
        from_cause(of_sqlite()),
        in_context(from_cause(OfPostgreSQL())),
    ],
)
def test_a_full_disk_is_known(error):
    assert is_disk_full(error)


def round_in_a_circle() -> Exception:
    first, second = Exception(), Exception()
    first.__cause__, second.__cause__ = second, first
    return first


@pytest.mark.parametrize(
    "error", [None, ValueError("full"), OSError(errno.EACCES, "Permission denied"), round_in_a_circle()]
)
def test_anything_else_is_not(error):
    assert not is_disk_full(error)
