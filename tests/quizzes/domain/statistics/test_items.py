"""Item analysis: by hand, against numpy, and what holds whatever the marks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from math import isclose, sqrt
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.domain.statistics.items import Analysis, Item, ItemStatistics, Missing, QuizStatistics, Shown, analyse
from quizzes.domain.statistics.marks import AttemptMarks, Sheet

MARKS = ["0", "1", "1/2", "1/3", "2/3", "-1/4"]


def attempt(*marks: str | None, seconds: float | None = None) -> AttemptMarks:
    """Version 101 at the first position and so on; None for a question that wasn't asked."""
    return [(place, 100 + place, mark, seconds) for place, mark in enumerate(marks, start=1) if mark is not None]


def analysed(attempts: Sequence[AttemptMarks]) -> Analysis:
    sheet = Sheet.read(attempts)
    return analyse(sheet, [Item(version, frozenset({version})) for version in sorted(sheet.columns)])


# Ten rows, three times over: A is got by whoever gets much, B by half the rows, C only by who misses A.
BY_HAND = [
    attempt("1", "1", "0", seconds=10),
    attempt("1", "1", "0", seconds=20),
    attempt("1", "0", "0", seconds=30),
    attempt("1", "1", "0", seconds=40),
    attempt("1", "1/2", "0", seconds=50),
    attempt("0", "0", "1", seconds=60),
    attempt("0", "0", "0", seconds=70),
    attempt("0", "1/2", "0", seconds=80),
    attempt("0", "0", "1", seconds=None),
    attempt("1", "1", "0", seconds=90),
] * 3


def test_analyse_by_hand() -> None:
    # Sums over ten rows: A 6, B 5, C 2; squares A 6, B 4.5, C 2; products AB 4.5, AC 0, BC 0.
    # Spreads (10·Σab − Σa·Σb): A 24, B 20, C 16; AB 15, AC −12, BC −10. Thirty rows: each 9 times that, over 30·29 = 870.
    # Rest of A: var(B + C) = 20 + 16 − 20 = 16, cov 15 − 12 = 3. Of B: var(A + C) = 24 + 16 − 24 = 16, cov 15 − 10 = 5.
    # Of C: var(A + B) = 24 + 20 + 30 = 74, cov −12 − 10 = −22. Total: 24 + 20 + 16 + 2·(15 − 12 − 10) = 46.
    # In order: A 0000 111111 with B + C 0 0 ½ ½ 1 1 1 1 1 1: 10·6 − 6·7 = 18.
    # B 00001 (four 0, two ½, four 1) with A + C 00 11111111: 10·(½·2 + 4) − 5·8 = 10.
    # C 00000000 11 with A + B 0 0 0 ½ 1 1½ 2 2 2 2: 10·(2 + 2) − 2·11 = 18.
    # With the total: A 24 + 3 = 27, B 20 + 5 = 25, C 16 − 22 = −6.
    quiz, (a, b, c) = analysed(BY_HAND).quiz, analysed(BY_HAND).items

    assert [one.attempts for one in (quiz, a, b, c)] == [30, 30, 30, 30]
    assert (a.facility, b.facility, c.facility) == (0.6, 0.5, 0.2)
    assert a.standard_deviation == pytest.approx(sqrt(24 * 9 / 870))
    assert b.standard_deviation == pytest.approx(sqrt(20 * 9 / 870))
    assert a.discrimination_index == pytest.approx(100 * 3 / sqrt(24 * 16))
    assert b.discrimination_index == pytest.approx(100 * 5 / sqrt(20 * 16))
    assert c.discrimination_index == pytest.approx(100 * -22 / sqrt(16 * 74))
    assert a.discriminative_efficiency == pytest.approx(100 * 3 / 18)
    assert b.discriminative_efficiency == pytest.approx(100 * 5 / 10)
    assert c.discriminative_efficiency == pytest.approx(100 * -22 / 18)
    assert a.effective_weight == pytest.approx(100 * sqrt(27) / (sqrt(27) + sqrt(25)))
    assert b.effective_weight == pytest.approx(100 * sqrt(25) / (sqrt(27) + sqrt(25)))
    assert c.effective_weight is None
    assert [one.seconds for one in (a, b, c)] == [50, 50, 50]
    # With B + C 1, the third of A’s rows with the highest: the first, second, fourth, sixth, ninth and tenth of the ten.
    assert a.facility_of_best == pytest.approx(4 / 6)

    consistency = 100 * 3 / 2 * (1 - 60 / 46)
    assert (quiz.facility, quiz.mean) == (pytest.approx(13 / 30), pytest.approx(1.3))
    assert quiz.standard_deviation == pytest.approx(sqrt(46 * 9 / 870))
    assert quiz.internal_consistency == pytest.approx(consistency)
    assert quiz.error_ratio == pytest.approx(100 * sqrt(1 - consistency / 100))
    assert quiz.standard_error == pytest.approx(sqrt(1 - consistency / 100) * sqrt(46 * 9 / 870))
    assert quiz.missing is None


