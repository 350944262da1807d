"""Who chose what: thirds, and what is odd about an option."""

from __future__ import annotations

from dataclasses import replace

from quizzes.domain.answers import Given
from quizzes.domain.statistics.choices import Possible
from quizzes.domain.statistics.choosers import ChoiceVerdict, Choosers, ChooserTable, Chosen, chooser_table


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
