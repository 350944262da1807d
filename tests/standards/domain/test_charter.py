"""The same charter is the same sheet; whatever it shows makes it another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standards.domain.charter import Charter, CharterClause

CLAUSE = CharterClause("REL-1", "Keep the promise", "We keep it.", "98 %", "of promises kept")
CHARTER = Charter("Contoh & Co.", None, "https://contoh.example/charter/", "en", 3, date(2026, 3, 14), (CLAUSE,))


def test_the_same_charter_has_the_same_digest():
    assert CHARTER.sha256 == replace(CHARTER, clauses=(replace(CLAUSE),)).sha256


@pytest.mark.parametrize(
    "other",
    [
        replace(CHARTER, organisation="Renamed Ltd"),
        replace(CHARTER, logo=1),
        replace(CHARTER, address="https://other.example/charter/"),
        replace(CHARTER, language="ms"),
        replace(CHARTER, edition=4),
        replace(CHARTER, published_on=date(2026, 3, 15)),
        replace(CHARTER, clauses=()),
        replace(CHARTER, clauses=(CLAUSE, replace(CLAUSE, code="REL-2"))),
        *(replace(CHARTER, clauses=(replace(CLAUSE, **{name: "x"}),)) for name in ("title", "statement", "measure")),
    ],
)
def test_whatever_it_shows_counts(other: Charter):
    assert other.sha256 != CHARTER.sha256


def of_length(*lengths: int) -> Charter:
    empty = replace(CLAUSE, title="", statement="", target="", measure="")
    clauses = (replace(empty, code=f"REL-{place}", statement="x" * size) for place, size in enumerate(lengths))
    return replace(CHARTER, clauses=tuple(clauses))


@pytest.mark.parametrize(
    ("lengths", "left"),
    [((10,), 1), ((10, 10), 1), ((10, 10, 10), 2), ((1000, 10, 10), 1), ((10, 10, 1000), 3), ((), 0)],
)
def test_columns_are_about_as_long_and_in_order(lengths: tuple[int, ...], left: int):
    charter = of_length(*lengths)

    first, second = charter.columns

    assert len(first) == left
    assert first + second == charter.clauses