@pytest.mark.parametrize(("attempts", "shown"), [(4, Shown.NOTHING), (5, Shown.FACILITY), (29, Shown.FACILITY)])
def test_analyse_withholds_what_rests_on_few(attempts: int, shown: Shown) -> None:
    analysis = analysed(BY_HAND[:attempts])

    facility = analysis.items[0].facility if shown is Shown.FACILITY else None
    assert analysis.items[0] == ItemStatistics(Item(101, frozenset({101})), attempts, shown, facility)
    assert (facility is None) == (shown is Shown.NOTHING)
    of_quiz = analysis.quiz
    assert of_quiz == QuizStatistics(attempts, shown, of_quiz.facility, of_quiz.mean)
    assert (of_quiz.facility is None) == (of_quiz.mean is None) == (shown is Shown.NOTHING)


def test_analyse_without_attempts() -> None:
    assert analysed([]) == Analysis(QuizStatistics(0, Shown.NOTHING), ())


def test_analyse_has_no_discrimination_where_nothing_varies() -> None:
    everybody_right = analysed([attempt("1", mark) for mark in ["0", "1"] * 15]).items
    same_rest = analysed([attempt(mark, "1") for mark in ["0", "1"] * 15]).items

    assert [(one.discrimination_index, one.discriminative_efficiency) for one in everybody_right] == [(None, None)] * 2
    assert [(one.discrimination_index, one.discriminative_efficiency) for one in same_rest] == [(None, None)] * 2


def test_analyse_weighs_nothing_where_all_totals_are_the_same() -> None:
    analysis = analysed([attempt("1", "0"), attempt("0", "1")] * 15)

    assert [one.effective_weight for one in analysis.items] == [None, None]
    assert (analysis.quiz.internal_consistency, analysis.quiz.missing) == (None, Missing.SAME_TOTALS)


def test_analyse_counts_an_item_in_the_attempts_that_had_it() -> None:
    with_second, without = attempt("1", "0"), attempt("1", None)

    analysis = analysed([*[with_second] * 6, *[without] * 30])

    assert [(one.attempts, one.facility) for one in analysis.items] == [(36, 1.0), (6, 0.0)]
    assert (analysis.quiz.facility, analysis.quiz.missing) == (pytest.approx(36 / 42), Missing.DIFFERENT_ITEMS)


def test_analyse_of_one_item() -> None:
    assert analysed([attempt("1"), attempt("0")] * 15).quiz.missing is Missing.ONE_ITEM


def test_analyse_pools_the_versions_of_a_question() -> None:
    before, after = [(1, 101, "1", 5), (2, 102, "0", 5)], [(2, 102, "1", None), (1, 103, "1/2", 7)]
    sheet = Sheet.read([before, after] * 3)

    pooled = analyse(sheet, [Item(1, frozenset({101, 103, 999})), Item(2, frozenset({102}), maximum=Fraction(2))])

    assert [(one.attempts, one.facility) for one in pooled.items] == [(6, 0.75), (6, 0.25)]
    assert pooled.quiz.facility == pytest.approx(7.5 / 18)


def test_analyse_makes_no_difference_between_versions_that_it_pools() -> None:
    renamed = [
        [(place, version + 100 * (number % 2), *rest) for place, version, *rest in one]
        for number, one in enumerate(BY_HAND)
    ]
    pairs = [Item(place, frozenset({100 + place, 200 + place})) for place in (1, 2, 3)]

    pooled, plain = analyse(Sheet.read(renamed), pairs), analyse(Sheet.read(BY_HAND), pairs)

    assert pooled == plain
    assert pooled.items[0].seconds == 50


def test_sheet_refuses_a_mark_that_is_no_number() -> None:
    with pytest.raises(ValueError):
        Sheet.read([attempt("right")])


some_attempts = st.integers(1, 5).flatmap(
    lambda items: st.lists(st.tuples(*[st.sampled_from(MARKS)] * items), min_size=30, max_size=45)
)


