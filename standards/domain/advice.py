"""What a clause lacks to be a good one: advice for whoever writes it, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pyphen import Pyphen

from standards.domain.clauses import ClauseContent

MOST_WORDS = 40
"""Words that a statement may have: people sign it, so they must be able to keep it in mind."""

PROSE = ("statement", "why", "looks_like", "is_not", "you_decide", "beyond_that")
BINDING = ("statement", "you_decide", "beyond_that", "indicator_measure")
"""Parts in which a vague word leaves people guessing what to do."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s”’\"')]|$)")


class Lack(StrEnum):
    INDICATOR = "indicator"
    REVERSE_EXAMPLE = "reverse_example"
    BREVITY = "brevity"
    PRECISION = "precision"
    EASE = "ease"


@dataclass(frozen=True)
class Advice:
    """One thing that a clause lacks; `detail` is what was found: words counted, vague words, a reading grade."""

    lack: Lack
    detail: str = ""


def advice(content: ClauseContent, *, vague_words: Iterable[str], highest_grade: int) -> list[Advice]:
    """What to improve, the gravest first. The reading grade is that of English text; without any prose there is none."""
    return list(_advice(content, vague_words, highest_grade))


def reading_grade(text: str) -> float:
    """School years that an English text asks for (Flesch and Kincaid 1975); 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(_syllables(word.casefold()) for word in words)
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def vague_words_in(text: str, vague_words: Iterable[str]) -> list[str]:
    """Those of the words or phrases that stand in the text, in the order of the list, whatever their capitals."""
    return [word for word in vague_words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]


def _advice(content: ClauseContent, vague_words: Iterable[str], highest_grade: int) -> Iterator[Advice]:
    if not (content.indicator_kind and content.indicator_target and content.indicator_measure):
        yield Advice(Lack.INDICATOR)
    if not content.is_not:
        yield Advice(Lack.REVERSE_EXAMPLE)
    if (count := len(content.statement.split())) > MOST_WORDS:
        yield Advice(Lack.BREVITY, str(count))
    if vague := vague_words_in("\n".join(getattr(content, part) for part in BINDING), vague_words):
        yield Advice(Lack.PRECISION, ", ".join(vague))
    prose = "\n".join(filter(None, (getattr(content, part) for part in PROSE)))
    if (grade := reading_grade(prose)) > highest_grade:
        yield Advice(Lack.EASE, f"{grade:.0f}")


def _syllables(word: str) -> int:
    return len(_hyphens().positions(word)) + 1


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US", left=1, right=1)
