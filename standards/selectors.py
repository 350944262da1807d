"""Reads of the standards: what is in force, what a person has signed, what a chapter looks like to its reader."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from people.models import User
from standards.domain.acknowledging import InForce, clauses_to_sign
from standards.domain.clauses import ClauseContent, reading_minutes
from standards.enums import IndicatorKind, Pitfall
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    ChapterPage,
    Clause,
    ClauseText,
    ClauseVersion,
    ClauseVersionText,
    Edition,
)


@dataclass(frozen=True)
class ClauseInForce:
    """A clause as it stands now, in the reader's language where there is a text in it, else in the source language."""

    clause_id: int
    code: str
    chapter_key: uuid.UUID
    version_id: int
    number: int
    substantive_number: int
    text_id: int
    locale_id: int
    content: ClauseContent

    @property
    def indicator_kind(self) -> str:
        return str(IndicatorKind(self.content.indicator_kind).label) if self.content.indicator_kind else ""

    @property
    def pitfalls(self) -> list[str]:
        return [str(Pitfall(pitfall).label) for pitfall in self.content.pitfalls]


@dataclass(frozen=True)
class EditionEntry:
    """Where a version in force stands in the document."""

    version_id: int
    chapter_key: uuid.UUID
    chapter_title: str
    chapter_number: int
    position: int


@dataclass(frozen=True)
class SignedClause:
    number: int
    acknowledged_at: datetime


@dataclass(frozen=True)
class ChapterCard:
    """A chapter in the list of chapters."""

    page: ChapterPage
    number: int
    minutes: int
    clauses: list[ClauseInForce]
    signed_at: datetime | None
    to_sign: int


@dataclass(frozen=True)
class ChapterReading:
    """A chapter as its reader sees it."""

    page: ChapterPage
    number: int
    edition: Edition | None
    minutes: int
    clauses: list[ClauseInForce]
    signed: dict[int, SignedClause]
    to_sign: set[int]
    signed_at: datetime | None
    locale: Locale

    @property
    def changed(self) -> list[ClauseInForce]:
        """Signed before, changed since, to be signed again."""
        return [
            clause for clause in self.clauses if clause.clause_id in self.to_sign and clause.clause_id in self.signed
        ]


def reader_locale() -> Locale:
    """The content locale for the language of the request; the source language where there is none."""
    return Locale.objects.filter(language_code=get_language() or "").first() or Locale.get_default()


def source_language() -> str:
    """The language that the standards are written in: its code, which queries join on rather than look its Locale up."""
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))


def live_chapters_unscoped() -> QuerySet[ChapterPage]:
    """Published chapters of the source language, in the order of the document."""
    return ChapterPage.objects.live().filter(locale__language_code=source_language(), alias_of=None).order_by("path")


def chapters_for_viewer(viewer: User) -> list[ChapterPage]:
    return [page for page in live_chapters_unscoped() if page.is_for(viewer)]


def current_edition() -> Edition | None:
    return Edition.objects.order_by("-number").first()


def clauses_in_force(chapter_key: uuid.UUID | None, locale: Locale) -> list[ClauseInForce]:
    """Clauses of a chapter (of all chapters for None), in the order of the live page, each with its text in `locale` or the source's."""
    clauses = Clause.objects.filter(retired_at=None)
    if chapter_key is not None:
        clauses = clauses.filter(chapter_key=chapter_key)
    found = _present(clauses, locale)
    order = _positions([clause.code for clause in found])
    return sorted(found, key=lambda clause: (order.get(clause.code, len(order)), clause.clause_id))


def clauses_in_force_unscoped() -> list[EditionEntry]:
    """Every version in force with its place, for an edition."""
    chapters = {
        page.translation_key: (number, page.title) for number, page in enumerate(live_chapters_unscoped(), start=1)
    }
    positions: dict[uuid.UUID, int] = defaultdict(int)
    entries = []
    for clause in clauses_in_force(None, Locale.get_default()):
        if clause.chapter_key not in chapters:
            continue
        number, title = chapters[clause.chapter_key]
        positions[clause.chapter_key] += 1
        entries.append(
            EditionEntry(clause.version_id, clause.chapter_key, title, number, positions[clause.chapter_key])
        )
    return entries


def clause_contents(versions: Collection[int], locale: Locale) -> dict[int, ClauseContent]:
    """The words of these versions (ids), in `locale` or the source's: for debriefs, feedback and certificates."""
    return {version: text.content for version, text in _texts(versions, locale).items()}


def clauses_by_id(clause_ids: Collection[int], locale: Locale) -> dict[int, ClauseInForce]:
    """These clauses as they stand now, retired ones with their last version."""
    return {clause.clause_id: clause for clause in _present(Clause.objects.filter(pk__in=clause_ids), locale)}


def clause_choices_unscoped() -> list[tuple[int, str]]:
    """Clauses in force as “REL-1 Keep the promise”, for the admin's choosers."""
    return [
        (clause.clause_id, f"{clause.code} {clause.content.title}")
        for clause in clauses_in_force(None, Locale.get_default())
    ]


def clause_for_viewer(
    viewer: User, code: str, locale: Locale
) -> tuple[Clause, ClauseInForce, ChapterPage | None] | None:
    """One clause by its code, with the chapter to read it in; a retired one is still found. None for an unknown code."""
    clause = Clause.objects.filter(code=code, current_version__isnull=False).select_related("current_version").first()
    if clause is None:
        return None
    page = next((page for page in chapters_for_viewer(viewer) if page.translation_key == clause.chapter_key), None)
    return clause, clauses_by_id([clause.pk], locale)[clause.pk], page


