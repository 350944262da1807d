"""What a `question` element asks, for each of Moodle's types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from quizzes.domain.authoring import Authored, Choice, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.cloze import parse_cloze
from quizzes.domain.exchange.moodle_xml.questions import Question, UnreadableQuestion, decimal
from quizzes.domain.exchange.records import Code, Severity
from quizzes.domain.exchange.saying import plain_number
from quizzes.domain.exchange.weights import decimal_text
from quizzes.domain.exchange.xml_tree import Node
from quizzes.domain.keys import Unit

_WHOLE = Fraction(1)
_NO_UNITS = "3"
"""Moodle's `qtype_numerical::UNITNONE`."""
_OF_THE_WHOLE_MARK, _OF_THE_ANSWER = "2", "1"
_BY_PLACE, _ALL_OR_NOTHING = ("", "0", "ABSOLUTE_POSITION"), ("-1", "ALL_OR_NOTHING")


def _choices(question: Question, stem: str) -> Authored:
    """Single or several: a weight is the part of the mark that an answer earns, below 0 what it costs."""
    weighted = [
        (question.text(answer), question.weight(answer), question.feedback(answer)) for answer in question.answers()
    ]
    keeps_order = not question.is_on("shuffleanswers", "false")
    if question.is_on("single", "true"):
        return Authored("single", stem, choices=_one_right(question, weighted), keeps_order=keeps_order)
    right = sum(weight > 0 for _, weight, _ in weighted)
    choices = tuple(
        Choice(text, weight > 0, feedback, _unless_equal(weight, right)) for text, weight, feedback in weighted
    )
    return Authored("multiple", stem, choices=choices, keeps_order=keeps_order)


