"""The numbers that Word shows before paragraphs: it counts them when it draws the page, so they are counted here again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import nsmap, qn

from standards.readers.styles import Styles, attribute

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Number:
    label: str
    depth: int
    is_bullet: bool


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    def __init__(self, element: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._levels_of_style: dict[tuple[str, str], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        if element is not None:
            self._read(element)

    def next_for(self, paragraph: Any) -> Number | None:
        """What stands before this paragraph, counted on; None if nothing does. Ask once for each, in their order."""
        found = self._list_of(paragraph)
        if found is None:
            return None
        list_id, depth = found
        abstract, restarts = self._lists[list_id]
        levels = self._levels[abstract]
        if depth not in levels or levels[depth].form in ("bullet", "none"):
            return Number("", depth, is_bullet=True)
        counts = self._counts[abstract]
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in restarts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return Number(_label(levels, counts, depth), depth, is_bullet=False)

    def _list_of(self, paragraph: Any) -> tuple[str, int] | None:
        """List and depth, from the paragraph itself or the nearest style that says so."""
        style = attribute(paragraph, "w:pPr/w:pStyle")
        for name, source in [("", paragraph), *self._styles.chain(style)]:
            if list_id := attribute(source, "w:pPr/w:numPr/w:numId"):
                if list_id not in self._lists:
                    return None
                depth = attribute(source, "w:pPr/w:numPr/w:ilvl")
                return list_id, int(depth) if depth else self._levels_of_style.get((list_id, name), 0)
        return None

    def _read(self, element: Any) -> None:
        for abstract in element.findall("w:abstractNum", nsmap):
            self._levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): _Level(
                    attribute(level, "w:numFmt") or "decimal",
                    attribute(level, "w:lvlText"),
                    int(attribute(level, "w:start") or 1),
                )
                for level in abstract.findall("w:lvl", nsmap)
            }
        for num in element.findall("w:num", nsmap):
            list_id, abstract_id = num.get(qn("w:numId")), attribute(num, "w:abstractNumId")
            if abstract_id not in self._levels:
                continue
            restarts = {
                int(override.get(qn("w:ilvl"))): int(start)
                for override in num.findall("w:lvlOverride", nsmap)
                if (start := attribute(override, "w:startOverride"))
            }
            self._lists[list_id] = (abstract_id, restarts)
            abstract = element.find(f"w:abstractNum[@w:abstractNumId='{int(abstract_id)}']", nsmap)
            for level in abstract.findall("w:lvl", nsmap):
                if style := attribute(level, "w:pStyle"):
                    self._levels_of_style[list_id, style] = int(level.get(qn("w:ilvl")))


def _label(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    def counted(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        form, start = (levels[level].form, levels[level].start) if level in levels else ("decimal", 1)
        return _written(counts.get(level, start), form)

    return re.sub(r"%([1-9])", counted, levels[depth].text).strip()


def _written(number: int, form: str) -> str:
    """A count as a letter or a Roman numeral; anything else, and what these can't write, as digits."""
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        numeral = ""
        for value, sign in _ROMAN:
            numeral += sign * (number // value)
            number %= value
        return numeral.upper() if form == "upperRoman" else numeral
    return str(number)
