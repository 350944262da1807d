"""A question of every kind, as an author writes it, and answers to it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from quizzes.domain.answers import Answer, Given
from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, compose, true_false_choices
from quizzes.domain.keys import KeyContent, Unit
from quizzes.domain.questions import Option, QuestionContent

CHOICES = (
    Choice("Keep it", is_right=True, feedback="Yes.", id="a"),
    Choice("Sell it", feedback="No.", id="b"),
    Choice("Ask", is_right=True, id="c"),
    Choice("Shrug", id="d"),
)
AUTHORED = {
    "single": Authored("single", "What?", choices=(CHOICES[0], CHOICES[1], CHOICES[3])),
    "multiple": Authored("multiple", "Which?", choices=CHOICES),
    "true_false": Authored(
        "true_false", "A promise holds.", choices=true_false_choices(True, "It does.", "It does hold.")
    ),
    "matching": Authored(
        "matching",
        "What goes with what?",
        pairs=(
            Pair("Late", "Ring", "Ring first.", "late"),
            Pair("Wrong", "Say sorry", "", "wrong"),
            Pair("Lost", "Ring", "", "lost"),
            Pair("", "Wait"),
        ),
    ),
    "ordering": Authored(
        "ordering",
        "In which order?",
        steps=(
            Step("Listen", "First.", "z"),
            Step("Say sorry", "", "y"),
            Step("Mend it", "", "x"),
            Step("Ring", "", "w"),
        ),
    ),
    "short_text": Authored(
        "short_text",
        "What do you say first?",
        accepted=(Typed("sorry*", id="s"), Typed("*regret*", Fraction(1, 2), feedback="Stiff.", id="r")),
        otherwise="Say sorry.",
    ),
    "numeric": Authored(
        "numeric",
        "How long?",
        accepted=(Typed("24", tolerance="0.5", id="day"), Typed("48", Fraction(1, 4), id="two")),
        units=(Unit("hours"), Unit("days", "24")),
        unit_penalty=Fraction(1, 10),
        otherwise="A day.",
    ),
    "gaps": Authored(
        "gaps",
        "Ring within [[1]] hours, say [[2]], ask the [[3]].",
        gaps=(
            Gap("number", accepted=(Typed("24", id="n"),), otherwise="A day.", weight=2, id="g1"),
            Gap("text", accepted=(Typed("sorry", id="t"),), otherwise="Sorry.", id="g2"),
            Gap("choice", (Choice("lead", is_right=True, id="l"), Choice("guest", id="m")), id="g3"),
        ),
    ),
    "spot_it": Authored(
        "spot_it",
        "Which lines break which standard?",
        lines=(
            Line("Not my job.", "Ann", "SIN-1", "It is.", "l1"),
            Line("I’ll look.", "Ann", id="l2"),
            Line("Maybe tomorrow.", "Ann", "REL-2", id="l3"),
            Line("Thank you.", "Mr Ong", id="l4"),
        ),
        codes=("REL-2", "SIN-1", "FRI-1"),
    ),
}


def numbered() -> Callable[[], str]:
    ids = iter(range(1000))
    return lambda: f"id-{next(ids)}"


def sample(kind: str) -> tuple[QuestionContent, KeyContent]:
    return compose(AUTHORED[kind], numbered())


def chosen(*values: str) -> Answer:
    return tuple(Given(value) for value in values)


def parts(**values: str) -> Answer:
    return tuple(Given(value, part) for part, value in values.items())


def _ids(options: tuple[Option, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([option.id for option in options])


words = st.sampled_from(["sorry", "Sorry!", "regret", "24", "1 day", "48 hours", "24,4", "-3", "no", "１２"])


def answers(kind: str) -> st.SearchStrategy[Answer]:
    """Anything that a question of `samples` takes, and no answer."""
    content, _ = sample(kind)
    if kind in {"single", "true_false"}:
        some = _ids(content.options).map(chosen)
    elif kind == "multiple":
        some = st.sets(_ids(content.options), min_size=1).map(lambda ids: chosen(*ids))
    elif kind == "ordering":
        some = st.permutations(content.option_ids).map(lambda ids: chosen(*ids))
    elif kind in {"short_text", "numeric"}:
        some = words.map(chosen)
    else:
        value = {
            part.id: _ids(content.options_of(part.id if kind == "gaps" else ""))
            if kind != "gaps" or part.kind == "choice"
            else words
            for part in content.parts
        }
        some = st.fixed_dictionaries({}, optional=value).map(lambda said: parts(**said))
    return st.one_of(st.just(()), some)
