"""Questions drawn from the bank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.drawing import Candidate, Draw, draw


def question(number: int, codes: str = "REL-1", difficulty: int = 2, tags: str = "") -> Candidate:
    clauses = {code: code.split("-")[0] for code in codes.split()}
    return Candidate(number, difficulty, clauses, frozenset(tags.split()))


REL = [question(number) for number in range(1, 9)]
codes = st.sampled_from(["REL-1", "REL-2", "TIM-1", "REL-1 TIM-1"])
candidates = st.lists(
    st.builds(question, st.integers(1, 30), codes, st.integers(1, 3), st.sampled_from(["", "van", "van shop"])),
    max_size=15,
    unique_by=lambda one: one.id,
)
draws = st.lists(
    st.builds(
        Draw,
        count=st.integers(1, 5),
        chapter=st.sampled_from(["", "REL", "TIM"]),
        codes=st.sampled_from([(), ("REL-1",), ("REL-2", "TIM-1")]),
        tag=st.sampled_from(["", "van"]),
        difficulty=st.integers(0, 3),
    ),
    max_size=3,
)


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (Draw(1, chapter="REL"), True),
        (Draw(1, chapter="TIM"), True),
        (Draw(1, chapter="FRI"), False),
        (Draw(1, codes=("TIM-1", "FRI-1")), True),
        (Draw(1, codes=("REL-2",)), False),
        (Draw(1, chapter="REL", codes=("TIM-1",)), False),
        (Draw(1, chapter="REL", codes=("REL-1",)), True),
        (Draw(1, tag="van"), True),
        (Draw(1, tag="shop"), False),
        (Draw(1, difficulty=2), True),
        (Draw(1, difficulty=3), False),
        (Draw(1, chapter="REL", tag="van", difficulty=3), False),
    ],
)
def test_wants(one: Draw, wanted: bool) -> None:
    assert one.wants(question(1, "REL-1 TIM-1", difficulty=2, tags="van")) is wanted


def test_unseen_come_first_then_those_met_least() -> None:
    met = {1: 3, 2: 1, 3: 2, 4: 1, 5: 3, 6: 3}
    for seed in "abcdef":
        assert set(draw([Draw(2, "REL")], REL, met=met, seed=seed)[0]) == {7, 8}
        assert draw([Draw(5, "REL")], REL, met=met, seed=seed)[0][-1] == 3


def test_the_seed_alone_decides_among_equals() -> None:
    drawn = {seed: draw([Draw(3, "REL")], REL, seed=seed) for seed in "abcdefghijklmnop"}
    assert draw([Draw(3, "REL")], list(reversed(REL)), seed="a") == drawn["a"]
    assert len({tuple(found[0]) for found in drawn.values()}) > 3
    assert {key for found in drawn.values() for key in found[0]} == set(range(1, 9))


def test_fixed_questions_are_never_drawn() -> None:
    assert draw([Draw(8, "REL")], REL, fixed={1, 2, 3, 4, 5, 6, 7}, seed="a") == [[8]]


@pytest.mark.parametrize("seed", list("abcdefgh"))
def test_a_draw_that_can_gives_way_to_one_that_has_no_choice(seed: str) -> None:
    pool = [question(1, "REL-1"), question(2, "REL-2")]
    assert draw([Draw(1, "REL"), Draw(1, codes=("REL-1",))], pool, seed=seed) == [[2], [1]]


def test_giving_way_goes_on_from_draw_to_draw() -> None:
    pool = [question(1, "A-1 B-1"), question(2, "B-1 C-1"), question(3, "C-1")]
    for seed in "abcdefgh":
        found = draw([Draw(1, "C"), Draw(1, "B"), Draw(1, "A")], pool, seed=seed)
        assert found == [[3], [2], [1]]


def test_too_few_are_all_there_are() -> None:
    assert sorted(draw([Draw(9, "REL")], REL[:3], seed="a")[0]) == [1, 2, 3]
    assert draw([Draw(1, "REL")], [], seed="a") == [[]]


@given(draws, candidates, st.sets(st.integers(1, 30), max_size=4), st.text(max_size=4))
def test_draws_get_what_they_want_once_and_no_more(
    wanted: list[Draw], pool: list[Candidate], fixed: set[int], seed: str
) -> None:
    by_id = {one.id: one for one in pool}
    found = draw(wanted, pool, fixed=fixed, seed=seed)
    everything = [key for keys in found for key in keys]
    assert len(everything) == len(set(everything))
    assert not fixed & set(everything)
    for one, keys in zip(wanted, found, strict=True):
        assert len(keys) <= one.count
        assert all(one.wants(by_id[key]) for key in keys)
        left = {key for key, candidate in by_id.items() if one.wants(candidate)} - fixed - set(everything)
        assert len(keys) == one.count or not left
