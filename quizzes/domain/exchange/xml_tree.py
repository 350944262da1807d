"""XML from strangers as a plain tree that knows its lines: no entities, no document type, nothing fetched, not too deep."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import ContentHandler, SAXException, SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

DEEPEST = 40
"""Elements inside each other; Moodle's own files have seven."""
MOST_ELEMENTS = 300_000


class XmlRefused(Exception):
    """This can't be read as XML: `line` says where, the message why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


class XmlForbidden(XmlRefused):
    """It declares entities or a document type of its own, as no export does."""


class XmlTooDeep(XmlRefused):
    """Too many elements inside each other, or too many altogether."""


@dataclass(eq=False, slots=True)
class Node:
    """An element: `text` is what stands in it and in no element below."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def length(self, *, but: str) -> int:
        """Characters in it and below, elements of one name left out."""
        below = sum(child.length(but=but) for child in self.children if child.tag != but)
        return below + sum(map(len, self.pieces))

    def count(self, character: str) -> int:
        """How often it stands in the text of it and below."""
        below = sum(child.count(character) for child in self.children)
        return below + sum(piece.count(character) for piece in self.pieces)

    def all(self, tag: str) -> Iterator[Node]:
        return (child for child in self.children if child.tag == tag)

    def first(self, *path: str) -> Node | None:
        """Down this path, the first of each name."""
        found: Node | None = self
        for tag in path:
            found = next(found.all(tag), None) if found else None
        return found

    def said(self, *path: str) -> str:
        """The text at the end of the path; "" where there is none."""
        found = self.first(*path)
        return found.text if found else ""


def read_tree(content: bytes) -> Node:
    """The root element. Raises XmlRefused."""
    builder = _Builder()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException as error:
        raise XmlForbidden(builder.line, "entities or a document type") from error
    except SAXParseException as error:
        raise XmlRefused(error.getLineNumber() or 0, error.getMessage()) from error
    except (SAXException, LookupError, ValueError) as error:
        # An encoding that nobody knows, or one of several bytes that expat can't be told.
        raise XmlRefused(1, str(error)) from error
    return builder.root


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self._locator: Any = None
        self._open: list[Node] = []
        self._count = 0
        self.root = Node("", 0)

    @property
    def line(self) -> int:
        return self._locator.getLineNumber() or 0 if self._locator else 0

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802  (named by SAX)
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        node = Node(name, self.line, dict(attrs.items()))
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise XmlTooDeep(self.line, "too many elements inside each other")
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].pieces.append(content)
