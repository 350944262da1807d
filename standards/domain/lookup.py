"""Finding a clause by what somebody types at the counter, slips of the thumb included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

WEIGHTS = {"code": 12, "title": 6, "tags": 6, "statement": 4, "you_decide": 4, "beyond_that": 3, "pitfalls": 3}
"""What a word counts by where it stands; anywhere else it counts 1."""

WHOLE, BEGINNING = 1.0, 0.3
"""A word that is what was typed, and one that only begins so: “fee” is less likely to mean “feel”."""
NEAR = 0.78
"""How like each other two words must be for one to be a slip of the other, 0 to 1 (Ratcliff and Obershelp)."""

SHORTEST_SLIP = 4
"""Letters below which a word is taken as typed: too many short words are near each other."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """A query as it is looked up. read_as: word as typed → the words that it was taken for, where nothing says it as typed."""

    terms: tuple[tuple[str, ...], ...]
    read_as: Mapping[str, tuple[str, ...]]


def plain(text: str) -> str:
    """Without capitals and accents, so that “Cafe” finds “café”."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def read(query: str, vocabulary: Collection[str]) -> Reading:
    """What to look for: each word as typed if something begins with it, else the known words that are nearest to it."""
    terms: list[tuple[str, ...]] = []
    read_as: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(words(query)):
        if any(known.startswith(word) for known in vocabulary):
            terms.append((word,))
            continue
        near = get_close_matches(word, vocabulary, n=3, cutoff=NEAR) if len(word) >= SHORTEST_SLIP else []
        if near:
            read_as[word] = tuple(near)
        terms.append(tuple(near) or (word,))
    return Reading(tuple(terms), read_as)


def score(reading: Reading, parts: Mapping[str, Sequence[str]]) -> float:
    """How well the parts of a clause (name → words) answer; 0 unless every word of the query stands in one of them."""
    best = [max((_worth(term, parts) for term in choices), default=0.0) for choices in reading.terms]
    return sum(best) if best and all(best) else 0.0


def marks(reading: Reading, text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that was looked for; together they are the text."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        if any(plain(match[0]).startswith(term) for choices in reading.terms for term in choices):
            pieces += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def vocabulary_of(clauses: Iterable[Mapping[str, Sequence[str]]]) -> set[str]:
    return {word for parts in clauses for part in parts.values() for word in part}


def _worth(term: str, parts: Mapping[str, Sequence[str]]) -> float:
    return max((WEIGHTS.get(name, 1) * _likeness(term, found) for name, found in parts.items()), default=0.0)


def _likeness(term: str, found: Sequence[str]) -> float:
    if term in found:
        return WHOLE
    return BEGINNING if any(word.startswith(term) for word in found) else 0.0
