"""Markdown (CommonMark with tables) as blocks of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from standards.domain.importing import Block, BlockKind
from standards.readers.limits import MEGABYTE, FileRefused

LARGEST_TEXT = 2 * MEGABYTE
LONGEST_PARAGRAPH = 20_000
MOST_BRACKETS = 500
"""In one paragraph: the parser looks for the end of a link from each of them."""
DEEPEST = 100
LONGEST_ADDRESS = 500

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


def read_markdown(content: bytes) -> list[Block]:
    return _Reader(_text(content)).blocks()


def _text(content: bytes) -> str:
    if len(content) > LARGEST_TEXT:
        raise FileRefused("A Markdown file may have 2 MB; this one is larger. Split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"Line {line} isn't UTF-8. Save the file as UTF-8 text.") from error
    if "\0" in text:
        raise FileRefused("This isn't text: it holds zero bytes. Save the file as UTF-8 text.")
    return "\n".join(text.splitlines()) + "\n"


class _Reader:
    def __init__(self, text: str) -> None:
        # HTML is parsed so that its tags can be left out and its text kept.
        self._parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").disable("inline")
        self._tags: list[str] = []
        self._lists: list[_List] = []
        self._front_matter = _FRONT_MATTER.match(text)
        if self._front_matter:
            text = "\n" * self._front_matter[0].count("\n") + text[self._front_matter.end() :]
        self._lines = text.split("\n")
        self._references: dict[str, Any] = {}
        self._tokens = self._parser.parse(text, self._references)

    def blocks(self) -> list[Block]:
        if any(token.level >= DEEPEST - 2 for token in self._tokens):
            raise FileRefused(f"Lists or quotations lie more than {DEEPEST // 2 - 1} deep in one another.")
        found = []
        if self._front_matter:
            found.append(Block(BlockKind.MARKUP, self._front_matter[1], place="line 1"))
        found += self._body()
        if self._tags:
            found.append(Block(BlockKind.MARKUP, f"{len(self._tags)} tags, the first {self._tags[0][:80]}"))
        return found

    def _body(self) -> Iterator[Block]:
        tokens = iter(self._tokens)
        for token in tokens:
            match token.type:
                case "heading_open" if token.level == 0:
                    text, *pictures = self._inline(next(tokens))
                    yield replace(text, kind=BlockKind.HEADING, level=int(token.tag[1]))
                    yield from pictures
                case "table_open":
                    yield from self._table(token, tokens)
                case "inline":
                    text, *pictures = self._inline(token)
                    yield self._in_its_list(text)
                    yield from pictures
                case "fence" | "code_block":
                    yield self._in_its_list(Block(BlockKind.PARAGRAPH, token.content, place=_place(token)))
                case "html_block":
                    yield Block(BlockKind.MARKUP, token.content, place=_place(token))
                case _:
                    self._follow_lists(token)

    def _follow_lists(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                self._lists.append(_List(token.type == "ordered_list_open", self._indent(token)))
            case "ordered_list_close" | "bullet_list_close":
                self._lists.pop()
            case "list_item_open":
                self._lists[-1].start_item(token, self._indent(token))

    def _in_its_list(self, block: Block) -> Block:
        """The first text of an item stands for it; more text of the same item is a paragraph."""
        if not self._lists or self._lists[-1].has_text:
            return block
        innermost = self._lists[-1]
        innermost.has_text = True
        kind = BlockKind.NUMBERED if all(each.is_ordered for each in self._lists) else BlockKind.LIST_ITEM
        depth = len(self._lists) - 1 + sum(each.is_deeper for each in self._lists)
        return replace(block, kind=kind, level=depth, number=innermost.number)

    def _indent(self, token: Token) -> int:
        line = self._lines[token.map[0] if token.map else 0]
        return len(line) - len(line.lstrip(" "))

    def _table(self, opening: Token, tokens: Iterator[Token]) -> Iterator[Block]:
        cells, pictures = [], []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "inline":
                cell, *found = self._inline(token)
                cells.append(cell.text)
                pictures += found
        yield Block(BlockKind.TABLE, " | ".join(filter(None, cells)), place=_place(opening))
        yield from pictures

    def _inline(self, token: Token) -> list[Block]:
        """The text of a paragraph, then the pictures in it."""
        place = _place(token)
        if len(token.content) > LONGEST_PARAGRAPH or token.content.count("[") > MOST_BRACKETS:
            raise FileRefused(
                f"The paragraph in {place} is too long: at most {LONGEST_PARAGRAPH:,} characters and {MOST_BRACKETS} brackets."
            )
        pieces: list[Token] = []
        self._parser.inline.parse(token.content, self._parser, self._references, pieces)
        self._tags += [piece.content for piece in pieces if piece.type == "html_inline"]
        pictures = [
            Block(BlockKind.PICTURE, f"{piece.content} ({_address(piece, 'src')})", place=place)
            for piece in pieces
            if piece.type == "image"
        ]
        return [Block(BlockKind.PARAGRAPH, _plain(pieces), place=place), *pictures]


class _List:
    """A list that is open, and the item of it that is being read."""

    def __init__(self, is_ordered: bool, indent: int) -> None:
        self.is_ordered = is_ordered
        self.number = ""
        self.is_deeper = False
        self.has_text = False
        self._indent = indent

    def start_item(self, token: Token, indent: int) -> None:
        self.number = f"{token.info}{token.markup}" if self.is_ordered else ""
        # Two spaces are meant as a deeper list, though CommonMark wants three below a number.
        self.is_deeper = indent - self._indent >= 2
        self.has_text = False


def _plain(pieces: Sequence[Token]) -> str:
    """Text without marks; the address of a link in brackets behind its text."""
    text, addresses = [], []
    for piece in pieces:
        match piece.type:
            case "text" | "code_inline" | "text_special":
                text.append(piece.content)
            case "softbreak" | "hardbreak":
                text.append(" ")
            case "link_open":
                addresses.append(_address(piece, "href"))
            case "link_close":
                address = addresses.pop()
                text.append("" if address in "".join(text) else f" ({address})")
    return "".join(text)


def _address(link: Token, attribute: str) -> str:
    """Where it leads, cut: many links may share one address of a megabyte."""
    return str(link.attrGet(attribute))[:LONGEST_ADDRESS]


def _place(token: Token) -> str:
    return f"line {token.map[0] + 1}" if token.map else ""
