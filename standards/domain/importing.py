"""From the blocks of a company's file to an outline of chapters and clauses, and a report of what found no place in it.

Nothing is lost: every word of the blocks is in the outline or in the report.
"""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

TITLE_LENGTH = 120
_CUT = " …"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class BlockKind(StrEnum):
    HEADING = "heading"
    NUMBERED = "numbered"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"
    PICTURE = "picture"
    FOOTNOTE = "footnote"
    DELETED = "deleted text"
    MARKUP = "markup"


class Reason(StrEnum):
    """Why a piece of the file has no place in the draft, as the report says it."""

    TABLE = "A table: write its rows as clauses."
    PICTURE = "A picture: put it into the chapter by hand."
    FOOTNOTE = "A footnote: put it where it belongs."
    DELETED = "Deleted with tracked changes. What was inserted counts as accepted."
    MARKUP = "HTML or settings: not taken over."
    BEFORE_FIRST_CHAPTER = "Text before the first chapter."
    NUMBERED_WITHOUT_CHAPTER = "A numbered paragraph without a chapter: it needs a heading above it."
    TITLE_TOO_LONG = "A title over 120 characters: it was cut; this is all of it."
    HEADING_ALONE = "A heading with no text directly below it."
    HEADING_OVER_CLAUSES = "A heading over several numbered clauses: a chapter has no groups."


@dataclass(frozen=True)
class Block:
    """One piece of a file, as plain text.

    `level` is the rank of a heading (0 for the document's title) or the depth of a numbered paragraph or list item (0 outermost);
    `number` what stands before it ("2.1", "(a)"); `place` where it was, in words a reader can use ("line 12").
    `order` counts blocks; `make_outline` sets it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: str = ""
    place: str = ""
    order: int = 0


@dataclass(frozen=True)
class ClauseOutline:
    code: str
    title: str
    statement: str
    why: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class ChapterOutline:
    title: str
    number: str = ""
    introduction: tuple[str, ...] = ()
    clauses: tuple[ClauseOutline, ...] = ()


@dataclass(frozen=True)
class Unplaced:
    reason: Reason
    text: str
    place: str


@dataclass(frozen=True)
class Outline:
    """`title` is the document's own, where one heading stands over all chapters."""

    title: str
    chapters: tuple[ChapterOutline, ...]
    unplaced: tuple[Unplaced, ...]


_NEVER_PLACED = {
    BlockKind.TABLE: Reason.TABLE,
    BlockKind.PICTURE: Reason.PICTURE,
    BlockKind.FOOTNOTE: Reason.FOOTNOTE,
    BlockKind.DELETED: Reason.DELETED,
    BlockKind.MARKUP: Reason.MARKUP,
}


def make_outline(blocks: Iterable[Block], *, taken: Collection[str] = ()) -> Outline:
    """The outline of a file. `taken` are codes that may not be proposed."""
    return _Outliner(taken).outline(blocks)


_TYPED_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)]|[A-Za-z][.)]|\((?:[A-Za-z]|[ivx]{2,5}|\d{1,2})\))\s+(?=\S)"
)
_LETTER_DEPTH = 9


def split_number(text: str) -> tuple[str, int, str]:
    """The number typed before a text, how deep it lies, and the rest: "2.1 Greet" → ("2.1", 1, "Greet"); ("", 0, text) without one.

    A lower-case letter after digits isn't numbering: "1.5 litres", "2. floor" are words of a sentence.
    """
    match = _TYPED_NUMBER.match(text)
    if not match:
        return "", 0, text
    number, rest = match[1], text[match.end() :]
    if not number[0].isdigit():
        return number, _LETTER_DEPTH, rest
    if rest[0].islower():
        return "", 0, text
    return number, len(re.findall(r"\d+", number)) - 1, rest


def short_title(text: str) -> str:
    """The first sentence, without its full stop, or as many first words as fit."""
    first = re.split(r"(?<=[.!?:;])\s+(?![a-z](?![.)]))|(?<=[。！？؟])", text, maxsplit=1)[0]
    if len(first) < 4:  # "Mr. Lim"
        first = text
    return _cut(first.rstrip(".:;。") or first)


