"""The standards as one reader sees them: what is signed, and what is left to sign."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Subquery
from wagtail.models import Locale

from people.models import User
from standards.contributions import signatures_count_since
from standards.domain.acknowledging import InForce, clauses_to_sign
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    ChapterPage,
    Clause,
    Edition,
)
from standards.selectors.changes import ClauseChange, changes_since
from standards.selectors.chapters import (
    ChapterWords,
    chapter_words,
    chapters_for_viewer,
    current_edition,
    live_chapters_unscoped,
)
from standards.selectors.clauses import ClauseInForce, clauses_by_id, clauses_in_force


@dataclass(frozen=True)
class SignedClause:
    """The last version of a clause that somebody signed, and when. again_since: signatures count only since then."""

    version_id: int
    number: int
    acknowledged_at: datetime
    again_since: datetime | None

    @property
    def is_counting(self) -> bool:
        return self.again_since is None or self.acknowledged_at >= self.again_since


@dataclass(frozen=True)
class ToSign:
    """What somebody has to sign of a chapter. held: ids of clauses of which they have signed a version that still holds.

    again_since: since then it is asked for once more, held or not.
    """

    clauses: list[ClauseInForce]
    held: frozenset[int]
    again_since: datetime | None


@dataclass(frozen=True)
class ClauseReading:
    """One clause, with the chapter to read it in. page, words: None for a clause without a chapter that this person may read."""

    record: Clause
    clause: ClauseInForce
    page: ChapterPage | None
    words: ChapterWords | None


@dataclass(frozen=True)
class ChapterCard:
    """A chapter in the list of chapters."""

    page: ChapterPage
    words: ChapterWords
    number: int
    minutes: int
    clauses: list[ClauseInForce]
    signed_at: datetime | None
    to_sign: int


@dataclass(frozen=True)
class ChapterReading:
    """A chapter as its reader sees it. By clause id: what is signed, what is to sign, and what changed in that since it was signed.

    again_since: a refresher that began then asks to sign it once more, whole.

    page: of the source language; locale: the one to read in, where there are words in it.
    """

    page: ChapterPage
    words: ChapterWords
    number: int
    edition: Edition | None
    minutes: int
    clauses: list[ClauseInForce]
    signed: dict[int, SignedClause]
    to_sign: dict[int, ClauseInForce]
    changes: dict[int, ClauseChange]
    signed_at: datetime | None
    locale: Locale
    again_since: datetime | None

    @property
    def is_untranslated(self) -> bool:
        """Whether nothing of the chapter is in the language to read in."""
        return self.locale.language_code not in {self.words.language, *(clause.language for clause in self.clauses)}

    @property
    def languages(self) -> list[str]:
        """The languages (codes) of the clauses that are to be signed."""
        return sorted({clause.language for clause in self.to_sign.values()})

    @property
    def is_about_changes(self) -> bool:
        """Whether the reader signed before, and has only what changed since, or is new, to sign."""
        return bool(self.signed and self.to_sign) and not self.is_once_more

    @property
    def is_once_more(self) -> bool:
        """Whether all of it is to be signed once more."""
        return bool(self.signed and self.to_sign) and self.again_since is not None


def clause_for_viewer(viewer: User, code: str, locale: Locale) -> ClauseReading | None:
    """One clause by its code; a retired one is still found. None for an unknown code."""
    clause = Clause.objects.filter(code=code, current_version__isnull=False).select_related("current_version").first()
    if clause is None:
        return None
    page = next((page for page in chapters_for_viewer(viewer) if page.translation_key == clause.chapter_key), None)
    words = chapter_words([page], locale)[page.translation_key] if page else None
    return ClauseReading(clause, clauses_by_id([clause.pk], locale)[clause.pk], page, words)


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
    pages = [(number, page) for number, page in enumerate(live_chapters_unscoped(), start=1) if page.is_for(viewer)]
    words = chapter_words([page for _number, page in pages], locale)
    return [
        ChapterCard(
            page=page,
            words=words[page.translation_key],
            number=number,
            minutes=page.minutes,
            clauses=by_chapter[page.translation_key],
            signed_at=signed_at.get(page.translation_key),
            to_sign=len(_to_sign(by_chapter[page.translation_key], signed)),
        )
        for number, page in pages
    ]


def chapter_for_learner(viewer: User, slug: str, locale: Locale) -> ChapterReading | None:
    """A chapter with its clauses in force and the reader's signatures. None if there is none or it isn't for this person."""
    chapters = live_chapters_unscoped()
    up_to_it = chapters.filter(path__lte=OuterRef("path")).order_by().values("alias_of").annotate(count=Count("pk"))
    page = chapters.filter(slug=slug).annotate(number=Subquery(up_to_it.values("count"))).first()
    if page is None or not page.is_for(viewer):
        return None
    clauses = clauses_in_force(page.translation_key, locale)
    signed = _signed(viewer, page.translation_key)
    to_sign = {clause.clause_id: clause for clause in _to_sign(clauses, signed)}
    held = _held(clauses, signed)
    changed = {key: to_sign[key].version_id for key in to_sign if key in signed and key not in held}
    return ChapterReading(
        page=page,
        number=page.number,
        words=chapter_words([page], locale)[page.translation_key],
        edition=current_edition(),
        minutes=page.minutes,
        clauses=clauses,
        signed=signed,
        to_sign=to_sign,
        changes=changes_since({clause: signed[clause].version_id for clause in changed}, changed, locale),
        signed_at=max((entry.acknowledged_at for entry in signed.values()), default=None),
        locale=locale,
        again_since=_again_since(signed),
    )


def to_sign_for_learner(learner: User, chapter_key: uuid.UUID, locale: Locale | None = None) -> ToSign:
    """In the order of the page. Two queries."""
    clauses = clauses_in_force(chapter_key, locale or Locale.get_default())
    signed = _signed(learner, chapter_key)
    return ToSign(_to_sign(clauses, signed), _held(clauses, signed), _again_since(signed))


def unsigned_clauses_for_learner(
    learner: User, chapter_key: uuid.UUID, locale: Locale | None = None
) -> list[ClauseInForce]:
    """The chapter's clauses that this person has still to sign, or to sign once more, in the order of the page."""
    return to_sign_for_learner(learner, chapter_key, locale).clauses


