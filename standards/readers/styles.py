"""What the paragraph styles of a Word document say, with what they take from the styles that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap, qn

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
BODY_TEXT = 9
"""The outline level of a paragraph that is no heading."""


def attribute(element: Any, path: str) -> str:
    """The w:val of an element below, or ""."""
    found = element.find(path, nsmap)
    return "" if found is None else found.get(qn("w:val"), "")


class Styles:
    def __init__(self, element: Any) -> None:
        self._by_id = {style.get(qn("w:styleId")): style for style in element.iter(qn("w:style"))}

    def name(self, style: str) -> str:
        return attribute(self._by_id[style], "w:name") if style in self._by_id else ""

    def chain(self, style: str) -> Iterator[tuple[str, Any]]:
        """A style and those that it rests on, nearest first, by id."""
        seen: set[str] = set()
        while style in self._by_id and style not in seen:
            seen.add(style)
            yield style, self._by_id[style]
            style = attribute(self._by_id[style], "w:basedOn")

    def heading_level(self, paragraph: Any) -> int | None:
        """1 for the highest headings, 0 for the title; None for text. Word keeps the names of its own styles in English."""
        if own := attribute(paragraph, "w:pPr/w:outlineLvl"):
            return _level(own)
        for _, style in self.chain(attribute(paragraph, "w:pPr/w:pStyle")):
            name = attribute(style, "w:name")
            if name.lower() == "title":
                return 0
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
            if outline := attribute(style, "w:pPr/w:outlineLvl"):
                return _level(outline)
        return None


def _level(outline: str) -> int | None:
    return int(outline) + 1 if int(outline) < BODY_TEXT else None
