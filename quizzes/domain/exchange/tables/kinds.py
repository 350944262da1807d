"""What the cells of a row say of its answers, for each kind of question: fields of an `Authored`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from quizzes.domain.authoring import Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.records import Code
from quizzes.domain.exchange.tables.rows import Item, Row, UnreadableRow
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP

_GAP = re.compile(rf"({CHOICE_GAP}|{TEXT_GAP}|{NUMBER_GAP})\s*(\d{{1,3}})?")
_FACTOR = re.compile(r"\d{1,12}(?:\.\d{1,12}|/[1-9]\d{0,11})?")


def _read_choices(row: Row) -> dict[str, Any]:
    items, right = row.items("answer", "feedback", "credit"), row.right()
    if not right <= {item.number for item in items}:
        raise UnreadableRow(Code.ANSWER_IS_NO_OPTION, text=row.take("right"))
    return {
        "choices": tuple(Choice(item["answer"], item.number in right, item["feedback"], item.credit) for item in items)
    }


def _read_true_false(row: Row) -> dict[str, Any]:
    is_true = row.word("right", {"true": True, "yes": True, "false": False, "no": False})
    row.used |= {"answer 1", "answer 2"}
    return {"choices": true_false_choices(is_true, row.take("feedback 1"), row.take("feedback 2"))}


def _read_pairs(row: Row) -> dict[str, Any]:
    items = row.items("answer", "match", "feedback")
    return {"pairs": tuple(Pair(item["answer"], item["match"], item["feedback"]) for item in items)}


def _read_steps(row: Row) -> dict[str, Any]:
    return {"steps": tuple(Step(item["answer"], item["feedback"]) for item in row.items("answer", "feedback"))}


def _read_typed(row: Row) -> dict[str, Any]:
    accepted, otherwise = _accepted(row.items("answer", "feedback", "credit", "tolerance"))
    units = tuple(Unit(item["unit"], _factor(item)) for item in row.items("unit"))
    return {
        "accepted": accepted,
        "otherwise": otherwise,
        "units": units,
        "unit_penalty": row.share("unit penalty") or Fraction(),
    }


def _factor(item: Item) -> str:
    factor = item["factor"] or "1"
    if not _FACTOR.fullmatch(factor) or Fraction(factor) == 0:
        raise UnreadableRow(Code.NOT_A_NUMBER, text=factor)
    return factor


def _accepted(items: Iterable[Item]) -> tuple[tuple[Typed, ...], str]:
    """The answers to accept, and what is said to any other."""
    accepted: list[Typed] = []
    otherwise: list[str] = []
    for item in items:
        if value := item["answer"]:
            credit = item.credit
            accepted.append(
                Typed(value, Fraction(1) if credit is None else credit, item["tolerance"], item["feedback"])
            )
        else:
            otherwise.append(item["feedback"])
    if len(otherwise) > 1:
        raise UnreadableRow(Code.BLANK_OPTION)
    return tuple(accepted), "".join(otherwise)


def _read_gaps(row: Row) -> dict[str, Any]:
    said = [part.strip() for part in row.take("gaps").split(";") if part.strip()]
    found = [_GAP.fullmatch(part.casefold()) for part in said]
    if not said or not all(found):
        raise UnreadableRow(Code.UNREADABLE_CELL, text=row.take("gaps"), column="gaps")
    by_gap: dict[str, list[Item]] = {str(number): [] for number in range(1, len(said) + 1)}
    for item in row.items("answer", "feedback", "credit", "tolerance", "gap"):
        if item["gap"] not in by_gap:
            raise UnreadableRow(Code.UNREADABLE_CELL, text=item["gap"], column=f"gap {item.number}")
        by_gap[item["gap"]].append(item)
    right = row.right()
    return {
        "gaps": tuple(
            _read_gap(match[1], int(match[2] or 1), items, right)
            for match, items in zip(found, by_gap.values(), strict=True)
            if match
        )
    }


def _read_gap(kind: str, weight: int, items: list[Item], right: frozenset[int]) -> Gap:
    if kind == CHOICE_GAP:
        said = [item["feedback"] for item in items if not item["answer"]]
        offered = [item for item in items if item["answer"]]
        choices = tuple(Choice(item["answer"], item.number in right, item["feedback"], item.credit) for item in offered)
        return Gap(kind, choices=choices, otherwise="".join(said[:1]), weight=weight)
    accepted, otherwise = _accepted(items)
    return Gap(kind, accepted=accepted, otherwise=otherwise, weight=weight)


def _read_lines(row: Row) -> dict[str, Any]:
    items = row.items("answer", "speaker", "match", "feedback")
    lines = tuple(Line(item["answer"], item["speaker"], item["match"].upper(), item["feedback"]) for item in items)
    return {"lines": lines, "codes": row.codes()}


READ: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    "single": _read_choices,
    "multiple": _read_choices,
    "true_false": _read_true_false,
    "matching": _read_pairs,
    "ordering": _read_steps,
    "short_text": _read_typed,
    "numeric": _read_typed,
    "gaps": _read_gaps,
    "spot_it": _read_lines,
}
