"""A question of every kind, as the template for tables shows them."""

from __future__ import annotations

from fractions import Fraction

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.records import Entry
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP


def examples() -> list[Entry]:
    return [
        Entry(0, authored, external_id=f"example-{number}", codes=("REL-1",), difficulty=2, tags=("example",))
        for number, authored in enumerate(_questions(), start=1)
    ]


def _questions() -> list[Authored]:
    return [
        Authored(
            "single",
            "A customer was promised the kettle until Saturday. Somebody else wants it on Friday. What do you do?",
            "What one of us promised, all of us keep.",
            choices=(
                Choice("Keep it, and order another.", True, "Yes: the promise is the shop’s."),
                Choice("Sell it: Friday is today.", False, "Then the promise was worth nothing."),
            ),
        ),
        Authored(
            "multiple",
            "What does somebody need to hear before they agree to a repair?",
            choices=(
                Choice("The price", True),
                Choice("How long it takes", True),
                Choice("Your target for the month", False, "That is ours, not theirs."),
            ),
        ),
        Authored(
            "true_false",
            "A quick answer is worth more than a right one.",
            choices=true_false_choices(False, "It has to be both.", "Right: fast and wrong comes back."),
        ),
        Authored(
            "matching",
            "Which answer fits which question?",
            pairs=(
                Pair("“Where is my order?”", "I look it up while you wait."),
                Pair("“May I bring it back?”", "Within 30 days, with the receipt."),
                Pair("", "That isn’t my department."),
            ),
        ),
        Authored(
            "ordering",
            "Bring the steps of a complaint into order.",
            steps=(Step("Listen"), Step("Say sorry"), Step("Solve it"), Step("Ask whether it helped")),
        ),
        Authored(
            "short_text",
            "What do you call somebody whose name you know?",
            accepted=(Typed("*name*", feedback="Yes, by their name."), Typed("sir", Fraction(1, 2))),
            otherwise="You know the name: use it.",
        ),
        Authored(
            "numeric",
            "Within how many minutes do we answer the door bell at the counter?",
            accepted=(Typed("2", tolerance="0.5", feedback="Yes."),),
            otherwise="Two minutes.",
            units=(Unit("minutes"), Unit("seconds", "1/60")),
        ),
        Authored(
            "gaps",
            "We [[1]] what we promise within [[2]] days, and tell the [[3]] when we can’t.",
            gaps=(
                Gap(CHOICE_GAP, choices=(Choice("keep", True), Choice("forget", False, "No."))),
                Gap(NUMBER_GAP, accepted=(Typed("3"),), otherwise="Three."),
                Gap(TEXT_GAP, accepted=(Typed("customer"), Typed("guest"))),
            ),
        ),
        Authored(
            "spot_it",
            "Which line breaks what standard?",
            lines=(
                Line("Good morning. My kettle leaks.", "Customer"),
                Line("You must have dropped it.", "Aina", "REL-1", "She hasn’t asked anything yet."),
                Line("I only bought it yesterday.", "Customer"),
            ),
            codes=("REL-1",),
        ),
    ]
