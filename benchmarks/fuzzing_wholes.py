"""Files that are whole and mean nonsense: XML stays well-formed and tables stay tables, so that readers get to what they say."""

from __future__ import annotations

import copy
import csv
import io
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.tables import COLUMNS, NUMBERED, write_rows
from quizzes.domain.exchange.tables.columns import KIND_WORDS

_FIGURES = "0 1 -1 +1 2 33 33.33333 50 -50 100 100.01 200 1e999 -1e9 1e-99 1/3 1/0 -0 0x10 1_000 1,5 1,234.5 NaN inf １２ ½ ∞ 1:2 1..2 5% -"
_NUMBERS = (*_FIGURES.split(), "9" * 51, "9" * 5_000, "0." + "3" * 400)
_WORDS = (
    "* ** a*b true FALSE yes no x ß İ 漢 \ufdd0 \ufffd \u202e ' \" =1+1 '=1 @ \\ :: REL-1 clause:x difficulty:2 piawai:odd "
    "piawai:keeps-order $course$/top/a//b choice 1;2;3 [[99]] {1:MC:=a~b} {1:SA: {9:X:} <!-- &lt;b&gt; &#1114112; &nbsp; "
    "<p>a<br>b</p> **a**_b_`c`![d](e) iVBORw0KGgo= R0lGODlh !!!!"
)
_TEXTS = (
    *_WORDS.split(),
    *("", " ", "\n", "a\nb\r\nc", "1, 2", "text; choice 2", "number 999", "[[1]] and [[2]]", "A) x", "ANSWER: A"),
    *("{1:SA:=a~*#no} {2:NM:=1:2~%50%3}", "<img src='@@PLUGINFILE@@/a.png'>", "<a href='javascript:x'>b</a>"),
    *("/" * 200, "a/" * 60, "<" * 300, "x" * 5_000, "{1:MC:=a}" * 99),
)


def odd(chance: random.Random) -> str:
    return chance.choice(chance.choice((_NUMBERS, _TEXTS)))


# XML

_TAGS = (
    "question name text questiontext generalfeedback answer feedback subquestion file tags tag coursetags units unit multiplier unit_name "
    "tolerance single shuffleanswers usecase hidden idnumber defaultgrade penalty category info unitgradingtype unitpenalty showunits "
    "selecttype gradingtype hint correctfeedback odd"
)
_TYPES = "multichoice multichoiceset truefalse shortanswer numerical matching match ordering cloze multianswer essay category odd"
_ATTRIBUTES = {
    "type": tuple(_TYPES.split()),
    "format": ("html", "markdown", "plain_text", "moodle_auto_format", "", "odd"),
    "encoding": ("base64", "hex", ""),
    "name": ("a.png", "../a.png", "a b.pdf", "", "." * 300),
    "fraction": _NUMBERS,
}
_MOST_ELEMENTS = 3_000


@cache
def _questions(seeds: tuple[bytes, ...]) -> tuple[Element, ...]:
    found: list[Element] = []
    for seed in seeds:
        try:
            found += fromstring(seed).findall("question")
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            continue
    return tuple(found)


def xml_file(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """A few of the questions of the seeds after some changes that leave them well-formed."""
    root = Element("quiz")
    root.extend(copy.deepcopy(chance.choices(_questions(tuple(seeds)), k=chance.randint(1, 6))))
    for _ in range(chance.randint(1, 15)):
        parents = [node for node in root.iter() if len(node)]
        if parents:
            chance.choice(_XML_CHANGES)(root, chance.choice(parents), chance)
    content: bytes = tostring(root, encoding=chance.choice(("utf-8", "utf-8", "utf-16", "us-ascii")))
    return content


def _delete(root: Element, parent: Element, chance: random.Random) -> None:
    parent.remove(chance.choice(parent))


def _duplicate(root: Element, parent: Element, chance: random.Random) -> None:
    times = chance.choice((1, 1, 1, 3, 30, 600))
    child = chance.choice(parent)
    if times * sum(1 for _ in child.iter()) < _MOST_ELEMENTS:
        parent.extend(copy.deepcopy(child) for _ in range(times))


def _swap(root: Element, parent: Element, chance: random.Random) -> None:
    one, other = (chance.randrange(len(parent)) for _ in range(2))
    parent[one], parent[other] = parent[other], parent[one]


def _move(root: Element, parent: Element, chance: random.Random) -> None:
    child = chance.choice(parent)
    chance.choice(list(root.iter())).append(copy.deepcopy(child))
    parent.remove(child)


def _nest(root: Element, parent: Element, chance: random.Random) -> None:
    child = chance.choice(parent)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 45))):
        outer = Element(chance.choice(_TAGS.split()))
        outer.append(copy.deepcopy(child))
        child = outer
    parent.append(child)


