"""Rows of text to questions: the names of the columns, then one question after the other, with notes by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.categories import category_of
from quizzes.domain.exchange.records import MOST_QUESTIONS, Code, Entry, Note, Parsed, Severity, note, refused
from quizzes.domain.exchange.tables.columns import KIND_WORDS, column_name
from quizzes.domain.exchange.tables.kinds import READ
from quizzes.domain.exchange.tables.rows import Cells, Row, UnreadableRow, listed
from quizzes.domain.kinds import KINDS

_KINDS = {word: kind for kind, word in KIND_WORDS.items()} | {kind.replace("_", " "): kind for kind in KINDS}
_DIFFICULTIES = {"1": 1, "2": 2, "3": 3, "basic": 1, "working knowledge": 2, "working": 2, "tricky": 3}

Rows = Iterable[tuple[int, Cells]]
"""The rows of a table, the first with the names of the columns, each with its line."""


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


def _columns(line: int, headings: Cells) -> tuple[list[str], list[Note]]:
    columns = [column_name(heading) for heading in headings]
    unknown = [heading for heading, name in zip(headings, columns, strict=True) if heading.strip() and not name]
    return columns, [note(Severity.WARNING, Code.UNKNOWN_COLUMN, line, what=heading) for heading in unknown[:20]]


def _entry(line: int, columns: Sequence[str], cells: Cells) -> Entry:
    row = Row(dict(zip(columns, cells, strict=False)))
    authored = None
    notes: list[Note] = []
    try:
        row.refuse_unfit(cells[len(columns) :])
        authored = _authored(row)
        entry = Entry(line, authored, **_about(row))
        if left := row.left:
            notes.append(note(Severity.WARNING, Code.CELL_UNUSED, line, what=", ".join(left)))
    except UnreadableRow as fault:
        notes.append(note(Severity.ERROR, fault.code, line, **fault.params))
        entry = Entry(line, None)
    kind = row.cells.get("kind", "").strip()
    return Entry(**{**vars(entry), "type_name": kind, "notes": tuple(notes)})


def _authored(row: Row) -> Authored:
    named = " ".join(row.take("kind").replace("_", " ").replace("/", " or ").casefold().split())
    kind = _KINDS.get(named, "")
    if not kind:
        raise UnreadableRow(Code.NOT_A_KIND, text=named)
    stem = row.take("question")
    if not stem:
        raise UnreadableRow(Code.NO_STEM)
    return Authored(
        kind=kind,
        stem=stem,
        general=row.take("general feedback"),
        keeps_order=row.switch("keep order"),
        is_all_or_nothing=row.switch("all or nothing"),
        minds_case=row.switch("mind case"),
        minds_accents=row.switch("mind accents"),
        **READ[kind](row),
    )


def _about(row: Row) -> dict[str, Any]:
    published = row.take("published")
    return {
        "external_id": row.take("id")[:200],
        "category": category_of(row.take("category"))[0],
        "tags": tuple(listed(row.take("tags"))),
        "codes": row.codes(),
        "difficulty": row.word("difficulty", _DIFFICULTIES) if row.take("difficulty") else None,
        "is_published": row.switch("published") if published else None,
    }
