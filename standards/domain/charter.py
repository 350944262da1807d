"""The customer charter: what customers may expect, in the words of the clauses that are marked public."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

SHEET = "charter-1"
"""The sheet and its version: raised when its look changes, so that it is set anew."""

SIZES = ("largest", "larger", "large", "small", "smaller", "smallest")
"""Sizes in which the sheet is tried until it fits on one page; static/css/charter.css has one class for each."""


@dataclass(frozen=True)
class CharterClause:
    """What customers read of a clause: nothing of how staff work, decide or fail."""

    code: str
    title: str
    statement: str
    target: str
    measure: str

    @property
    def length(self) -> int:
        """How much room it takes on the sheet, about, in characters; what stands around the words counts as two lines."""
        return 120 + len(self.title) + len(self.statement) + len(self.target) + len(self.measure)


@dataclass(frozen=True)
class Charter:
    """Everything that the page and the sheet show. logo: id of the organisation's picture; address: of the page, in full."""

    organisation: str
    logo: int | None
    address: str
    language: str
    edition: int
    published_on: date
    clauses: tuple[CharterClause, ...]

    @property
    def columns(self) -> tuple[tuple[CharterClause, ...], tuple[CharterClause, ...]]:
        """The clauses in two columns of about the same length, the first the longer one."""
        total, before, split = sum(clause.length for clause in self.clauses), 0, 0
        for clause in self.clauses:
            if 2 * before >= total:
                break
            before, split = before + clause.length, split + 1
        return self.clauses[:split], self.clauses[split:]

    @property
    def sha256(self) -> str:
        """Digest of what is shown: the same charter is the same file."""
        shown = {**asdict(self), "published_on": self.published_on.isoformat(), "sheet": SHEET}
        canonical = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