def _cut(text: str) -> str:
    if len(text) <= TITLE_LENGTH:
        return text
    room = TITLE_LENGTH - len(_CUT)
    kept = text[: room + 1].rpartition(" ")[0] or text[:room]
    return kept.rstrip() + _CUT


_NO_NAME = {"a", "an", "and", "for", "in", "of", "our", "the", "to", "your"}


def prefixes_for(title: str) -> Iterator[str]:
    """Prefixes of two to five capital letters for a chapter's codes, the most telling first."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = [word.upper() for word in re.findall("[A-Za-z]+", plain) if word.lower() not in _NO_NAME]
    yield from (word[:3] for word in words[:1] if len(word) > 1)
    if 2 <= len(words) <= 5:
        yield "".join(word[0] for word in words)
    yield from (word[:length] for word in words for length in (3, 4, 5, 2) if len(word) >= length)
    start = "".join(words)[:1] or "C"
    yield from (
        start + "".join(letters)
        for length in (1, 2, 3, 4)
        for letters in itertools.product(string.ascii_uppercase, repeat=length)
    )


def _tidied(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block in its place, on one line, its typed number taken off; pieces without a word only where they can't be words."""
    for order, block in enumerate(blocks):
        text = " ".join(_CONTROL.sub(" ", block.text).split())
        if block.kind in _NEVER_PLACED:
            yield replace(block, text=text, order=order)
        elif text:
            yield replace(_with_typed_number(replace(block, text=text)), order=order)


def _with_typed_number(block: Block) -> Block:
    if block.number or block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return block
    number, depth, rest = split_number(block.text)
    if not number:
        return block
    if block.kind == BlockKind.HEADING:
        return replace(block, number=number, text=rest)
    return replace(block, kind=BlockKind.NUMBERED, number=number, level=depth, text=rest)


def _with_numbered_headings(blocks: Sequence[Block]) -> list[Block]:
    """Where hardly anything is a heading, outermost numbers over deeper ones are: "1. Service" above "1.1 Support"."""
    headings = [block for block in blocks if block.kind == BlockKind.HEADING]
    numbered = [block for block in blocks if block.kind == BlockKind.NUMBERED]
    if len(headings) > 1 or not numbered:
        return list(blocks)
    outermost = min(block.level for block in numbered)

    def reads_as_heading(block: Block) -> bool:
        is_outermost = block.kind == BlockKind.NUMBERED and block.level == outermost
        return is_outermost and len(block.text) <= TITLE_LENGTH and block.text[-1] not in ".;:,!?。"

    if not any(
        reads_as_heading(block) and below.kind == BlockKind.NUMBERED and below.level > outermost
        for block, below in itertools.pairwise(blocks)
    ):
        return list(blocks)
    level = headings[0].level + 1 if headings else 1
    return [
        replace(block, kind=BlockKind.HEADING, level=level) if reads_as_heading(block) else block for block in blocks
    ]


def _without_document_title(blocks: list[Block]) -> tuple[str, list[Block]]:
    """A first heading that stands alone above chapters is the document's title. The headings below it are chapters if most of
    them have something to be a clause in turn: deeper headings or numbers; else the document is one chapter, and they are clauses.
    """
    headings = [block for block in blocks if block.kind == BlockKind.HEADING]
    ranks = Counter(block.level for block in headings)
    if len(ranks) < 2 or ranks[headings[0].level] > 1 or headings[0].level != min(ranks):
        return "", blocks
    title = headings[0]
    below = ranks[sorted(ranks)[1]]
    deeper = len(headings) - 1 - below + sum(block.kind == BlockKind.NUMBERED for block in blocks)
    if deeper < below or (title.level > 0 and below == 1):
        return "", blocks
    return _line(title), [block for block in blocks if block is not title]


