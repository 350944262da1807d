"""CSV as Excel and others really write it: any of four encodings and of four separators, any ends of lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from people.domain.importing.columns import count_known
from people.domain.importing.notes import Code, Note, error, warning
from people.domain.importing.tables import Row, Table, Unreadable

SEPARATORS = ",;\t|"
MOST_ROWS = 50_000
MOST_COLUMNS = 200
"""Those after are nobody's names and dates."""
LOOKED_AT = 200_000
"""Characters by which the separator is told."""
_BY_MARK = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_csv(content: bytes) -> Table:
    """Raises Unreadable."""
    text, notes = _decoded(content)
    stated, text = _stated_separator(text)
    rows = _rows(text, stated or _separator(text))
    return Table(tuple(rows), notes, is_cut_off=not text.endswith(("\n", "\r")))


def _decoded(content: bytes) -> tuple[str, tuple[Note, ...]]:
    try:
        if encoding := _encoding(content):
            return _without_nul(content.decode(encoding)), ()
        return _without_nul(content.decode()), ()
    except UnicodeDecodeError as not_utf:
        if encoding:
            raise Unreadable(error(Code.UNKNOWN_ENCODING)) from not_utf
    try:
        return _without_nul(content.decode("cp1252")), (warning(Code.READ_AS_CP1252),)
    except UnicodeDecodeError as unknown:
        raise Unreadable(error(Code.UNKNOWN_ENCODING)) from unknown


def _encoding(content: bytes) -> str:
    """By its mark; or UTF-16 without one, where every other byte of ordinary letters is zero."""
    for mark, encoding in _BY_MARK.items():
        if content.startswith(mark):
            return encoding
    start = content[:2000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 3 > len(start):
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise Unreadable(error(Code.UNKNOWN_ENCODING))
    return text


def _stated_separator(text: str) -> tuple[str, str]:
    """The separator of Excel's first line “sep=;”, which Excel doesn't count as a row, and the text after it."""
    first = text.split("\n", 1)[0].split("\r", 1)[0]
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], text[len(first) :].removeprefix("\r").removeprefix("\n")
    return "", text


def _separator(text: str) -> str:
    """The one by which most headings are known; else the one by which most rows have the same number of cells."""

    def fitness(separator: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(text[:LOOKED_AT], newline=""), delimiter=separator)
        rows = [row[:MOST_COLUMNS] for row in islice(reader, 50) if row]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, alike = max(widths.items(), key=lambda each: each[1], default=(0, 0))
        return max(map(count_known, rows), default=0), alike, width

    try:
        return max(SEPARATORS, key=fitness)
    except csv.Error as wrong:  # a cell of more than 131,072 characters
        raise Unreadable(error(Code.BAD_QUOTES, 1)) from wrong


def _rows(text: str, separator: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise Unreadable(error(Code.TOO_MANY_ROWS, most=f"{MOST_ROWS:,}"))
            rows.append(Row(number, tuple(cells[:MOST_COLUMNS])))
    except csv.Error as wrong:
        ends = "unexpected end" in str(wrong)
        raise Unreadable(error(Code.CUT_OFF if ends else Code.BAD_QUOTES, len(rows) + 1)) from wrong
    return rows
