"""Questions as rows of a table: one row a question, one column for each thing that it says. Every kind can be said.

What belongs to an option, pair, step, line, accepted answer or gap stands in columns with its number: `answer 1`, `feedback 1` …
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.categories import category_of, category_path
from quizzes.domain.exchange.records import (
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.weights import weight_of, weight_text
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, KINDS, NUMBER_GAP, TEXT_GAP

COLUMNS: dict[str, str] = {
    "kind": "single choice, multiple choice, true or false, matching, ordering, short text, number, gaps or spot it.",
    "question": "What is asked. Gaps are marked [[1]], [[2]] … where they stand.",
    "right": "Choices: the number of the right answer, or numbers: 1, 3. True or false: true, or false.",
    "clauses": "Codes of the clauses that it tests: REL-1, REL-4.",
    "difficulty": "1 basic, 2 working knowledge, 3 tricky.",
    "tags": "Words to find it by, with commas between.",
    "general feedback": "What everybody reads who has answered.",
    "gaps": "What each gap takes, in order, with ; between: choice; text; number. “text 2” counts twice.",
    "all or nothing": "yes: nothing is given for a part.",
    "keep order": "yes: the answers aren't shuffled.",
    "mind case": "yes: capital letters matter in typed answers.",
    "mind accents": "yes: accents matter in typed answers.",
    "unit penalty": "Numbers: what a missing unit costs: 10 %.",
    "published": "no: it comes in as a draft in any case.",
    "id": "Its own name in your files: the same id is the same question.",
    "category": "Where it stood in its files: Service/Reliability.",
}
NUMBERED: dict[str, str] = {
    "answer": "An answer to choose, a step (in the right order), a line of the dialogue, an answer to accept (* for anything), "
    "or the left side of a pair. With feedback but no answer: what is said to any other answer.",
    "match": "Matching: what belongs to it. Spot it: the code of the clause that the line breaks.",
    "speaker": "Spot it: who says the line.",
    "gap": "Gaps: the number of the gap to which this answer belongs.",
    "credit": "What it is worth: 50 %, 1/3, -25 %. Left empty: all of the mark or nothing.",
    "tolerance": "Numbers: give or take this much.",
    "feedback": "What is said to those who gave this answer.",
    "unit": "Numbers: a unit that may be typed; the first is the question's own.",
    "factor": "Numbers: what to multiply by to get to the first unit.",
}
KIND_WORDS = {
    "single": "single choice",
    "multiple": "multiple choice",
    "true_false": "true or false",
    "matching": "matching",
    "ordering": "ordering",
    "short_text": "short text",
    "numeric": "number",
    "gaps": "gaps",
    "spot_it": "spot it",
}
MOST_COLUMNS = 20 + len(NUMBERED) * MOST_ANSWERS
LONGEST_CELL = 32_000
"""Characters; Excel has 32,767."""

_OTHER_NAMES = {"stem": "question", "type": "kind", "codes": "clauses", "clause": "clauses", "correct": "right"}
_NUMBERED = re.compile(rf"({'|'.join(NUMBERED)}|option)\s*(\d{{1,3}})")
_KINDS = {word: kind for kind, word in KIND_WORDS.items()} | {kind.replace("_", " "): kind for kind in KINDS}
_DIFFICULTIES = {"1": 1, "2": 2, "3": 3, "basic": 1, "working knowledge": 2, "working": 2, "tricky": 3}
_YES, _NO = frozenset({"yes", "true", "1", "x", "y"}), frozenset({"no", "false", "0", "n", ""})
_GAP = re.compile(rf"({CHOICE_GAP}|{TEXT_GAP}|{NUMBER_GAP})\s*(\d{{1,3}})?")
_FACTOR = re.compile(r"\d{1,12}(?:\.\d{1,12}|/[1-9]\d{0,11})?")
_RATIO = re.compile(r"([-+]?\d{1,12})/([1-9]\d{0,11})")

Cells = Sequence[str]
Rows = Iterable[tuple[int, Cells]]
"""The rows of a table, the first with the names of the columns, each with its line."""


class _Unreadable(Exception):
    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_rows(rows: Rows) -> Parsed:
    """What the rows say. Blank rows are left out."""
    each = iter(rows)
    line, names = next(((line, cells) for line, cells in each if any(cell.strip() for cell in cells)), (0, ()))
    columns, notes = _columns(line, names)
    if missing := {"kind", "question"} - {name for name in columns if name}:
        return refused(Code.NO_COLUMN, line, what=min(missing))
    if twice := next((name for name in columns if name and columns.count(name) > 1), ""):
        return refused(Code.COLUMN_TWICE, line, what=twice)
    entries: list[Entry] = []
    for number, cells in each:
        if not any(cell.strip() for cell in cells):
            continue
        if len(entries) == MOST_QUESTIONS:
            return refused(Code.TOO_MANY_QUESTIONS, number, most=MOST_QUESTIONS)
        entries.append(_entry(number, columns, cells))
    if not entries:
        return refused(Code.EMPTY_FILE)
    return Parsed(tuple(entries), tuple(notes))


def column_name(heading: str) -> str:
    """Our name of a column, from its heading; "" for a heading that we don't know."""
    name = " ".join(heading.replace("_", " ").casefold().split())
    name = _OTHER_NAMES.get(name, name)
    if name in COLUMNS:
        return name
    numbered = _NUMBERED.fullmatch(name)
    if not numbered or not 1 <= int(numbered[2]) <= MOST_ANSWERS:
        return ""
    return f"{'answer' if numbered[1] == 'option' else numbered[1]} {int(numbered[2])}"


