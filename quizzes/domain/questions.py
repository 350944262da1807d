"""What a question says to those who answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from quizzes.domain.digests import digest


@dataclass(frozen=True)
class Option:
    """One answer to choose: `id` is for ever, `text` is in one language; `part` is the gap whose list it stands in, if any."""

    id: str
    text: str
    part: str = ""


@dataclass(frozen=True)
class Part:
    """What is answered one by one: a premise to match, a gap to fill (`kind` says how), a line that somebody says."""

    id: str
    text: str = ""
    kind: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class Picture:
    """An image of the library by its number, and what it shows in words."""

    id: int
    alt: str


@dataclass(frozen=True)
class QuestionContent:
    """What learners read before they answer, in one language. Nothing in it, not even an order, tells what is right.

    unit: the unit that a number is asked in. keeps_order: options are shown as they stand here, not shuffled.
    """

    stem: str
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    unit: str = ""
    picture: Picture | None = None
    keeps_order: bool = False

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        return cls(
            values["stem"],
            tuple(Option(**option) for option in values["options"]),
            tuple(Part(**part) for part in values.get("parts", ())),
            values.get("unit", ""),
            Picture(**values["picture"]) if values.get("picture") else None,
            values.get("keeps_order", False),
        )

    def as_mapping(self) -> dict[str, Any]:
        """What a question doesn't have is left out, so that it says the same in every release."""
        others: dict[str, Any] = {
            "parts": [_filled(part) for part in self.parts],
            "unit": self.unit,
            "picture": vars(self.picture) if self.picture else None,
            "keeps_order": self.keeps_order,
        }
        return {"stem": self.stem, "options": [_filled(option) for option in self.options]} | {
            name: value for name, value in others.items() if value
        }

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def part_ids(self) -> tuple[str, ...]:
        return tuple(part.id for part in self.parts)

    def options_of(self, part: str) -> tuple[Option, ...]:
        """The options of a gap; with "" those of the question as a whole."""
        return tuple(option for option in self.options if option.part == part)

    def in_order(self, option_ids: Iterable[str]) -> tuple[Option, ...]:
        by_id = {option.id: option for option in self.options}
        return tuple(by_id[option] for option in option_ids)

    @property
    def sha256(self) -> str:
        return digest(self.as_mapping())


def _filled(item: Option | Part) -> dict[str, str]:
    return {name: value for name, value in vars(item).items() if value or name in {"id", "text"}}


# Not after a title: “What does Pn. Salmah expect?” is one sentence.
_TITLES = "".join(rf"(?<!\b{title}\.)" for title in ("Mr", "Mrs", "Ms", "Dr", "En", "Pn"))
_SENTENCE_END = re.compile(rf"(?<=[.!?…]){_TITLES}(?:[”’»\"')\]]+)?\s+")


def stem_parts(stem: str) -> tuple[str, str]:
    """The situation and the question that is asked about it: the question starts with the last sentence that ends in “?”.

    The situation is empty where the stem is nothing but a question, or asks none.
    """
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(stem))]
    sentences = [stem[start:end] for start, end in zip(starts, [*starts[1:], len(stem)], strict=True)]
    for start, sentence in zip(reversed(starts), reversed(sentences), strict=True):
        if sentence.rstrip(" \n\t”’»\"')]").endswith("?"):
            return stem[:start].strip(), stem[start:].strip()
    return "", stem.strip()
