"""How answers go into inputs and come out again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.answers import Given
from quizzes.domain.asking import Misplaced, gap_pieces, gap_text, given_in, input_names, said_by, with_blanks
from quizzes.domain.kinds import KINDS, kind_of
from tests.quizzes.domain.samples import answers, chosen, parts, sample


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_stands_in_the_inputs_is_the_answer(kind: str, data: Any) -> None:
    content, _ = sample(kind)
    answer = data.draw(answers(kind))
    said = said_by(kind, answer)
    assert set(said) <= set(input_names(kind, content))
    again = given_in(kind, content, said)
    assert (kind_of(kind).read(content, again) if answer else again) == (
        kind_of(kind).read(content, answer) if answer else ()
    )


def test_what_nobody_asked_and_what_is_blank_is_not_said() -> None:
    content, _ = sample("gaps")
    said = {"answer-g2": ["  "], "answer-g1": ["24"], "answer": ["x"], "answer-forged": ["y"]}
    assert given_in("gaps", content, said) == parts(g1="24")
    assert given_in("multiple", sample("multiple")[0], {"answer": ["b", "a", "b"]}) == chosen("b", "a")


def test_two_values_of_one_part_are_both_said_for_the_kind_to_refuse() -> None:
    assert given_in("gaps", sample("gaps")[0], {"answer-g1": ["1", "1"]}) == (Given("1", "g1"), Given("1", "g1"))


@pytest.mark.parametrize(
    ("places", "at_fault"),
    [
        ({"w": "1", "x": "2", "y": "3"}, "z"),
        ({"w": "1", "x": "1", "y": "2", "z": "3"}, "x"),
        ({"w": "1", "x": "2", "y": "3", "z": "5"}, "z"),
        ({"w": "0", "x": "2", "y": "3", "z": "4"}, "w"),
        ({"w": "first", "x": "2", "y": "3", "z": "4"}, "w"),
    ],
)
def test_places_that_do_not_go_from_first_to_last_are_refused_where_they_go_wrong(
    places: dict[str, str], at_fault: str
) -> None:
    with pytest.raises(Misplaced) as refused:
        given_in("ordering", sample("ordering")[0], {f"place-{option}": [place] for option, place in places.items()})
    assert refused.value.name == f"place-{at_fault}"


def test_one_place_given_twice_for_a_step_is_refused() -> None:
    with pytest.raises(Misplaced):
        given_in("ordering", sample("ordering")[0], {"place-w": ["1", "2"]})


@pytest.mark.parametrize(
    ("stem", "text", "asked"),
    [
        ("Ring within [[1]] hours. What belongs in the gap?", "Ring within [[1]] hours.", "What belongs in the gap?"),
        ("A case. Do you ring within [[1]] hours?", "A case. Do you ring within [[1]] hours?", ""),
        ("Ring within [[1]] hours.", "Ring within [[1]] hours.", ""),
    ],
)
def test_text_with_gaps_stands_apart_from_what_is_asked(stem: str, text: str, asked: str) -> None:
    assert gap_text(stem) == (text, asked)


def test_text_is_cut_at_its_gaps() -> None:
    assert list(gap_pieces("[[1]] of [[2]], no more")) == [("", 1), (" of ", 2), (", no more", None)]
    assert with_blanks("[[1]] of [[2]]") == "____ of ____"
