"""What changed between two versions of a clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from enum import StrEnum

from standards.domain.clauses import ClauseContent

_TOKEN = re.compile(r"\w+(?:[’'\-.,]\w+)*|\s+|[^\w\s]")
"""A word with what ties it together (“don’t”, “1,000”), a run of spaces, or one other character."""

_WORD_WITH_SPACES = re.compile(r"\s*\S+(?:\s+$)?|\s+")


class Mark(StrEnum):
    SAME = "same"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


@dataclass(frozen=True)
class Piece:
    """A run of words that share what happened to them."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class PartDifference:
    """One part of a clause (`name`: a field of ClauseContent) that isn't what it was. Pitfalls are keys, a line each."""

    name: str
    pieces: tuple[Piece, ...]


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from one text to the other: without what was put in they are `old`, without what was taken out `new`.

    Whole words change, never letters; a space or full stop between two changed words counts as changed, so that a reader sees
    one phrase taken out and one put in.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(_pieces(before, after, matcher.get_matching_blocks()))


def content_difference(old: ClauseContent, new: ClauseContent) -> tuple[PartDifference, ...]:
    """The parts of a clause that differ, in the order in which a clause is read."""
    pairs = ((field.name, _text(old, field.name), _text(new, field.name)) for field in fields(ClauseContent))
    return tuple(
        PartDifference(name, word_difference(before, after)) for name, before, after in pairs if before != after
    )


def around_changes(pieces: Sequence[Piece], words: int = 6) -> tuple[Piece, ...]:
    """The same difference in short: of what stayed the same, this many words beside each change, “…” for the rest."""
    last = len(pieces) - 1
    return tuple(
        replace(piece, text=_shortened(piece.text, words if place else 0, words if place < last else 0))
        if piece.mark is Mark.SAME
        else piece
        for place, piece in enumerate(pieces)
    )


def _shortened(text: str, first: int, last: int) -> str:
    """The first and last words of a text; the whole where that would leave out a word or two only."""
    chunks = _WORD_WITH_SPACES.findall(text)
    if len(chunks) <= first + last + 2:
        return text
    return "".join(chunks[:first]) + " …" + "".join(chunks[len(chunks) - last :])


def _text(content: ClauseContent, name: str) -> str:
    value = getattr(content, name)
    return value if isinstance(value, str) else "\n".join(sorted(value))


def _pieces(before: list[str], after: list[str], blocks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    at_before = at_after = 0
    for start_before, start_after, length in _without_islands(before, blocks):
        if gone := "".join(before[at_before:start_before]):
            yield Piece(Mark.TAKEN_OUT, gone)
        if come := "".join(after[at_after:start_after]):
            yield Piece(Mark.PUT_IN, come)
        at_before, at_after = start_before + length, start_after + length
        if same := "".join(before[start_before:at_before]):
            yield Piece(Mark.SAME, same)


def _without_islands(before: list[str], blocks: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Leaves out what stayed the same by chance: spaces and signs without a word, between two changes."""
    first, last = 0, len(blocks) - 1
    for place, (start, other, length) in enumerate(blocks):
        at_an_end = (place == first and start == other == 0) or place >= last - 1
        if at_an_end or any(token[0].isalnum() for token in before[start : start + length]):
            yield start, other, length
