"""What can be chosen, for each kind of question."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, compose
from quizzes.domain.keys import otherwise
from quizzes.domain.kinds import CHOICE_GAP, TEXT_GAP
from quizzes.domain.statistics.choices import choices_of


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
