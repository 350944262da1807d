from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.editions import ClauseStep, Happened, Listed, steps_between

MIRRORED = {Happened.ADDED: Happened.RETIRED, Happened.RETIRED: Happened.ADDED}

clauses = st.builds(
    Listed,
    code=st.sampled_from([f"REL-{number}" for number in range(1, 10)]),
    sha256=st.sampled_from(["one", "two"]),
    chapter=st.sampled_from("ABC"),
)


@st.composite
def editions(draw: st.DrawFn) -> list[Listed]:
    """Each code once, the clauses of a chapter together."""
    listed = draw(st.lists(clauses, unique_by=lambda clause: clause.code))
    chapters = draw(st.permutations("ABC"))
    return sorted(listed, key=lambda clause: chapters.index(clause.chapter))


def edition(**chapters: str) -> list[Listed]:
    """`A="1 2+"`: chapter A holds REL-1, and REL-2 with another text."""
    return [
        Listed(f"REL-{name.rstrip('+')}", "new" if name.endswith("+") else "old", chapter)
        for chapter, names in chapters.items()
        for name in names.split()
    ]


def told(before: Sequence[Listed], after: Sequence[Listed]) -> dict[str, list[str]]:
    """Chapter → its steps as “1 changed moved”."""
    return {
        part.chapter: [
            " ".join([step.code[4:], step.happened, *(["moved"] if step.is_moved else [])]) for step in part.steps
        ]
        for part in steps_between(before, after)
    }


def all_steps(before: Sequence[Listed], after: Sequence[Listed]) -> list[ClauseStep]:
    return [step for part in steps_between(before, after) for step in part.steps]


@given(editions())
def test_an_edition_beside_itself_says_that_nothing_changed(listed: list[Listed]):
    assert all_steps(listed, listed) == [ClauseStep(clause.code, Happened.SAME) for clause in listed]


@given(editions(), editions())
def test_there_and_back_mirror_each_other(before: list[Listed], after: list[Listed]):
    there = {step.code: (step.happened, step.is_moved) for step in all_steps(before, after)}
    back = {step.code: (MIRRORED.get(step.happened, step.happened), step.is_moved) for step in all_steps(after, before)}

    assert there == back


@given(editions(), editions())
def test_every_clause_of_either_is_told_once_where_it_stands_last(before: list[Listed], after: list[Listed]):
    chapters = {clause.code: clause.chapter for clause in [*before, *after]}

    shown = [(step.code, part.chapter) for part in steps_between(before, after) for step in part.steps]

    assert sorted(shown, key=str) == sorted(chapters.items(), key=str)


@given(editions(), editions())
def test_what_is_there_is_told_in_its_own_order(before: list[Listed], after: list[Listed]):
    gone = {clause.code for clause in before} - {clause.code for clause in after}

    assert [step.code for step in all_steps(before, after) if step.code not in gone] == [
        clause.code for clause in after
    ]


@given(editions(), editions())
def test_only_a_clause_that_says_something_else_is_changed(before: list[Listed], after: list[Listed]):
    said = {clause.code: clause.sha256 for clause in before}

    assert {step.code for step in all_steps(before, after) if step.happened is Happened.CHANGED} == {
        clause.code for clause in after if said.get(clause.code, clause.sha256) != clause.sha256
    }


@given(st.permutations(range(1, 7)))
def test_those_that_did_not_move_are_in_the_order_they_had(order: list[int]):
    before, after = edition(A="1 2 3 4 5 6"), edition(A=" ".join(map(str, order)))

    still = [step.code for step in all_steps(before, after) if not step.is_moved]

    assert still == sorted(still)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (edition(), edition(A="1"), {"A": ["1 added"]}),
        (edition(A="1"), edition(), {"A": ["1 retired"]}),
        (edition(A="1 2 3"), edition(A="1 2+ 3"), {"A": ["1 same", "2 changed", "3 same"]}),
        (edition(A="1 2 3"), edition(A="3 1 2"), {"A": ["3 moved moved", "1 same", "2 same"]}),
        (edition(A="1 2 3"), edition(A="3+ 1 2"), {"A": ["3 changed moved", "1 same", "2 same"]}),
        (edition(A="1 2"), edition(A="2 1"), {"A": ["2 moved moved", "1 same"]}),
        (edition(A="2 1"), edition(A="1 2"), {"A": ["1 same", "2 moved moved"]}),
        (edition(A="1 2 3"), edition(A="1 3"), {"A": ["1 same", "2 retired", "3 same"]}),
        (edition(A="1 2", B="3"), edition(A="2", B="3 1"), {"A": ["2 same"], "B": ["3 same", "1 moved moved"]}),
        (edition(A="1", B="2", C="3"), edition(A="1", C="3"), {"A": ["1 same"], "B": ["2 retired"], "C": ["3 same"]}),
        (edition(A="1", B="2"), edition(B="2 1"), {"B": ["2 same", "1 moved moved"]}),
        (edition(A="1", B="2"), edition(B="2", A="1"), {"B": ["2 same"], "A": ["1 same"]}),
    ],
    ids=[
        "added", "retired", "changed", "as few moved as can be", "changed and moved", "of two the same one",
        "of two the same one, back", "retired behind its neighbour", "to another chapter", "a chapter is gone",
        "a chapter emptied", "chapters swapped",
    ],
)  # fmt: skip
def test_what_happened(before: list[Listed], after: list[Listed], expected: dict[str, list[str]]):
    assert told(before, after) == expected
