"""Answers as learners give them, the same shape for every kind of question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

LONGEST_VALUE = 200


class WrongChoice(Exception):
    """The answer isn't one that this question takes: not an option of it, an option twice, too many or none."""


@dataclass(frozen=True, order=True)
class Given:
    """One thing said in answer: an option's id or typed text (`value`), for the part of the question that asks for it.

    part: the id of a premise, a gap or a line of a dialogue; empty where the whole question asks one thing.
    """

    value: str
    part: str = ""

    @classmethod
    def from_json(cls, stored: str | list[str]) -> Self:
        return cls(stored) if isinstance(stored, str) else cls(stored[1], stored[0])

    def as_json(self) -> str | list[str]:
        return [self.part, self.value] if self.part else self.value


Answer = tuple[Given, ...]
"""In the order that the kind of question calls canonical; empty for no answer."""


def answer_from_json(stored: Iterable[str | list[str]] | None) -> Answer:
    return tuple(Given.from_json(given) for given in stored or ())


def answer_as_json(answer: Answer) -> list[str | list[str]]:
    return [given.as_json() for given in answer]
