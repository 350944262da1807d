"""What leads from one edition to another, clause by clause, in the reader's words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wagtail.models import Locale

from core.models import source_language
from people.models import User
from standards.domain.clauses import Wording
from standards.domain.differences import PartDifference, content_difference
from standards.domain.editions import Happened
from standards.selectors.clauses import clause_wordings
from standards.selectors.editions import (
    ChangeMade,
    ChapterPlace,
    ClauseLine,
    ClauseTurn,
    EditionEntry,
    EditionHead,
    changes_made,
    edition_entries,
    editions_for_viewer,
    turns_between,
)


@dataclass(frozen=True)
class ComparedClause:
    """A clause that isn't as it was. `wording` is what it says now, or said last; `was` is set for one that moved.

    parts: what changed, in `parts_language` (a code): the source's where the reader's doesn't show it.
    """

    code: str
    happened: Happened
    wording: Wording
    parts: tuple[PartDifference, ...]
    parts_language: str
    changes: list[ChangeMade]
    was: EditionEntry | None


@dataclass(frozen=True)
class ComparedChapter:
    """A chapter with what happened in it. `was` is set where it had another title or number."""

    place: ChapterPlace
    was: ChapterPlace | None
    clauses: list[ComparedClause]
    same: list[ClauseLine]


@dataclass(frozen=True)
class EditionComparison:
    older: EditionHead
    newer: EditionHead
    chapters: list[ComparedChapter]

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses each thing happened to; one that changed and moved counts as changed."""
        told = [clause.happened for chapter in self.chapters for clause in chapter.clauses]
        counts = {happened.value: told.count(happened) for happened in Happened}
        return {**counts, Happened.SAME.value: sum(len(chapter.same) for chapter in self.chapters)}

    @property
    def changed_chapters(self) -> list[ComparedChapter]:
        return [chapter for chapter in self.chapters if chapter.clauses or chapter.was]

    @property
    def same_chapters(self) -> list[ComparedChapter]:
        return [chapter for chapter in self.chapters if not (chapter.clauses or chapter.was)]


def edition_comparison_for_viewer(viewer: User, older: int, newer: int, locale: Locale) -> EditionComparison | None:
    """What happened from one edition to another, chapter by chapter in the order of the newer; None where one isn't there."""
    heads = {head.number: head for head in editions_for_viewer(viewer)}
    if not {older, newer} <= set(heads):
        return None
    entries = edition_entries({older, newer})
    before, after = entries[older], entries[newer]
    chapters = turns_between(before, after)
    words = _Words({entry.version_id for entry in (*before, *after)}, locale)
    changes = changes_made(turn for chapter in chapters for turn in chapter.turns)
    was = {entry.chapter_key: entry.chapter for entry in before}
    now = {**was, **{entry.chapter_key: entry.chapter for entry in after}}
    compared = []
    for chapter in chapters:
        place, former = now[chapter.chapter_key], was.get(chapter.chapter_key)
        compared.append(
            ComparedChapter(
                place=place,
                was=former if former != place else None,
                clauses=[
                    _compared(turn, words, changes.get(turn, []))
                    for turn in chapter.turns
                    if turn.happened is not Happened.SAME
                ],
                same=[
                    _line(turn.latest.code, words.of(turn.latest))
                    for turn in chapter.turns
                    if turn.happened is Happened.SAME
                ],
            )
        )
    return EditionComparison(heads[older], heads[newer], compared)


class _Words:
    """The words of these versions as the reader gets them, and in the source language; at most three queries."""

    def __init__(self, versions: Collection[int], locale: Locale) -> None:
        self._wordings = clause_wordings(versions, locale)
        is_source = locale.language_code == source_language()
        self._sources = self._wordings if is_source else clause_wordings(versions, Locale.get_default())

    def of(self, entry: EditionEntry) -> Wording:
        return self._wordings[entry.version_id]

    def difference(self, former: EditionEntry, latest: EditionEntry) -> tuple[tuple[PartDifference, ...], str]:
        """Like with like, and its language: the reader's where both versions are there in it and it shows what changed."""
        old, new = self.of(former), self.of(latest)
        if old.language == new.language and (shown := content_difference(old.content, new.content)):
            return shown, new.language
        old, new = self._sources[former.version_id], self._sources[latest.version_id]
        return content_difference(old.content, new.content), new.language


def _line(code: str, wording: Wording) -> ClauseLine:
    return ClauseLine(code, wording.content.title, wording.language, [])


def _compared(turn: ClauseTurn, words: _Words, changes: list[ChangeMade]) -> ComparedClause:
    wording, is_changed = words.of(turn.latest), turn.happened is Happened.CHANGED
    parts, language = (
        words.difference(turn.former, turn.latest) if is_changed and turn.former else ((), wording.language)
    )
    return ComparedClause(
        code=turn.latest.code,
        happened=turn.happened,
        wording=wording,
        parts=parts,
        parts_language=language,
        changes=changes,
        was=turn.former if turn.is_moved else None,
    )