def signature_for_learner(learner: User, versions: Collection[int]) -> Acknowledgement | None:
    """The first signature of this person that was for these versions (ids) and no others."""
    signed = Acknowledgement.objects.filter(learner=learner, clauses__version__in=versions).distinct()
    for acknowledgement in signed.order_by("acknowledged_at", "pk").prefetch_related("clauses"):
        if {entry.version_id for entry in acknowledgement.clauses.all()} == set(versions):
            return acknowledgement
    return None


def chapter_signature_for_learner(learner: User, chapter_key: uuid.UUID) -> Acknowledgement | None:
    """The signature after which nothing of the chapter was left to sign; None while something is."""
    if unsigned_clauses_for_learner(learner, chapter_key):
        return None
    signed = Acknowledgement.objects.filter(learner=learner, clauses__version__clause__chapter_key=chapter_key)
    return signed.order_by("-acknowledged_at", "-pk").first()


def _signed(learner: User, chapter_key: uuid.UUID | None) -> dict[int, SignedClause]:
    """Clause id → the highest version signed, wherever the clause stood then."""
    rows = AcknowledgedClause.objects.filter(acknowledgement__learner=learner)
    if chapter_key is not None:
        rows = rows.filter(version__clause__chapter_key=chapter_key)
    since = signatures_count_since(learner="acknowledgement__learner", chapter_key="version__clause__chapter_key")
    return {
        clause: SignedClause(*signed)
        for clause, *signed in rows.annotate(since=since)
        .order_by("version__number", "acknowledgement__acknowledged_at")
        .values_list("version__clause", "version", "version__number", "acknowledgement__acknowledged_at", "since")
    }


def _again_since(signed: Mapping[int, SignedClause]) -> datetime | None:
    """Of the clauses signed in one chapter."""
    return next((entry.again_since for entry in signed.values()), None)


def _held(clauses: Collection[ClauseInForce], signed: Mapping[int, SignedClause]) -> frozenset[int]:
    missing = _missing(clauses, {clause: entry.number for clause, entry in signed.items()})
    return frozenset(clause.clause_id for clause in clauses) - missing


def _to_sign(clauses: Collection[ClauseInForce], signed: Mapping[int, SignedClause]) -> list[ClauseInForce]:
    missing = _missing(clauses, {clause: entry.number for clause, entry in signed.items() if entry.is_counting})
    return [clause for clause in clauses if clause.clause_id in missing]


def _missing(clauses: Collection[ClauseInForce], signed: Mapping[int, int]) -> set[int]:
    """signed: clause id → highest number."""
    in_force = (InForce(clause.clause_id, clause.number, clause.substantive_number) for clause in clauses)
    return set(clauses_to_sign(in_force, signed))
