"""Questions of the content files, as their authors wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from home.selectors.content import ContentFault
from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.keys import Unit


def authored_question(written: Mapping[str, Any]) -> Authored:
    """Raises ContentFault for a kind that nobody knows, and for a part that is missing."""
    try:
        parts = _PARTS[written["kind"]](written)
        return Authored(kind=written["kind"], stem=written["stem"], general=written["feedback"], **parts)
    except KeyError as missing:
        raise ContentFault(f"question {written.get('key', '?')}: {missing} is not there or not known") from missing


def with_slip(written: Mapping[str, Any], slip: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The question as the demo has it: its stem, or the option that is ticked, isn't what its author meant."""
    if slip is None:
        return written
    ticked = slip.get("ticked")
    options = written["options"]
    if ticked:
        options = [{**option, "correct": option["key"] == ticked} for option in options]
    return {**written, "stem": slip.get("stem", written["stem"]), "options": options}


def true_option(written: Mapping[str, Any]) -> str:
    """What the author of a single choice meant to be right."""
    return str(next(option["text"] for option in written["options"] if option["correct"]))


def _choices(options: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(option["text"], option["correct"], option["feedback"]) for option in options)


def _typed(accepted: Mapping[str, Any]) -> Typed:
    """A text, a number with its tolerance, or a range of numbers."""
    credit, feedback = Fraction(accepted.get("credit", "1")), accepted["feedback"]
    if "from" in accepted:
        least, most = Decimal(accepted["from"]), Decimal(accepted["to"])
        return Typed(str((least + most) / 2), credit, str((most - least) / 2), feedback)
    value = accepted["value"] if "value" in accepted else accepted["text"]
    return Typed(value, credit, accepted.get("tolerance", ""), feedback)


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"accepted": tuple(map(_typed, values["accepted"])), "otherwise": values["otherwise"]}


def _numeric(values: Mapping[str, Any]) -> dict[str, Any]:
    return _written(values) | {"units": tuple(Unit(unit["name"], unit["factor"]) for unit in values.get("units", ()))}


def _gap(gap: Mapping[str, Any]) -> Gap:
    parts = {"choices": _choices(gap["options"])} if gap["kind"] == "choice" else _written(gap)
    return Gap(gap["kind"], weight=gap.get("weight", 1), **parts)


def _pairs(values: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [Pair(pair["left"], pair["right"], pair["feedback"]) for pair in values["pairs"]]
    return {"pairs": (*pairs, *(Pair("", text) for text in values.get("distractors", ())))}


def _lines(values: Mapping[str, Any]) -> dict[str, Any]:
    lines = (Line(line["text"], line["speaker"], line["breaks"] or "", line["feedback"]) for line in values["lines"])
    return {"lines": tuple(lines), "codes": tuple(values["clauses"])}


_PARTS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "single": lambda values: {"choices": _choices(values["options"])},
    "multiple": lambda values: {"choices": _choices(values["options"])},
    "true_false": lambda values: {
        "choices": true_false_choices(values["answer"], values["if_true"], values["if_false"])
    },
    "matching": _pairs,
    "ordering": lambda values: {"steps": tuple(Step(step["text"], step["feedback"]) for step in values["steps"])},
    "short_text": _written,
    "numeric": _numeric,
    "gaps": lambda values: {"gaps": tuple(map(_gap, values["gaps"]))},
    "spot_it": _lines,
}