def _split(blocks: Iterable[Block], level: int) -> list[list[Block]]:
    """What stands before the first heading of this rank or a higher one, then a part for each, its heading first."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == BlockKind.HEADING and block.level <= level:
            parts.append([])
        parts[-1].append(block)
    return parts


def _line(block: Block) -> str:
    mark = block.number or ("•" if block.kind == BlockKind.LIST_ITEM else "")
    return f"{mark} {block.text}" if mark else block.text


def _numbered_clauses(blocks: Sequence[Block]) -> tuple[list[Block], list[ClauseOutline]]:
    """What stands before the first numbered paragraph; and a clause, still without a code, for each one of its depth."""
    first = next((place for place, block in enumerate(blocks) if block.kind == BlockKind.NUMBERED), len(blocks))
    groups: list[list[Block]] = []
    for block in blocks[first:]:
        if block.kind == BlockKind.NUMBERED and block.level <= blocks[first].level:
            groups.append([])
        groups[-1].append(block)
    return list(blocks[:first]), [
        ClauseOutline("", short_title(head.text), head.text, tuple(map(_line, rest)), head.number)
        for head, *rest in groups
    ]


class _Outliner:
    """Holds the report, and the prefixes that are gone, while the chapters are made."""

    def __init__(self, taken: Collection[str]) -> None:
        self._prefixes = {code.partition("-")[0] for code in taken}
        self._unplaced: list[tuple[int, Unplaced]] = []

    def outline(self, blocks: Iterable[Block]) -> Outline:
        placeable = _with_numbered_headings(self._placeable(blocks))
        title, flow = _without_document_title(placeable)
        top = min((block.level for block in flow if block.kind == BlockKind.HEADING), default=0)
        before, *parts = _split(flow, top)
        for block in before:
            is_numbered = block.kind == BlockKind.NUMBERED
            self._report(Reason.NUMBERED_WITHOUT_CHAPTER if is_numbered else Reason.BEFORE_FIRST_CHAPTER, block)
        chapters = [chapter for heading, *rest in parts if (chapter := self._chapter(heading, rest))]
        in_reading_order = sorted(self._unplaced, key=lambda entry: entry[0])
        return Outline(title, tuple(chapters), tuple(entry for _, entry in in_reading_order))

    def _placeable(self, blocks: Iterable[Block]) -> list[Block]:
        kept = []
        for block in _tidied(blocks):
            if reason := _NEVER_PLACED.get(block.kind):
                self._report(reason, block)
            else:
                kept.append(block)
        return kept

    def _chapter(self, heading: Block, blocks: list[Block]) -> ChapterOutline | None:
        lead, *sections = _split(blocks, max((block.level for block in blocks), default=0))
        introduction, clauses = _numbered_clauses(lead)
        for subheading, *rest in sections:
            clauses += self._section(subheading, rest)
        if not introduction and not clauses:
            self._report(Reason.HEADING_ALONE, heading)
            return None
        return ChapterOutline(
            self._title(heading),
            heading.number,
            tuple(map(_line, introduction)),
            tuple(self._coded(heading.text, clauses)),
        )

    def _section(self, heading: Block, blocks: list[Block]) -> list[ClauseOutline]:
        """Text below a heading is its clause; numbered paragraphs directly below it are clauses of their own."""
        if not blocks:
            self._report(Reason.HEADING_ALONE, heading)
            return []
        if blocks[0].kind == BlockKind.NUMBERED:
            self._report(Reason.HEADING_OVER_CLAUSES, heading)
            return _numbered_clauses(blocks)[1]
        statement, *rest = blocks
        title = self._title(heading)
        said = _line(statement) if statement.number else statement.text
        return [ClauseOutline("", title, said, tuple(map(_line, rest)), heading.number)]

    def _title(self, heading: Block) -> str:
        if len(heading.text) > TITLE_LENGTH:
            self._report(Reason.TITLE_TOO_LONG, heading)
        return _cut(heading.text)

    def _coded(self, title: str, clauses: Sequence[ClauseOutline]) -> Iterator[ClauseOutline]:
        if not clauses:
            return
        prefix = next(prefix for prefix in prefixes_for(title) if prefix not in self._prefixes)
        self._prefixes.add(prefix)
        for number, clause in enumerate(clauses, start=1):
            yield replace(clause, code=f"{prefix}-{number}")

    def _report(self, reason: Reason, block: Block) -> None:
        self._unplaced.append((block.order, Unplaced(reason, _line(block), block.place)))
