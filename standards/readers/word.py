"""A Word document (.docx) as blocks of plain text.

python-docx opens the package; what it hands out as text leaves out tracked insertions, content controls, text boxes, notes and
numbers, so these are read from its XML. Page headers, comments and Word's own table of contents aren't part of the text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from standards.domain.importing import Block, BlockKind
from standards.readers.limits import FileRefused, refuse_unsafe_archive
from standards.readers.numbering import Numbering
from standards.readers.styles import Styles, attribute

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = {qn("w:t"), f"{_MATHS}t"}
_SPACE = {qn("w:tab"), qn("w:br"), qn("w:cr")}
_PICTURE = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_NOTE = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_CLOSED = {qn("w:p"), qn("w:tbl"), *_PICTURE}
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), f"{_COMPATIBILITY}Fallback"}
_TABLE_OF_CONTENTS = re.compile(r"toc \d|toc heading", re.IGNORECASE)


def read_word(content: bytes) -> list[Block]:
    refuse_unsafe_archive(content)
    try:
        return list(_Reader(docx.Document(io.BytesIO(content))).blocks())
    except Exception as error:  # python-docx has no exception of its own for what it can't read
        raise FileRefused(
            "Word's parts of this file can't be read. Open it in Word and save it as an ordinary .docx (not “Strict Open XML”)."
        ) from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = Styles(document.styles.element)
        self._numbering = Numbering(self._part(document, "numbering"), self._styles)
        self._notes = {kind: _notes(self._part(document, kind)) for kind in _NOTE.values()}

    def blocks(self) -> Iterator[Block]:
        pieces = (
            piece for piece in _pieces(self._body) if any(True for _ in piece.iter(*_TEXT, *_PICTURE, qn("w:delText")))
        )
        for count, piece in enumerate(pieces, start=1):
            place = f"paragraph {count}"
            if piece.tag == qn("w:tbl"):
                paragraphs = list(piece.iter(qn("w:p")))
                text = " | ".join(filter(None, map(_text, paragraphs)))
                yield Block(BlockKind.TABLE, text, place=place)
            else:
                paragraphs = [piece]
                yield from self._paragraph(piece, place)
            for paragraph in paragraphs:
                yield from self._beside(paragraph, place)

    def _paragraph(self, paragraph: Any, place: str) -> Iterator[Block]:
        style = attribute(paragraph, "w:pPr/w:pStyle")
        text = _text(paragraph)
        number = self._numbering.next_for(paragraph) if text.strip() else None
        level = self._styles.heading_level(paragraph)
        if _TABLE_OF_CONTENTS.match(self._styles.name(style)):
            return
        if level is not None:
            yield Block(BlockKind.HEADING, text, level, number.label if number else "", place)
        elif number:
            kind = BlockKind.LIST_ITEM if number.is_bullet else BlockKind.NUMBERED
            yield Block(kind, text, number.depth, number.label, place)
        else:
            yield Block(BlockKind.PARAGRAPH, text, place=place)

    def _beside(self, paragraph: Any, place: str) -> Iterator[Block]:
        """What hangs on a paragraph: pictures, text boxes, notes, deleted text."""
        deleted = "".join(node.text or "" for node in _below(paragraph, set()) if node.tag == qn("w:delText"))
        if deleted.strip():
            yield Block(BlockKind.DELETED, deleted, place=place)
        for node in _below(paragraph, _LEFT_OUT):
            if node.tag in _PICTURE:
                yield from _drawing(node, place)
            # A note is read once, however often it is pointed to.
            elif (kind := _NOTE.get(node.tag)) and (note := self._notes[kind].pop(node.get(qn("w:id")), "")):
                yield Block(BlockKind.FOOTNOTE, note, place=place)

    @staticmethod
    def _part(document: Any, kind: str) -> Any:
        """The XML of a part that the document has once, or None. Links to what is outside of the file aren't followed."""
        for relation in document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None


def _pieces(container: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, also inside content controls and the like."""
    for child in container:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child)


def _notes(part: Any) -> dict[str, str]:
    notes = () if part is None else part
    return {note.get(qn("w:id")): " ".join(map(_text, note.iter(qn("w:p")))) for note in notes}


def _below(element: Any, left_out: Collection[str]) -> Iterator[Any]:
    """Everything below an element but what is in other paragraphs or in a picture: each word belongs to one paragraph."""
    for child in element:
        if child.tag in left_out:
            continue
        yield child
        if child.tag not in _CLOSED:
            yield from _below(child, left_out)


def _text(paragraph: Any) -> str:
    def words(node: Any) -> str:
        if node.tag in _TEXT:
            return node.text or ""
        return " " if node.tag in _SPACE else "-" if node.tag == qn("w:noBreakHyphen") else ""

    return "".join(map(words, _below(paragraph, _LEFT_OUT)))


def _drawing(drawing: Any, place: str) -> Iterator[Block]:
    """The text of a text box; else a picture, with the description that Word keeps of it."""
    boxed = [node for node in _inside(drawing) if node.tag == qn("w:p")]
    for paragraph in boxed:
        yield Block(BlockKind.PARAGRAPH, _text(paragraph), place=place)
    if not boxed:
        described = (
            node.get("descr") or node.get("name")
            for node in drawing.iter()
            if "descr" in node.attrib or "name" in node.attrib
        )
        yield Block(BlockKind.PICTURE, next((text for text in described if text), ""), place=place)


def _inside(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag not in _LEFT_OUT:
            yield child
            yield from _inside(child)
