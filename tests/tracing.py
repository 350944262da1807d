"""Coverage at half its price: nothing is traced while Django composes and sends SQL, where it calls nothing of ours
but what turns values into those that a database knows.

A tracer slows down every line that Python runs, Django's too: with it, tests that ask a database take nearly twice as long.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.sql import compiler
from django.db.models.sql.query import Query

COMPOSING = ("add_annotation", "add_fields", "add_ordering", "add_q", "add_select_related", "chain", "set_values")
COMPILERS = (compiler.SQLCompiler, compiler.SQLInsertCompiler, compiler.SQLUpdateCompiler)


def untraced(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, during which this thread has no tracer."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        tracer = sys.gettrace()
        if tracer is None:
            return function(*args, **kwargs)
        sys.settrace(None)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(tracer)
            _wake()

    return call


def _wake() -> None:
    """Python tells a tracer of the next call only; from there coverage follows the frames that are open too."""


@pytest.fixture(scope="session", autouse=True)
def _sql_untraced(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("cov_source", default=None):
        return
    for name in COMPOSING:
        setattr(Query, name, untraced(getattr(Query, name)))
    for owner in COMPILERS:
        owner.execute_sql = untraced(owner.execute_sql)