def _columns(line: int, headings: Cells) -> tuple[list[str], list[Note]]:
    columns = [column_name(heading) for heading in headings]
    unknown = [heading for heading, name in zip(headings, columns, strict=True) if heading.strip() and not name]
    return columns, [note(Severity.WARNING, Code.UNKNOWN_COLUMN, line, what=heading) for heading in unknown[:20]]


def _entry(line: int, columns: Sequence[str], cells: Cells) -> Entry:
    row = _Row(dict(zip(columns, cells, strict=False)))
    authored = None
    notes: list[Note] = []
    try:
        row.refuse_unfit(cells[len(columns) :])
        authored = row.authored()
        entry = Entry(line, authored, **row.about())
        if left := row.left:
            notes.append(note(Severity.WARNING, Code.CELL_UNUSED, line, what=", ".join(left)))
    except _Unreadable as fault:
        notes.append(note(Severity.ERROR, fault.code, line, **fault.params))
        entry = Entry(line, None)
    kind = row.cells.get("kind", "").strip()
    return Entry(**{**vars(entry), "type_name": kind, "notes": tuple(notes)})


@dataclass
class _Item:
    """What stands in the columns of one number."""

    number: int
    row: _Row

    def __getitem__(self, name: str) -> str:
        return self.row.take(f"{name} {self.number}")

    @property
    def credit(self) -> Fraction | None:
        return self.row.share(f"credit {self.number}")


