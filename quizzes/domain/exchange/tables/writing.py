"""Questions to rows of text, in the columns that they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from quizzes.domain.authoring import Authored, Choice, Typed
from quizzes.domain.exchange.categories import category_path
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.tables.columns import KIND_WORDS, place_of
from quizzes.domain.exchange.tables.shares import write_share


def write_rows(entries: Iterable[Entry]) -> list[list[str]]:
    """The table that says these questions: a row of names, then a row for each. Columns that none of them uses are left out."""
    rows = [_cells(entry) for entry in entries]
    used = {name for row in rows for name, cell in row.items() if cell} | {"kind", "question"}
    columns = sorted(used, key=place_of)
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def _cells(entry: Entry) -> dict[str, str]:
    authored = entry.authored
    if authored is None:
        raise ValueError("A question that can't be read can't be written.")
    switches = {
        "all or nothing": authored.is_all_or_nothing,
        "keep order": authored.keeps_order,
        "mind case": authored.minds_case,
        "mind accents": authored.minds_accents,
    }
    cells = {
        "kind": KIND_WORDS[authored.kind],
        "question": authored.stem,
        "clauses": ", ".join(entry.codes or authored.codes),
        "difficulty": str(entry.difficulty or ""),
        "tags": ", ".join(_quoted(tag) for tag in entry.tags),
        "general feedback": authored.general,
        "published": {None: "", True: "yes", False: "no"}[entry.is_published],
        "id": entry.external_id,
        "category": category_path(entry.category) if entry.category else "",
        "unit penalty": write_share(authored.unit_penalty) if authored.unit_penalty else "",
        **{name: "yes" if holds else "" for name, holds in switches.items()},
    }
    for number, unit in enumerate(authored.units, start=1):
        cells |= {f"unit {number}": unit.name, f"factor {number}": unit.factor}
    return cells | _WRITE[authored.kind](authored)


def _quoted(tag: str) -> str:
    return '"' + tag.replace('"', '""') + '"' if re.search(r'[",]', tag) else tag


def _numbered(items: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {f"{name} {number}": cell for number, item in enumerate(items, start=1) for name, cell in item.items()}


def _choice(choice: Choice) -> dict[str, str]:
    credit = "" if choice.credit is None else write_share(choice.credit)
    return {"answer": choice.text, "feedback": choice.feedback, "credit": credit}


def _typed(typed: Typed) -> dict[str, str]:
    credit = "" if typed.credit == 1 else write_share(typed.credit)
    return {"answer": typed.value, "feedback": typed.feedback, "credit": credit, "tolerance": typed.tolerance}


def _otherwise(feedback: str) -> list[dict[str, str]]:
    return [{"feedback": feedback}] if feedback else []


def _write_choices(authored: Authored) -> dict[str, str]:
    right = [str(number) for number, choice in enumerate(authored.choices, start=1) if choice.is_right]
    return {"right": ", ".join(right), **_numbered(map(_choice, authored.choices))}


def _write_true_false(authored: Authored) -> dict[str, str]:
    if_true, if_false = authored.choices
    return {
        "right": "true" if if_true.is_right else "false",
        "feedback 1": if_true.feedback,
        "feedback 2": if_false.feedback,
    }


def _write_pairs(authored: Authored) -> dict[str, str]:
    return _numbered({"answer": pair.left, "match": pair.right, "feedback": pair.feedback} for pair in authored.pairs)


def _write_steps(authored: Authored) -> dict[str, str]:
    return _numbered({"answer": step.text, "feedback": step.feedback} for step in authored.steps)


def _write_typed(authored: Authored) -> dict[str, str]:
    return _numbered([*map(_typed, authored.accepted), *_otherwise(authored.otherwise)])


def _write_gaps(authored: Authored) -> dict[str, str]:
    items: list[dict[str, str]] = []
    right: list[str] = []
    for number, gap in enumerate(authored.gaps, start=1):
        for choice in gap.choices:
            items.append({**_choice(choice), "gap": str(number)})
            right += [str(len(items))] if choice.is_right else []
        accepted = [*map(_typed, gap.accepted), *_otherwise(gap.otherwise)]
        items += [{**item, "gap": str(number)} for item in accepted]
    kinds = [gap.kind if gap.weight == 1 else f"{gap.kind} {gap.weight}" for gap in authored.gaps]
    return {"gaps": "; ".join(kinds), "right": ", ".join(right), **_numbered(items)}


def _write_lines(authored: Authored) -> dict[str, str]:
    return _numbered(
        {"answer": line.text, "speaker": line.speaker, "match": line.breaks, "feedback": line.feedback}
        for line in authored.lines
    )


_WRITE: Mapping[str, Callable[[Authored], dict[str, str]]] = {
    "single": _write_choices,
    "multiple": _write_choices,
    "true_false": _write_true_false,
    "matching": _write_pairs,
    "ordering": _write_steps,
    "short_text": _write_typed,
    "numeric": _write_typed,
    "gaps": _write_gaps,
    "spot_it": _write_lines,
}
