"""A GIFT file cut into what Moodle takes for questions: what stands between blank lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from quizzes.domain.exchange.categories import category_of
from quizzes.domain.exchange.cloze import has_cloze
from quizzes.domain.exchange.gift.text import marked
from quizzes.domain.exchange.records import Note

CATEGORY = "$CATEGORY:"


@dataclass(frozen=True)
class Block:
    """What stands between blank lines: its text from the first line that isn't a comment, and its comments."""

    line: int
    text: str
    comments: tuple[str, ...]
    category: tuple[str, ...]
    category_notes: tuple[Note, ...] = ()

    @cached_property
    def marked(self) -> str:
        """With the escaped characters out of the way."""
        return marked(self.text)


def blocks_of(text: str) -> list[Block]:
    """In order, each with its category; a cloze text that its own blank lines cut is whole again."""
    return list(_whole_cloze(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    category: tuple[str, ...] = ()
    category_notes: tuple[Note, ...] = ()
    lines: list[tuple[int, str]] = []
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        bare = line.strip()
        is_category = bare.startswith(CATEGORY)
        if bare and not is_category:
            lines.append((number, line))
            continue
        if block := _block(lines, category, category_notes):
            yield block
            category_notes = ()
        lines = []
        if is_category:
            category, category_notes = category_of(bare.removeprefix(CATEGORY), number)


def _block(
    lines: Sequence[tuple[int, str]], category: tuple[str, ...], category_notes: tuple[Note, ...]
) -> Block | None:
    comments = tuple(line.strip() for _, line in lines if line.lstrip().startswith("//"))
    said = [(number, "" if line.lstrip().startswith("//") else line) for number, line in lines]
    first = next((place for place, (_, line) in enumerate(said) if line), None)
    if first is None:
        return None
    text = "\n".join(line for _, line in said[first:]).strip()
    return Block(said[first][0], text, comments, category, category_notes)


def _whole_cloze(blocks: Iterable[Block]) -> Iterator[Block]:
    """A cloze text that its own blank lines have cut is put together again, from its title on."""
    waiting: list[Block] = []
    for block in blocks:
        if waiting and _continues(waiting[0], block):
            waiting.append(block)
            continue
        yield from _joined(waiting)
        waiting = [block]
    yield from _joined(waiting)


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    end = max((place for place, block in enumerate(blocks, start=1) if has_cloze(block.marked)), default=0)
    if end:
        comments = tuple(comment for block in blocks[:end] for comment in block.comments)
        yield replace(blocks[0], text="\n\n".join(block.text for block in blocks[:end]), comments=comments)
    yield from blocks[end:]


def _continues(first: Block, block: Block) -> bool:
    """Whether a block may belong to the cloze text that begins with a title in the first: it has no title and no other answers."""
    belong = all(has_cloze(one.marked) or not _has_braces(one) for one in (first, block))
    return belong and _is_titled(first) and not _is_titled(block) and block.category == first.category


def _is_titled(block: Block) -> bool:
    return block.text.startswith("::")


def _has_braces(block: Block) -> bool:
    return "{" in block.marked or "}" in block.marked
