"""The cells of one row, by the names of their columns: words, switches, shares and lists, not yet a question."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from quizzes.domain.exchange.records import LONGEST_QUESTION, Code
from quizzes.domain.exchange.tables.shares import read_share

_YES, _NO = frozenset({"yes", "true", "1", "x", "y"}), frozenset({"no", "false", "0", "n", ""})

Cells = Sequence[str]


class UnreadableRow(Exception):
    """No question comes of this row; code and params say why."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass
class Item:
    """What stands in the columns of one number."""

    number: int
    row: Row

    def __getitem__(self, name: str) -> str:
        return self.row.take(f"{name} {self.number}")

    @property
    def credit(self) -> Fraction | None:
        return self.row.share(f"credit {self.number}")


@dataclass
class Row:
    """used: names of the columns that were asked for; what stands in others has no use."""

    cells: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        self.used.add(name)
        return self.cells.get(name, "").strip()

    @property
    def left(self) -> list[str]:
        return [name for name, cell in self.cells.items() if name and cell.strip() and name not in self.used]

    def refuse_unfit(self, beyond: Cells) -> None:
        if any(cell.strip() for cell in beyond):
            raise UnreadableRow(Code.ROW_TOO_WIDE)
        if sum(map(len, self.cells.values())) > LONGEST_QUESTION:
            raise UnreadableRow(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)

    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code.upper() for code in listed(self.take("clauses").replace(";", ","))))

    def word(self, name: str, words: Mapping[str, Any]) -> Any:
        said = self.take(name)
        if said.casefold() not in words:
            raise UnreadableRow(Code.UNREADABLE_CELL, text=said, column=name)
        return words[said.casefold()]

    def switch(self, name: str) -> bool:
        return bool(self.word(name, dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)))

    def share(self, name: str) -> Fraction | None:
        said = self.take(name)
        share = read_share(said) if said else None
        if said and share is None:
            raise UnreadableRow(Code.NOT_A_WEIGHT, text=said)
        return share

    def right(self) -> frozenset[int]:
        said = re.split(r"[,;\s]+", self.take("right").strip(" ,;"))
        if not all(re.fullmatch(r"\d{0,3}", number) for number in said):
            raise UnreadableRow(Code.UNREADABLE_CELL, text=self.take("right"), column="right")
        return frozenset(int(number) for number in said if number)

    def items(self, *columns: str) -> list[Item]:
        """The numbers of which one of these columns says something, in order."""
        prefixes = {f"{name} " for name in columns}
        found = {
            int(name.rpartition(" ")[2])
            for name, cell in self.cells.items()
            if cell.strip() and any(name.startswith(prefix) and name[len(prefix) :].isdigit() for prefix in prefixes)
        }
        return [Item(number, self) for number in sorted(found)]


def listed(text: str) -> Iterator[str]:
    row = next(csv.reader([" ".join(text.split())], skipinitialspace=True), [])
    return (part.strip() for part in row if part.strip())
