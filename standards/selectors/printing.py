"""An edition as it is printed: whole or one chapter, and the file if there is one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale

from core.models import source_language
from core.selectors import organisation, organisation_zone
from people.models import User
from standards.domain.clauses import Wording
from standards.domain.editions import Happened
from standards.models import ClauseVersionText, Edition, EditionClause, EditionFile
from standards.selectors.clauses import locale_of_all
from standards.selectors.editions import (
    ChangeMade,
    ChapterAsOf,
    ChapterPlace,
    ClauseTurn,
    EditionEntry,
    changes_made,
    chapters_as_of,
    edition_entries,
    turns_between,
)

TOLD = (Happened.ADDED, Happened.CHANGED, Happened.RETIRED, Happened.MOVED)
"""What the list of changes tells, in its order."""


@dataclass(frozen=True)
class EditionPrint:
    """What somebody asks for: an edition (or the chapter of it with this key), the language it comes in, and its file."""

    edition: Edition
    chapter_key: uuid.UUID | None
    place: ChapterPlace | None
    locale: Locale
    file: EditionFile | None


@dataclass(frozen=True)
class PrintedChange:
    """A clause that isn't as the edition before had it. `was` is set for one that moved; is_here: it stands in the sheet."""

    happened: Happened
    code: str
    title: str
    language: str
    changes: list[ChangeMade]
    was: EditionEntry | None
    is_here: bool


@dataclass(frozen=True)
class PrintedEdition:
    """Everything on the sheets. chapter: the only one there is in it, None for the whole; since: the edition before, if any."""

    organisation: str
    mark: str
    language: str
    source_language: str
    number: int
    published_on: date
    chapter: ChapterPlace | None
    chapters: list[ChapterAsOf]
    since: int | None
    changes: dict[Happened, list[PrintedChange]]


def edition_print_for_viewer(
    viewer: User, number: int, chapter_key: uuid.UUID | None, locale: Locale
) -> EditionPrint | None:
    """What there is to print of an edition, for everybody who is signed in; None where there is no such edition or chapter."""
    edition = Edition.objects.filter(number=number).first()
    if edition is None or not viewer.is_authenticated:
        return None
    clauses = EditionClause.objects.filter(edition=edition)
    if chapter_key is not None:
        clauses = clauses.filter(chapter_key=chapter_key)
    rows = list(clauses.values_list("version", "chapter_number", "chapter_title"))
    if chapter_key is not None and not rows:
        return None
    printed = locale_of_all([version for version, *_ in rows], locale)
    place = ChapterPlace(*rows[0][1:]) if chapter_key is not None else None
    return EditionPrint(edition, chapter_key, place, printed, edition_file_unscoped(edition, chapter_key, printed))


def edition_file_unscoped(edition: Edition, chapter_key: uuid.UUID | None, locale: Locale) -> EditionFile | None:
    return EditionFile.objects.filter(edition=edition, chapter_key=chapter_key, locale=locale).first()


def unprinted_editions_unscoped() -> QuerySet[Edition]:
    """Editions that aren't there as a file, as a whole and in the source language; the newest first, which people ask for."""
    whole = EditionFile.objects.filter(
        edition=OuterRef("pk"), chapter_key=None, locale__language_code=source_language()
    )
    return Edition.objects.filter(~Exists(whole)).order_by("-number")


def printed_edition_unscoped(
    edition: Edition, chapter_key: uuid.UUID | None, locale: Locale, mark: str
) -> PrintedEdition:
    """The text of an edition with what changed since the one before; `mark` is where the logo is."""
    entries = edition_entries({edition.number, edition.number - 1})
    before, after = entries[edition.number - 1], entries[edition.number]
    turns = [
        turn
        for chapter in turns_between(before, after)
        if chapter_key is None or chapter.chapter_key == str(chapter_key)
        for turn in chapter.turns
    ]
    texts = ClauseVersionText.objects.best_for({turn.latest.version_id for turn in turns}, locale)
    made = changes_made(turns)
    shown = [entry for entry in after if chapter_key is None or entry.chapter_key == str(chapter_key)]
    told: dict[Happened, list[PrintedChange]] = {happened: [] for happened in TOLD}
    for turn in turns:
        if turn.happened is not Happened.SAME:
            told[turn.happened].append(_change(turn, texts, made.get(turn, [])))
    return PrintedEdition(
        organisation=organisation().name,
        mark=mark,
        language=locale.language_code,
        source_language=source_language(),
        number=edition.number,
        published_on=edition.published_at.astimezone(organisation_zone()).date(),
        chapter=shown[0].chapter if chapter_key is not None else None,
        chapters=chapters_as_of(
            shown, {version: Wording(text.content, text.language) for version, text in texts.items()}
        ),
        since=edition.number - 1 or None,
        changes={happened: changes for happened, changes in told.items() if changes},
    )


def _change(turn: ClauseTurn, texts: dict[int, Any], changes: list[ChangeMade]) -> PrintedChange:
    text = texts[turn.latest.version_id]
    return PrintedChange(
        happened=turn.happened,
        code=turn.latest.code,
        title=text.content.title,
        language=text.language,
        changes=changes,
        was=turn.former if turn.is_moved else None,
        is_here=turn.happened is not Happened.RETIRED,
    )