def chapter_cards_for_learner(viewer: User, locale: Locale) -> list[ChapterCard]:
    """The list of chapters with their clauses and what this person has signed; a fixed number of queries."""
    by_chapter: dict[uuid.UUID, list[ClauseInForce]] = defaultdict(list)
    for clause in clauses_in_force(None, locale):
        by_chapter[clause.chapter_key].append(clause)
    signed = _signed(viewer, None)
    signed_at = dict(
        Acknowledgement.objects.filter(learner=viewer)
        .order_by()
        .values_list("chapter_key")
        .annotate(latest=Max("acknowledged_at"))
    )
    return [
        ChapterCard(
            page=page,
            number=number,
            minutes=page.minutes,
            clauses=by_chapter[page.translation_key],
            signed_at=signed_at.get(page.translation_key),
            to_sign=len(_to_sign(by_chapter[page.translation_key], signed)),
        )
        for number, page in enumerate(live_chapters_unscoped(), start=1)
        if page.is_for(viewer)
    ]


def chapter_for_learner(viewer: User, slug: str, locale: Locale) -> ChapterReading | None:
    """A chapter with its clauses in force and the reader's signatures. None if there is none or it isn't for this person."""
    number, page = next(
        ((number, page) for number, page in enumerate(live_chapters_unscoped(), start=1) if page.slug == slug),
        (0, None),
    )
    if page is None or not page.is_for(viewer):
        return None
    clauses = clauses_in_force(page.translation_key, locale)
    signed = _signed(viewer, page.translation_key)
    latest = Acknowledgement.objects.filter(learner=viewer, chapter_key=page.translation_key).first()
    return ChapterReading(
        page=page,
        number=number,
        edition=current_edition(),
        minutes=page.minutes,
        clauses=clauses,
        signed=signed,
        to_sign=set(_to_sign(clauses, signed)),
        signed_at=latest.acknowledged_at if latest else None,
        locale=locale,
    )


def unsigned_clauses_for_learner(learner: User, chapter_key: uuid.UUID) -> list[int]:
    """Ids of the chapter's clauses that this person has still to sign."""
    clauses = clauses_in_force(chapter_key, Locale.get_default())
    return _to_sign(clauses, _signed(learner, chapter_key))


def chapter_minutes(page: ChapterPage, clauses: Iterable[ClauseInForce]) -> int:
    """Minutes to read the chapter."""
    body = sum(len(str(block.value).split()) for block in page.body)
    return reading_minutes([body, *(clause.content.words for clause in clauses)])


def version_ids_in_force(clause_ids: Collection[int]) -> dict[int, int]:
    """Clause id → id of its version in force."""
    clauses = Clause.objects.filter(pk__in=clause_ids, current_version__isnull=False)
    return dict(clauses.values_list("pk", "current_version_id"))


def clause_ids_by_code(codes: Collection[str]) -> dict[str, int]:
    return dict(Clause.objects.filter(code__in=codes).values_list("code", "pk"))


def clause_ids_in_force() -> dict[str, int]:
    """Code → id of every clause in force."""
    return dict(Clause.objects.filter(retired_at=None, current_version__isnull=False).values_list("code", "pk"))


def _present(clauses: QuerySet[Clause], locale: Locale) -> list[ClauseInForce]:
    """The present version of each of these clauses, with its words."""
    versions = list(ClauseVersion.objects.filter(pk__in=clauses.values("current_version")).select_related("clause"))
    texts = _texts([version.pk for version in versions], locale)
    return [_in_force(version, texts[version.pk]) for version in versions]


def _in_force(version: ClauseVersion, text: ClauseVersionText) -> ClauseInForce:
    return ClauseInForce(
        clause_id=version.clause_id,
        code=version.clause.code,
        chapter_key=version.clause.chapter_key,
        version_id=version.pk,
        number=version.number,
        substantive_number=version.substantive_number,
        text_id=text.pk,
        locale_id=text.locale_id,
        content=text.content,
    )


def _texts(versions: Collection[int], locale: Locale) -> dict[int, ClauseVersionText]:
    """The newest text of each version in this locale, else in the source locale."""
    languages = {locale.language_code, source_language()}
    rows = ClauseVersionText.objects.filter(version__in=versions, locale__language_code__in=languages).order_by("pk")
    chosen: dict[int, ClauseVersionText] = {}
    for row in rows:
        if row.version_id not in chosen or row.locale_id == locale.pk or chosen[row.version_id].locale_id != locale.pk:
            chosen[row.version_id] = row
    return chosen


def _positions(codes: Collection[str]) -> dict[str, int]:
    """Where each code stands in the live pages of the source language, counted through the document."""
    texts = ClauseText.objects.filter(
        code__in=codes, page__locale__language_code=source_language(), page__alias_of=None, page__live=True
    )
    in_order = texts.order_by("page__path", "sort_order", "pk").values_list("code", flat=True)
    return {code: place for place, code in enumerate(in_order)}


def _signed(learner: User, chapter_key: uuid.UUID | None) -> dict[int, SignedClause]:
    """Clause id → the highest version signed, and when."""
    rows = AcknowledgedClause.objects.filter(acknowledgement__learner=learner)
    if chapter_key is not None:
        rows = rows.filter(acknowledgement__chapter_key=chapter_key)
    return {
        clause: SignedClause(number, at)
        for clause, number, at in rows.order_by("version__number", "acknowledgement__acknowledged_at").values_list(
            "version__clause", "version__number", "acknowledgement__acknowledged_at"
        )
    }


def _to_sign(clauses: Iterable[ClauseInForce], signed: dict[int, SignedClause]) -> list[int]:
    in_force = (InForce(clause.clause_id, clause.number, clause.substantive_number) for clause in clauses)
    return clauses_to_sign(in_force, {clause: entry.number for clause, entry in signed.items()})