def _one_right(question: Question, weighted: Iterable[tuple[str, Fraction, str]]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for text, weight, feedback in weighted:
        is_second = weight == _WHOLE and any(choice.is_right for choice in choices)
        if is_second:
            question.say(Severity.WARNING, Code.SEVERAL_RIGHT)
        is_right = weight == _WHOLE and not is_second
        choices.append(Choice(text, is_right, feedback, None if is_right or not weight else weight))
    return tuple(choices)


def _unless_equal(weight: Fraction, right: int) -> Fraction | None:
    """None where it is what our own marking gives, one share for each right answer."""
    return None if right and abs(weight) == Fraction(1, right) else weight


def _choice_set(question: Question, stem: str) -> Authored:
    """`qtype_multichoiceset`, an add-on: all the right ones and no other."""
    choices = tuple(
        Choice(question.text(answer), question.weight(answer) > 0, question.feedback(answer))
        for answer in question.answers()
    )
    keeps_order = not question.is_on("shuffleanswers", "false")
    return Authored("multiple", stem, choices=choices, keeps_order=keeps_order, is_all_or_nothing=True)


def _true_false(question: Question, stem: str) -> Authored:
    """By what the answers say; in old files in another language, the first is for true."""
    feedback = {"true": "", "false": ""}
    is_true = None
    for place, answer in enumerate(question.answers()):
        said = answer.said("text").casefold()
        said = said if said in feedback else "false" if place else "true"
        is_true = (question.weight(answer) == _WHOLE) is (said == "true")
        feedback[said] = question.feedback(answer)
    if is_true is None:
        raise UnreadableQuestion(Code.NONE_RIGHT)
    return Authored("true_false", stem, choices=true_false_choices(is_true, feedback["true"], feedback["false"]))


def _typed(question: Question) -> tuple[tuple[Typed, ...], str]:
    """The answers to accept, and what is said to any other: Moodle's `*` that earns nothing."""
    accepted: list[Typed] = []
    otherwise = ""
    for answer in question.answers():
        value, weight, feedback = (
            question.text(answer, is_plain=True),
            question.weight(answer),
            question.feedback(answer),
        )
        if weight < 0:
            question.say(Severity.WARNING, Code.PENALTY_IGNORED, answer.line, text=answer.attributes["fraction"])
        if value == "*" and weight <= 0:
            otherwise = feedback
        else:
            accepted.append(Typed(value, max(weight, Fraction()), answer.said("tolerance"), feedback))
    return tuple(accepted), otherwise


def _short_text(question: Question, stem: str) -> Authored:
    accepted, otherwise = _typed(question)
    return Authored(
        "short_text",
        stem,
        accepted=tuple(replace(one, tolerance="") for one in accepted),
        otherwise=otherwise,
        minds_case=question.node.said("usecase") == "1",
        minds_accents=question.minds_accents,
    )


def _numerical(question: Question, stem: str) -> Authored:
    node = question.node
    accepted, otherwise = _typed(question)
    units = () if node.said("showunits") == _NO_UNITS else tuple(_units(node.first("units")))
    graded = node.said("unitgradingtype")
    penalty = Fraction()
    if units and graded in {_OF_THE_ANSWER, _OF_THE_WHOLE_MARK}:
        penalty = min(max(decimal(node.said("unitpenalty") or "0.1"), Fraction()), _WHOLE)
        if graded == _OF_THE_ANSWER and any(one.credit != _WHOLE for one in accepted):
            question.say(Severity.INFO, Code.SETTING_LOST, what="the penalty for a unit is taken off the whole mark")
    return Authored(
        "numeric",
        stem,
        accepted=tuple(_plain_numbers(one) for one in accepted),
        otherwise=otherwise,
        units=units,
        unit_penalty=penalty,
    )


def _plain_numbers(typed: Typed) -> Typed:
    """As digits, where they are numbers; what isn't stays, and is a fault of the question."""
    tolerance = plain_number(typed.tolerance) or typed.tolerance
    return replace(
        typed,
        value=plain_number(typed.value) or typed.value,
        tolerance="" if not tolerance.strip("0.") else tolerance,
    )


def _units(node: Node | None) -> Iterable[Unit]:
    """Moodle multiplies the right number by a unit's factor; we multiply what was typed."""
    for unit in node.all("unit") if node else ():
        multiplier = decimal(unit.said("multiplier") or "1")
        if name := unit.said("unit_name"):
            if multiplier <= 0:
                raise UnreadableQuestion(Code.NOT_A_NUMBER, unit.line, text=unit.said("multiplier"))
            yield Unit(name, decimal_text(1 / multiplier) or str(1 / multiplier))


def _matching(question: Question, stem: str) -> Authored:
    pairs = []
    for each in question.node.all("subquestion"):
        left, answer = question.text(each), each.first("answer")
        right = question.text(answer, is_plain=True)
        if left or right:
            pairs.append(Pair(left, right, question.feedback(each)))
    return Authored("matching", stem, pairs=tuple(pairs), keeps_order=not question.is_on("shuffleanswers", "1"))


def _ordering(question: Question, stem: str) -> Authored:
    """The answers stand in their right order; the number in `fraction` is their place, if anything."""
    steps = tuple(Step(question.text(answer), question.feedback(answer)) for answer in question.answers())
    node = question.node
    if node.said("selecttype") not in ("", "0", "ALL"):
        question.say(Severity.INFO, Code.SETTING_LOST, what="only some of the steps are asked")
    graded = node.said("gradingtype")
    if graded not in (*_BY_PLACE, *_ALL_OR_NOTHING):
        question.say(Severity.INFO, Code.GRADING_CHANGED, text=graded)
    return Authored("ordering", stem, steps=steps, is_all_or_nothing=graded in _ALL_OR_NOTHING)


def _cloze(question: Question, stem: str) -> Authored:
    cloze = parse_cloze(stem, question.node.line)
    question.notes += cloze.notes
    if cloze.is_broken:
        raise UnreadableQuestion(None)
    return Authored(
        "gaps", cloze.stem, gaps=cloze.gaps, minds_case=cloze.minds_case, minds_accents=question.minds_accents
    )


READ: Mapping[str, Callable[[Question, str], Authored]] = {
    "multichoice": _choices,
    "multichoiceset": _choice_set,
    "truefalse": _true_false,
    "shortanswer": _short_text,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "multianswer": _cloze,
}