@settings(deadline=None)
@given(some_attempts)
def test_figures_stay_in_their_bounds(rows: list[tuple[str, ...]]) -> None:
    analysis = analysed([attempt(*row) for row in rows])

    for one in analysis.items:
        index, efficiency = one.discrimination_index, one.discriminative_efficiency
        assert one.facility is not None
        assert one.facility_of_best is not None
        assert -0.25 <= one.facility <= 1
        assert -0.25 <= one.facility_of_best <= 1
        assert (index is None) == (efficiency is None)
        if index is not None and efficiency is not None:
            assert -100.001 <= index <= 100.001
            assert efficiency <= 100
            assert abs(efficiency) >= abs(index) - 1e-9
            assert (index > 0) == (efficiency > 0)
    weights = [one.effective_weight for one in analysis.items if one.effective_weight is not None]
    assert not weights or isclose(sum(weights), 100)
    quiz = analysis.quiz
    if quiz.internal_consistency is not None and quiz.error_ratio is not None:
        assert quiz.internal_consistency <= 100
        assert isclose(quiz.error_ratio**2 / 100, 100 - quiz.internal_consistency, abs_tol=1e-9)


@settings(deadline=None)
@given(some_attempts, st.randoms(use_true_random=False))
def test_order_of_attempts_and_of_questions_never_matters(rows: list[tuple[str, ...]], order: random.Random) -> None:
    attempts = [list(attempt(*row, seconds=number)) for number, row in enumerate(rows)]
    before = analysed(attempts)
    order.shuffle(attempts)
    for one in attempts:
        order.shuffle(one)

    assert analysed(attempts) == before


@pytest.mark.parametrize("seed", range(5))
def test_analyse_agrees_with_numpy(seed: int) -> None:
    source = random.Random(seed)
    able = [source.random() for _ in range(400)]
    rows = [
        ["1" if source.random() < one * (item + 1) / 8 else source.choice(MARKS) for item in range(9)] for one in able
    ]
    # The last three questions are drawn: each attempt has two of the three.
    attempts = []
    for row in rows:
        left_out = source.choice([6, 7, 8]) if seed % 2 else None
        attempts.append(attempt(*(None if place == left_out else mark for place, mark in enumerate(row))))

    analysis = analysed(attempts)

    marks = np.array([[float(Fraction(mark)) for mark in row] for row in rows])
    had = np.array([[100 + place in {row[1] for row in one} for place in range(1, 10)] for one in attempts])
    totals = (marks * had).sum(axis=1)
    roots = []
    for place, one in enumerate(analysis.items):
        x, total = marks[had[:, place], place], totals[had[:, place]]
        y = total - x
        cov = np.cov(x, y)[0, 1]
        roots.append(np.sqrt(np.cov(x, total)[0, 1]) if np.cov(x, total)[0, 1] >= 0 else 0)
        assert one.facility == pytest.approx(x.mean(), abs=1e-9)
        assert one.standard_deviation == pytest.approx(x.std(ddof=1), abs=1e-9)
        assert one.discrimination_index == pytest.approx(100 * np.corrcoef(x, y)[0, 1], abs=1e-9)
        assert one.discriminative_efficiency == pytest.approx(
            100 * cov / np.cov(np.sort(x), np.sort(y))[0, 1], abs=1e-9
        )
    weights = [one.effective_weight or 0 for one in analysis.items]
    assert weights == pytest.approx(list(100 * np.array(roots) / sum(roots)), abs=1e-9)
    deviation = totals.std(ddof=1)
    assert analysis.quiz.mean == pytest.approx(totals.mean(), abs=1e-9)
    assert analysis.quiz.standard_deviation == pytest.approx(deviation, abs=1e-9)
    if seed % 2:
        assert analysis.quiz.missing is Missing.DIFFERENT_ITEMS
    else:
        consistency = 100 * 9 / 8 * (1 - marks.var(axis=0, ddof=1).sum() / totals.var(ddof=1))
        assert analysis.quiz.internal_consistency == pytest.approx(consistency, abs=1e-9)
        assert analysis.quiz.error_ratio == pytest.approx(100 * np.sqrt(1 - consistency / 100), abs=1e-9)
        assert analysis.quiz.standard_error == pytest.approx(np.sqrt(1 - consistency / 100) * deviation, abs=1e-9)


def test_a_hundred_items_of_a_thousand_attempts_take_a_moment() -> None:
    source = random.Random(7)
    attempts = [attempt(*source.choices(MARKS, k=100)) for _ in range(1000)]

    began = process_time()
    analysed(attempts)

    assert process_time() - began < 1