@dataclass
class _Row:
    cells: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        self.used.add(name)
        return self.cells.get(name, "").strip()

    @property
    def left(self) -> list[str]:
        return [name for name, cell in self.cells.items() if name and cell.strip() and name not in self.used]

    def refuse_unfit(self, beyond: Cells) -> None:
        if any(cell.strip() for cell in beyond):
            raise _Unreadable(Code.ROW_TOO_WIDE)
        if sum(map(len, self.cells.values())) > LONGEST_QUESTION:
            raise _Unreadable(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)

    def authored(self) -> Authored:
        named = " ".join(self.take("kind").replace("_", " ").replace("/", " or ").casefold().split())
        kind = _KINDS.get(named, "")
        if not kind:
            raise _Unreadable(Code.NOT_A_KIND, text=named)
        stem = self.take("question")
        if not stem:
            raise _Unreadable(Code.NO_STEM)
        return Authored(
            kind=kind,
            stem=stem,
            general=self.take("general feedback"),
            keeps_order=self.switch("keep order"),
            is_all_or_nothing=self.switch("all or nothing"),
            minds_case=self.switch("mind case"),
            minds_accents=self.switch("mind accents"),
            **_READ[kind](self),
        )

    def about(self) -> dict[str, Any]:
        published = self.take("published")
        return {
            "external_id": self.take("id")[:200],
            "category": category_of(self.take("category"))[0],
            "tags": tuple(_listed(self.take("tags"))),
            "codes": self.codes(),
            "difficulty": self.word("difficulty", _DIFFICULTIES) if self.take("difficulty") else None,
            "is_published": self.switch("published") if published else None,
        }

    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code.upper() for code in _listed(self.take("clauses").replace(";", ","))))

    def word(self, name: str, words: Mapping[str, Any]) -> Any:
        said = self.take(name)
        if said.casefold() not in words:
            raise _Unreadable(Code.UNREADABLE_CELL, text=said, column=name)
        return words[said.casefold()]

    def switch(self, name: str) -> bool:
        return bool(self.word(name, dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)))

    def share(self, name: str) -> Fraction | None:
        said = self.take(name)
        share = read_share(said) if said else None
        if said and share is None:
            raise _Unreadable(Code.NOT_A_WEIGHT, text=said)
        return share

    def right(self) -> frozenset[int]:
        said = re.split(r"[,;\s]+", self.take("right").strip(" ,;"))
        if not all(re.fullmatch(r"\d{0,3}", number) for number in said):
            raise _Unreadable(Code.UNREADABLE_CELL, text=self.take("right"), column="right")
        return frozenset(int(number) for number in said if number)

    def items(self, *columns: str) -> list[_Item]:
        """The numbers of which one of these columns says something, in order."""
        prefixes = {f"{name} " for name in columns}
        found = {
            int(name.rpartition(" ")[2])
            for name, cell in self.cells.items()
            if cell.strip() and any(name.startswith(prefix) and name[len(prefix) :].isdigit() for prefix in prefixes)
        }
        return [_Item(number, self) for number in sorted(found)]


def _read_choices(row: _Row) -> dict[str, Any]:
    items, right = row.items("answer", "feedback", "credit"), row.right()
    if not right <= {item.number for item in items}:
        raise _Unreadable(Code.ANSWER_IS_NO_OPTION, text=row.take("right"))
    return {
        "choices": tuple(Choice(item["answer"], item.number in right, item["feedback"], item.credit) for item in items)
    }


def _read_true_false(row: _Row) -> dict[str, Any]:
    is_true = row.word("right", {"true": True, "yes": True, "false": False, "no": False})
    row.used |= {"answer 1", "answer 2"}
    return {"choices": true_false_choices(is_true, row.take("feedback 1"), row.take("feedback 2"))}


def _read_pairs(row: _Row) -> dict[str, Any]:
    items = row.items("answer", "match", "feedback")
    return {"pairs": tuple(Pair(item["answer"], item["match"], item["feedback"]) for item in items)}


def _read_steps(row: _Row) -> dict[str, Any]:
    return {"steps": tuple(Step(item["answer"], item["feedback"]) for item in row.items("answer", "feedback"))}


def _read_typed(row: _Row) -> dict[str, Any]:
    accepted, otherwise = _accepted(row.items("answer", "feedback", "credit", "tolerance"))
    units = tuple(Unit(item["unit"], _factor(item)) for item in row.items("unit"))
    return {
        "accepted": accepted,
        "otherwise": otherwise,
        "units": units,
        "unit_penalty": row.share("unit penalty") or Fraction(),
    }


def _factor(item: _Item) -> str:
    factor = item["factor"] or "1"
    if not _FACTOR.fullmatch(factor) or Fraction(factor) == 0:
        raise _Unreadable(Code.NOT_A_NUMBER, text=factor)
    return factor


