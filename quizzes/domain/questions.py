"""What a question says, what its key holds, and when it may be published."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

FEWEST_OPTIONS = 2


@dataclass(frozen=True)
class Option:
    """One answer to choose: `id` is for ever, `text` is in one language."""

    id: str
    text: str


@dataclass(frozen=True)
class QuestionContent:
    """What learners read before they answer, in one language."""

    stem: str
    options: tuple[Option, ...]

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        return cls(values["stem"], tuple(Option(option["id"], option["text"]) for option in values["options"]))

    def as_mapping(self) -> dict[str, Any]:
        return {"stem": self.stem, "options": [{"id": option.id, "text": option.text} for option in self.options]}

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def sha256(self) -> str:
        return digest(self.as_mapping())


@dataclass(frozen=True)
class KeyContent:
    """What learners see only after they have handed in: the right options (ids), feedback by option id, and for everybody."""

    right: tuple[str, ...] = ()
    feedback: tuple[tuple[str, str], ...] = ()
    general: str = ""

    @classmethod
    def of(cls, right: Collection[str], feedback: Mapping[str, str], general: str) -> Self:
        """In canonical order, blank feedback left out: equal keys are equal objects."""
        said = {option: text.strip() for option, text in feedback.items()}
        return cls(
            tuple(sorted(right)), tuple(sorted((key, text) for key, text in said.items() if text)), general.strip()
        )

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        return cls.of(values["right"], values["feedback"], values["general"])

    def as_mapping(self) -> dict[str, Any]:
        return {"right": list(self.right), "feedback": dict(self.feedback), "general": self.general}

    @property
    def sha256(self) -> str:
        return digest(self.as_mapping())


class Fault(StrEnum):
    """Why a question can't be published yet."""

    NO_STEM = "no_stem"
    TOO_FEW_OPTIONS = "too_few_options"
    BLANK_OPTION = "blank_option"
    SAME_OPTION_TWICE = "same_option_twice"
    UNKNOWN_KIND = "unknown_kind"
    NOT_ONE_RIGHT = "not_one_right"
    NONE_RIGHT = "none_right"
    NO_CLAUSE = "no_clause"


def publishing_faults(kind: str, content: QuestionContent, key: KeyContent, clauses: Collection[int]) -> list[Fault]:
    """Everything that stands in the way of asking this question; empty when nothing does."""
    texts = [option.text.strip().casefold() for option in content.options]
    right = set(key.right) & set(content.option_ids)
    found = {
        Fault.NO_STEM: not content.stem.strip(),
        Fault.TOO_FEW_OPTIONS: len(texts) < FEWEST_OPTIONS,
        Fault.BLANK_OPTION: not all(texts),
        Fault.SAME_OPTION_TWICE: len(set(texts)) != len(texts),
        Fault.UNKNOWN_KIND: kind not in {"single", "multiple"},
        Fault.NOT_ONE_RIGHT: kind == "single" and len(right) != 1,
        Fault.NONE_RIGHT: kind == "multiple" and not right,
        Fault.NO_CLAUSE: not clauses,
    }
    return [fault for fault, holds in found.items() if holds]


def version_digest(kind: str, content: QuestionContent, key: KeyContent, clauses: Collection[int]) -> str:
    """SHA-256 of all that makes a question what it is: another digest is another version."""
    return digest({"kind": kind, "text": content.as_mapping(), "key": key.as_mapping(), "clauses": sorted(clauses)})


def shuffled(ids: Collection[str], seed: str) -> list[str]:
    """These ids in an order that the seed alone decides, the same on every machine and in every release."""
    return sorted(ids, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())


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


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
