"""Item analysis: by hand, against numpy, and what always holds."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isclose, sqrt
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.domain.answers import Given
from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, compose
from quizzes.domain.keys import otherwise
from quizzes.domain.kinds import CHOICE_GAP, TEXT_GAP
from quizzes.domain.statistics.choices import Possible, choices_of
from quizzes.domain.statistics.choosers import ChoiceVerdict, Choosers, ChooserTable, Chosen, chooser_table
from quizzes.domain.statistics.clauses import worst_understood
from quizzes.domain.statistics.items import (
    Analysis,
    Item,
    ItemStatistics,
    Missing,
    QuizStatistics,
    Shown,
    analyse,
)
from quizzes.domain.statistics.marks import AttemptMarks, Sheet
from quizzes.domain.statistics.verdicts import Reliability, Verdict, reliability_of, verdict_on

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


FIGURES = ItemStatistics(
    Item(1, frozenset({1}), guess_score=Fraction(1, 4)), 100, Shown.ALL, 0.7, 0.4, 35, 50, 10, 0.9, 30
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.FINE),
        ({"shown": Shown.FACILITY}, Verdict.TOO_FEW),
        ({"discrimination_index": -40, "facility": 0.4, "facility_of_best": 0.1}, Verdict.KNOWERS_WRONG),
        ({"discrimination_index": -40, "facility_of_best": 0.5}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": -10}, Verdict.TELLS_LITTLE),
        # 1.645 ÷ √99 is 16.53 per cent.
        ({"discrimination_index": -16.5}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": -16.55}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": -10, "attempts": 1000}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": 19.9}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": 20}, Verdict.FINE),
        ({"facility": 0.25}, Verdict.HARDLY_ANYBODY),
        ({"facility": 0.26}, Verdict.FINE),
        ({"facility": 0.1, "item": Item(1, frozenset({1}))}, Verdict.HARDLY_ANYBODY),
        ({"facility": 0.2, "item": Item(1, frozenset({1}))}, Verdict.FINE),
        ({"facility": 0.95}, Verdict.EVERYBODY),
        ({"facility": 1.0, "discrimination_index": None, "standard_deviation": 0.0}, Verdict.EVERYBODY),
        ({"facility": 0.5, "discrimination_index": None, "standard_deviation": 0.0}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": None}, Verdict.NOTHING_TO_COMPARE),
    ],
)
def test_verdict_on(changed: dict[str, object], expected: Verdict) -> None:
    assert verdict_on(replace(FIGURES, **changed)) is expected


def test_verdict_that_the_key_may_be_wrong_is_grave() -> None:
    assert [verdict for verdict in Verdict if verdict.is_grave] == [Verdict.KNOWERS_WRONG, Verdict.KNOWERS_WORSE]


@pytest.mark.parametrize(
    ("consistency", "expected"),
    [
        (None, None),
        (90, Reliability.GOOD),
        (74.6, Reliability.GOOD),
        (74.4, Reliability.MIDDLING),
        (63.6, Reliability.MIDDLING),
        (63.4, Reliability.POOR),
    ],
)
def test_reliability_of(consistency: float | None, expected: Reliability | None) -> None:
    assert reliability_of(QuizStatistics(30, Shown.ALL, internal_consistency=consistency)) is expected


def option(name: str, *, is_right: bool = False, is_listed: bool = True, part: str = "") -> Possible:
    return Possible(Given(name, part), name.upper(), is_right, is_listed=is_listed)


A, B, C, D = option("a", is_right=True), option("b"), option("c"), option("d")


def chosen(*groups: tuple[int, int, str]) -> list[Chosen]:
    """From how many people, the total of each, and what all of them chose (a letter an option)."""
    return [
        (total, tuple(Given(letter) for letter in letters)) for people, total, letters in groups for _ in range(people)
    ]


def test_chooser_table() -> None:
    # Of 30 people the best ten have 8 or more, the worst ten 3 or less.
    attempts = chosen((8, 9, "b"), (2, 8, "a"), (10, 5, "a"), (4, 3, "a"), (6, 2, "c"))

    table = chooser_table(attempts, [A, B, C, D])

    assert (table.attempts, table.best, table.worst, table.unanswered) == (30, 10, 10, 0)
    assert table.is_shown
    assert table.rows == (
        Choosers(A, 16, 2, 4, ChoiceVerdict.FINE),
        Choosers(B, 8, 8, 0, ChoiceVerdict.BEST_PREFER_IT),
        Choosers(C, 6, 0, 6, ChoiceVerdict.FINE),
        Choosers(D, 0, 0, 0, ChoiceVerdict.NOBODY),
    )


def test_chooser_table_takes_ties_in_together() -> None:
    table = chooser_table(chosen((8, 9, "a"), (5, 8, ""), (9, 5, ""), (8, 2, "b")), [A, B])

    assert (table.best, table.worst, table.unanswered) == (13, 17, 14)


def test_chooser_table_has_no_thirds_where_totals_are_alike() -> None:
    table = chooser_table(chosen((25, 9, "a"), (5, 2, "b")), [A, B])

    assert (table.best, table.worst) == (None, None)
    assert [(row.everybody, row.best, row.worst) for row in table.rows] == [(25, None, None), (5, None, None)]


def test_chooser_table_measures_a_wrong_option_by_all_spellings_of_the_right_one() -> None:
    right = [option(name, is_right=True, is_listed=False) for name in "ab"]
    other = option("c", is_listed=False)
    attempts = chosen((6, 9, "a"), (6, 9, "b"), (8, 9, "c"), (20, 2, "c"))

    [_a, _b, of_other] = chooser_table(attempts, [*right, other]).rows

    assert of_other.verdict is ChoiceVerdict.FINE


def test_chooser_table_measures_a_wrong_option_by_the_right_one_that_fewest_saw() -> None:
    attempts = chosen((10, 9, "abc"), (5, 9, "ac"), (15, 2, "a"))

    rows = chooser_table(attempts, [A, replace(B, is_right=True), C], several=True).rows

    assert [row.verdict for row in rows] == [ChoiceVerdict.FINE, ChoiceVerdict.FINE, ChoiceVerdict.BEST_PREFER_IT]


def test_chooser_table_compares_within_a_part_and_leaves_out_what_nobody_chose() -> None:
    right, wrong, never = (
        option("a", is_right=True, is_listed=False, part="first"),
        option("a", is_listed=False, part="second"),
        option("b", is_listed=False, part="second"),
    )

    rows = chooser_table([(total, (Given("a", "second"),)) for total in range(30)], [right, wrong, never]).rows

    assert rows == (Choosers(right, 0, 0, 0, ChoiceVerdict.FINE), Choosers(wrong, 30, 10, 10, ChoiceVerdict.FINE))


def test_chooser_table_of_few_says_nothing() -> None:
    table = chooser_table(chosen((29, 9, "a")), [A, B])

    assert (table.is_shown, table) == (False, ChooserTable(29))


def ids() -> Callable[[], str]:
    counter = itertools.count(1)
    return lambda: f"id-{next(counter)}"


@pytest.mark.parametrize(
    ("authored", "expected"),
    [
        (
            Authored("single", "?", choices=(Choice("Yes", is_right=True), Choice("No"))),
            [(0, "", "Yes", True, True), (0, "", "No", False, True)],
        ),
        (
            Authored("matching", "?", pairs=(Pair("Hot", "Tea"), Pair("Cold", "Ice"))),
            [
                (1, "Hot", "Ice", False, False),
                (1, "Hot", "Tea", True, False),
                (2, "Cold", "Ice", True, False),
                (2, "Cold", "Tea", False, False),
            ],
        ),
        (
            Authored("short_text", "?", accepted=(Typed("sorry*"), Typed("pardon", credit=Fraction(1, 2)))),
            [(0, "", "sorry*", True, False), (0, "", "pardon", False, False), (0, "", "", False, False)],
        ),
        (
            Authored("numeric", "?", accepted=(Typed("24", tolerance="0.5"),)),
            [(0, "", "24 ± 0.5", True, False), (0, "", "", False, False)],
        ),
        (
            Authored(
                "gaps",
                "[[1]] [[2]] [[3]]",
                gaps=(
                    Gap(CHOICE_GAP, choices=(Choice("a", is_right=True), Choice("b"))),
                    Gap(TEXT_GAP, accepted=(Typed("c"),)),
                    Gap(TEXT_GAP, accepted=(Typed("d"),)),
                ),
            ),
            [
                (1, "", "a", True, True),
                (1, "", "b", False, True),
                (2, "", "c", True, False),
                (2, "", "", False, False),
                (3, "", "d", True, False),
                (3, "", "", False, False),
            ],
        ),
        (
            Authored("spot_it", "?", lines=(Line("No.", "Farah", breaks="FRI-1"), Line("Yes.")), codes=("FRI-1",)),
            [(1, "Farah: No.", "FRI-1", True, False), (2, "Yes.", "FRI-1", False, False)],
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Authored) else "",
)
def test_choices_of(authored: Authored, expected: list[tuple[int, str, str, bool, bool]]) -> None:
    content, key = compose(authored, ids())
    found = choices_of(authored.kind, content, key)

    known = {*content.option_ids, *(accepted.id for accepted in key.accepted)}
    for one in found:
        assert one.given.part == (content.part_ids[one.place - 1] if one.place else "")
        assert one.given.value == otherwise(one.given.part) if not one.text else one.given.value in known
    assert len({one.given for one in found}) == len(found)
    assert sorted((one.place, one.about, one.text, one.is_right, one.is_listed) for one in found) == sorted(expected)


def test_choices_of_an_ordering_are_steps_by_place() -> None:
    content, key = compose(Authored("ordering", "?", steps=(Step("One"), Step("Two"), Step("Three"))), ids())

    found = choices_of("ordering", content, key)

    assert [(one.place, one.text) for one in found if one.is_right] == [(1, "One"), (2, "Two"), (3, "Three")]
    assert {(one.about, one.is_listed) for one in found} == {("", False)}
    assert len(found) == 9


def test_worst_understood() -> None:
    def item(key: int, attempts: int, facility: float | None) -> ItemStatistics:
        return ItemStatistics(Item(key, frozenset({key})), attempts, Shown.FACILITY, facility)

    first, second, third, few = item(1, 10, 0.9), item(2, 30, 0.5), item(3, 10, 0.6), item(4, 4, None)

    ranked = worst_understood([(70, first), (70, second), (71, third), (72, few), (73, third)])

    assert [(one.clause, round(one.facility, 9), one.questions, one.answers) for one in ranked] == [
        (70, 0.6, 2, 40),
        (71, 0.6, 1, 10),
        (73, 0.6, 1, 10),
    ]
