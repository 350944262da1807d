from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed
from quizzes.domain.spelling_out import KeyLine, spelled_out


@pytest.mark.parametrize(
    ("authored", "lines"),
    [
        (
            Authored("single", "?", choices=(Choice("Yes", True, "Right."), Choice("Perhaps", credit=Fraction(1, 2)))),
            (KeyLine("Yes", True, feedback="Right."), KeyLine("Perhaps", False, percent="50")),
        ),
        (Authored("matching", "?", pairs=(Pair("a", "b", "So."),)), (KeyLine("a", answer="b", feedback="So."),)),
        (
            Authored("ordering", "?", steps=(Step("a", "First."), Step("b"))),
            (KeyLine("a", feedback="First.", place=1), KeyLine("b", place=2)),
        ),
        (
            Authored("numeric", "?", accepted=(Typed("3", tolerance="1"), Typed("9", Fraction(1, 4))), otherwise="No."),
            (KeyLine("3 ± 1", True), KeyLine("9", False, percent="25"), KeyLine(feedback="No.", is_otherwise=True)),
        ),
        (
            Authored(
                "gaps",
                "[[1]] [[2]]",
                gaps=(Gap("text", accepted=(Typed("a"),), otherwise="No."), Gap("choice", (Choice("b", True),))),
            ),
            (KeyLine("a", True, gap=1), KeyLine(feedback="No.", gap=1, is_otherwise=True), KeyLine("b", True, gap=2)),
        ),
        (
            Authored("spot_it", "?", lines=(Line("Not mine.", "Clerk", "REL-1", feedback="It is."), Line("Hello."))),
            (KeyLine("Clerk: Not mine.", False, "REL-1", "It is."), KeyLine("Hello.", True)),
        ),
    ],
)
def test_each_kind_is_spelled_out(authored: Authored, lines: tuple[KeyLine, ...]) -> None:
    assert spelled_out(authored) == lines
