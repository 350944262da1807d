"""Bytes of a text file to text, whatever wrote them, and the characters that readers use for themselves."""

from __future__ import annotations

import codecs
import re

from quizzes.domain.exchange.records import (
    LARGEST_FILE,
    MOST_LINES,
    MOST_TAGS,
    Code,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)

FIRST_MARK = 0xFDD0
"""The first of 32 code points that Unicode keeps free for a program's own use: readers put escaped characters there."""
_MARKS = dict.fromkeys(range(FIRST_MARK, FIRST_MARK + 32), "\ufffd")
_LINE_ENDS = re.compile(r"\r\n?")


class Unreadable(Exception):
    """The file can't be read as text; `parsed` says why."""

    def __init__(self, parsed: Parsed) -> None:
        super().__init__()
        self.parsed = parsed


def decode(content: bytes) -> tuple[str, tuple[Note, ...]]:
    r"""The text, its lines ended by `\n`, and what there is to say about its encoding. Raises Unreadable.

    UTF-8 or UTF-16 by their marks, else UTF-8; a line that isn't UTF-8 is read as Windows-1252, for files get pasted together.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(refused(Code.FILE_TOO_LARGE, most=LARGEST_FILE // 1024**2))
    text, notes = _decoded(content)
    if "\x00" in text:
        raise Unreadable(refused(Code.NOT_TEXT))
    text = clean(text)
    if text.count("\n") > MOST_LINES:
        raise Unreadable(refused(Code.TOO_MANY_LINES, MOST_LINES, most=f"{MOST_LINES:,}"))
    if text.count("<") + text.count("&") > MOST_TAGS:
        raise Unreadable(refused(Code.TOO_MUCH_MARKUP, most=f"{MOST_TAGS:,}"))
    return text, notes


def clean(text: str) -> str:
    r"""Lines ended by `\n`, and nothing in it that readers use for themselves."""
    return _LINE_ENDS.sub("\n", text).translate(_MARKS)


def _decoded(content: bytes) -> tuple[str, tuple[Note, ...]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), ()
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode(), ()
    except UnicodeDecodeError:
        return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str, tuple[Note, ...]]:
    lines, first_foreign = [], 0
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            first_foreign = first_foreign or number
    return "".join(lines), (note(Severity.WARNING, Code.READ_AS_CP1252, first_foreign),)