def _accepted(items: Iterable[_Item]) -> tuple[tuple[Typed, ...], str]:
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
        raise _Unreadable(Code.BLANK_OPTION)
    return tuple(accepted), "".join(otherwise)


def _read_gaps(row: _Row) -> dict[str, Any]:
    said = [part.strip() for part in row.take("gaps").split(";") if part.strip()]
    found = [_GAP.fullmatch(part.casefold()) for part in said]
    if not said or not all(found):
        raise _Unreadable(Code.UNREADABLE_CELL, text=row.take("gaps"), column="gaps")
    by_gap: dict[str, list[_Item]] = {str(number): [] for number in range(1, len(said) + 1)}
    for item in row.items("answer", "feedback", "credit", "tolerance", "gap"):
        if item["gap"] not in by_gap:
            raise _Unreadable(Code.UNREADABLE_CELL, text=item["gap"], column=f"gap {item.number}")
        by_gap[item["gap"]].append(item)
    right = row.right()
    return {
        "gaps": tuple(
            _read_gap(match[1], int(match[2] or 1), items, right)
            for match, items in zip(found, by_gap.values(), strict=True)
            if match
        )
    }


def _read_gap(kind: str, weight: int, items: list[_Item], right: frozenset[int]) -> Gap:
    if kind == CHOICE_GAP:
        said = [item["feedback"] for item in items if not item["answer"]]
        offered = [item for item in items if item["answer"]]
        choices = tuple(Choice(item["answer"], item.number in right, item["feedback"], item.credit) for item in offered)
        return Gap(kind, choices=choices, otherwise="".join(said[:1]), weight=weight)
    accepted, otherwise = _accepted(items)
    return Gap(kind, accepted=accepted, otherwise=otherwise, weight=weight)


def _read_lines(row: _Row) -> dict[str, Any]:
    items = row.items("answer", "speaker", "match", "feedback")
    lines = tuple(Line(item["answer"], item["speaker"], item["match"].upper(), item["feedback"]) for item in items)
    return {"lines": lines, "codes": row.codes()}


_READ: Mapping[str, Callable[[_Row], dict[str, Any]]] = {
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


def read_share(text: str) -> Fraction | None:
    """`50 %`, `0.5`, `1/3`; 33.33333 % is a third. More than 1 without the sign is per cent. None for what is no share of -1 to 1."""
    text = "".join(text.split())
    if found := _RATIO.fullmatch(text):
        share = Fraction(int(found[1]), int(found[2]))
        return share if abs(share) <= 1 else None
    percent = weight_of(text.removesuffix("%").removeprefix("+"))
    if percent is None or text.endswith("%") or abs(percent) > Fraction(1, 100):
        return percent
    return percent * 100


def write_share(share: Fraction) -> str:
    percent = weight_text(share)
    return str(share) if percent is None else f"{percent}%"


def _listed(text: str) -> Iterator[str]:
    row = next(csv.reader([" ".join(text.split())], skipinitialspace=True), [])
    return (part.strip() for part in row if part.strip())


def write_rows(entries: Iterable[Entry]) -> list[list[str]]:
    """The table that says these questions: a row of names, then a row for each. Columns that none of them uses are left out."""
    rows = [_cells(entry) for entry in entries]
    used = {name for row in rows for name, cell in row.items() if cell} | {"kind", "question"}
    columns = sorted(used, key=_place)
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def all_columns(answers: int) -> list[str]:
    """Every column, with so many numbers."""
    numbered = [f"{name} {number}" for number in range(1, answers + 1) for name in NUMBERED]
    return sorted([*COLUMNS, *numbered], key=_place)


def _place(column: str) -> tuple[int, int, int]:
    name, _, number = column.rpartition(" ")
    if number.isdigit():
        of_unit = name in {"unit", "factor"}
        return 2 if of_unit else 1, int(number), list(NUMBERED).index(name)
    return 0, list(COLUMNS).index(column), 0


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
