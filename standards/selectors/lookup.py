"""Looking a clause up by its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from functools import lru_cache

from django.utils.translation import get_language
from wagtail.models import Locale

from people.models import User
from standards.domain.clauses import ClauseContent
from standards.domain.lookup import Reading, read, score, vocabulary_of, words
from standards.enums import Pitfall
from standards.models import ChapterPage
from standards.selectors.chapters import ChapterWords, chapter_words, chapters_for_viewer
from standards.selectors.clauses import ClauseInForce, clauses_in_force, tags_by_code

MOST = 30
"""Results on a page: who needs more has typed too little."""


@dataclass(frozen=True)
class Found:
    clause: ClauseInForce
    chapter: ChapterPage
    tags: tuple[str, ...]
    chapter_words: ChapterWords


@dataclass(frozen=True)
class Lookup:
    """What a query finds, nearest first. `total` and `chapters` (with how many clauses each) are before one chapter was chosen."""

    reading: Reading
    found: list[Found]
    total: int
    chapters: list[tuple[ChapterPage, ChapterWords, int]]

    @property
    def is_cut(self) -> bool:
        return len(self.found) == MOST


def look_up(viewer: User, query: str, locale: Locale, chapter: str = "") -> Lookup:
    """Clauses in force of this person's chapters that say every word of the query; `chapter` (a slug) narrows. A fixed number of queries.

    All of them are read: a company has hundreds, not thousands, and so a slip of the thumb is found on every database.
    """
    pages = {page.translation_key: page for page in chapters_for_viewer(viewer)}
    clauses = [clause for clause in clauses_in_force(None, locale) if clause.chapter_key in pages]
    language = get_language()
    tags = tags_by_code()
    spoken = {
        clause.clause_id: _words_of(clause.code, clause.content, tags[clause.code], language) for clause in clauses
    }
    reading = read(query, vocabulary_of(spoken.values()))
    scores = {clause.clause_id: score(reading, spoken[clause.clause_id]) for clause in clauses}
    hits = sorted(
        (clause for clause in clauses if scores[clause.clause_id]), key=lambda clause: -scores[clause.clause_id]
    )
    counts = Counter(clause.chapter_key for clause in hits)
    told = chapter_words(pages.values(), locale)
    found = [Found(clause, pages[clause.chapter_key], tags[clause.code], told[clause.chapter_key]) for clause in hits]
    return Lookup(
        reading=reading,
        found=[hit for hit in found if chapter in ("", hit.chapter.slug)][:MOST],
        total=len(hits),
        chapters=[(page, told[key], counts[key]) for key, page in pages.items() if counts[key]],
    )


@lru_cache(maxsize=2000)
def _words_of(code: str, content: ClauseContent, tags: tuple[str, ...], language: str) -> dict[str, list[str]]:
    """Part of the clause, tags included → its words, pitfalls in this language: kept, for splitting words took most of the time."""
    parts = {field.name: getattr(content, field.name) for field in fields(ClauseContent) if field.name != "pitfalls"}
    pitfalls = " ".join(str(Pitfall(pitfall).label) for pitfall in content.pitfalls)
    # A code is found as REL-2, rel 2 and rel2.
    written = [*words(code), *words(code.replace("-", ""))]
    told = {**parts, "pitfalls": pitfalls, "tags": " ".join(tags)}
    return {name: words(text) for name, text in told.items()} | {"code": written}