def _rename(root: Element, parent: Element, chance: random.Random) -> None:
    chance.choice(parent).tag = chance.choice(_TAGS.split())


def _attribute(root: Element, parent: Element, chance: random.Random) -> None:
    name = chance.choice(list(_ATTRIBUTES))
    carriers = [node for node in parent.iter() if name in node.attrib] or list(parent)
    chance.choice(carriers).set(name, chance.choice(_ATTRIBUTES[name]))


def _say(root: Element, parent: Element, chance: random.Random) -> None:
    chance.choice([node for node in parent.iter() if not len(node)] or list(parent)).text = odd(chance)


_XML_CHANGES = (_delete, _duplicate, _swap, _move, _nest, _rename, _attribute, _attribute, _say, _say, _say)


# Tables

_HEADINGS = (
    *COLUMNS,
    *(f"{name} {number}" for name in NUMBERED for number in (1, 2, 3, 7, 500, 501)),
    "Stem",
    "Option_2",
    "odd",
    "",
)


def _rows(chance: random.Random) -> list[list[str]]:
    """Some of the examples after some changes; mostly, their columns are still found."""
    rows = write_rows(chance.choices(examples(), k=chance.randint(1, 4)))
    for _ in range(chance.randint(1, 25)):
        chance.choice(_TABLE_CHANGES)(rows, chance)
    return rows


def _cell(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows[1:] or rows)
    if row:
        row[chance.randrange(len(row))] = odd(chance)


def _kind(rows: list[list[str]], chance: random.Random) -> None:
    chance.choice(rows[1:] or rows)[:1] = [chance.choice((*KIND_WORDS.values(), odd(chance)))]


def _cells(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows[1:] or rows)
    one, other = (chance.randrange(len(row) or 1) for _ in range(2))
    if row:
        row[one], row[other] = row[other], row[one]


def _columns(rows: list[list[str]], chance: random.Random) -> None:
    one, other = (chance.randrange(2, 1 + max(2, len(rows[0]) - 1)) for _ in range(2))
    for row in rows:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _heading(rows: list[list[str]], chance: random.Random) -> None:
    if chance.random() < 0.2:
        rows[0][chance.randrange(len(rows[0]))] = chance.choice(_HEADINGS)


def _new_column(rows: list[list[str]], chance: random.Random) -> None:
    unused = [name for name in _HEADINGS if name not in rows[0]]
    for row in rows:
        row.append(odd(chance))
    rows[0][-1] = chance.choice(unused or ["odd"])


def _repeat(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    rows += [list(row) for _ in range(chance.choice((1, 1, 2, 50)))]


def _shorten(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    del row[chance.randint(2, max(2, len(row))) :]


_TABLE_CHANGES = (_cell, _cell, _cell, _cell, _kind, _cells, _columns, _heading, _new_column, _repeat, _shorten)


def csv_file(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=chance.choice(",,,;\t|"), quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    )
    writer.writerows(_rows(chance))
    return text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")), errors="replace")


def xlsx_file(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    with_formulas = chance.random() < 0.05
    titles = chance.choice((["Questions"], ["Sheet1"], ["Other", "questions"]))
    sheets = {
        title: [[_value(text, with_formulas, chance) for text in row] for row in _rows(chance)] for title in titles
    }
    # All chances were taken: a workbook that is left half-written, as by a test that stops drawing, complains.
    workbook = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _value(text: str, with_formulas: bool, chance: random.Random) -> Any:
    """Mostly as it stands; now and then as a number, a date or a truth."""
    if chance.random() < 0.02:
        return chance.choice(
            (None, True, 0.5, -0.0, 1e300, 7, 2**60, datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None))
        )
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    return f"'{text}" if text.startswith("=") and not with_formulas else text
