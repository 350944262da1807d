"""Every write of the standards: publishing versions and editions, signing, and bringing in a company's own file."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.models import Locale, Revision

from core.models import previously_live_revision_id
from people.models import User
from standards.domain.clauses import Change, ChangeType, ClauseContent, compare
from standards.domain.importing import ChapterOutline, Outline
from standards.enums import ChangeKind
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    ChapterPage,
    CitationCheck,
    Clause,
    ClauseText,
    ClauseVersion,
    ClauseVersionText,
    Edition,
    EditionClause,
    StandardsPage,
)
from standards.models.clauses import ClauseVersionAuthor
from standards.selectors.chapters import chapter_minutes, clauses_in_force_unscoped, live_chapters_unscoped
from standards.selectors.citations import outdated_uses_unscoped
from standards.selectors.clauses import clauses_by_id, clauses_in_force
from standards.selectors.reading import signature_for_learner, unsigned_clauses_for_learner
from standards.signals import chapter_acknowledged, clauses_left

_collecting: ContextVar[list[tuple[ChapterPage, int]] | None] = ContextVar("collecting_publications", default=None)


class CodeTaken(Exception):
    """A published text uses the code of another chapter or a retired one."""


class NotMovable(Exception):
    """The clause can't be moved; `reason` says why, in words for the editor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StandardsChanged(Exception):
    """What the reader saw is not what this person has to sign now."""


class NothingToSign(Exception):
    """The chapter has no clause in force."""


class NoDocument(Exception):
    """The site has no standards document that a chapter could be part of."""


@dataclass(frozen=True)
class Imported:
    """The drafts that were made, and the titles of chapters that were there already and left alone."""

    made: tuple[ChapterPage, ...]
    there: tuple[str, ...]


@transaction.atomic
def publish_chapters(*, pages: Iterable[ChapterPage], by: User | None, now: datetime) -> Edition | None:
    """Publish the latest drafts of several chapters as one edition. None if no clause changed."""
    with _one_edition() as published:
        for page in pages:
            page.refresh_from_db(fields=["latest_revision"])
            page.get_latest_revision().publish(user=by)
    return _record_chapters(published, by, now)


@transaction.atomic
def record_publication(*, pages: Sequence[ChapterPage], by: User | None, now: datetime) -> Edition | None:
    """Write the clause versions and the edition that these chapters' live texts call for; None if no clause changed.

    Inside `publish_chapters` it only notes the page. Raises CodeTaken where a text claims a code that isn't the chapter's.
    """
    noted = [(page, previously_live_revision_id(page)) for page in pages]
    if (collected := _collecting.get()) is not None:
        collected.extend(noted)
        return None
    return _record_chapters(noted, by, now)


@transaction.atomic
def move_clause(
    *, code: str, from_chapter: ChapterPage, to_chapter: ChapterPage, by: User | None, now: datetime
) -> ChapterPage:
    """Take a clause out of the latest draft of one chapter and put it at the end of another's; its code and words stay.

    A clause in force stays in force where it is until the chapter it goes to is published, whichever of the two is published
    first. Gives the chapter it goes to; raises NotMovable.
    """
    _lock_document()
    pages = ChapterPage.objects.in_bulk([from_chapter.pk, to_chapter.pk])
    source, target = pages[from_chapter.pk], pages[to_chapter.pk]
    if source == target or not (source.is_source() and target.is_source()):
        raise NotMovable(gettext("Choose another chapter of the document."))
    for page in (source, target):
        if reason := _why_closed(page, by):
            raise NotMovable(reason)
    clause = Clause.objects.filter(code=code).first()
    if clause and (clause.retired_at or clause.home != source.translation_key):
        raise NotMovable(gettext("%(code)s isn't written in this chapter.") % {"code": code})
    draft = source.get_latest_revision_as_object()
    kept = {text.code: text for text in draft.clauses.all()}
    text = kept.pop(code, None) or (_text_in_force(clause) if clause and clause.moving_to else None)
    if text is None:
        raise NotMovable(gettext("%(code)s isn't written in this chapter.") % {"code": code})
    moved = _copied(text)
    if clause:
        clause.moving_to = None if clause.chapter_key == target.translation_key else target.translation_key
        clause.save(update_fields=["moving_to"])
    _save_texts(draft, kept.values(), by)
    arriving = target.get_latest_revision_as_object()
    _save_texts(arriving, [*arriving.clauses.all(), moved], by)
    return arriving


@transaction.atomic
def acknowledge_chapter(
    *, learner: User, chapter_key: uuid.UUID, versions: Collection[int], sentence: str, locale: Locale, now: datetime
) -> Acknowledgement:
    """Sign what this person still has to sign of a chapter: `versions` are the ids of exactly those ClauseVersions, as shown.

    The same signature twice is one: the first is returned. Raises StandardsChanged when what was shown isn't what is to be
    signed now, NothingToSign for a chapter without clauses.
    """
    User.objects.lock(learner)
    edition = Edition.objects.order_by("-number").first()
    if edition is None or not Clause.objects.filter(chapter_key=chapter_key, retired_at=None).exists():
        raise NothingToSign
    to_sign = unsigned_clauses_for_learner(learner, chapter_key, locale)
    if not to_sign and (first := signature_for_learner(learner, versions)):
        return first
    if not to_sign or {clause.version_id for clause in to_sign} != set(versions):
        raise StandardsChanged
    acknowledgement = Acknowledgement.objects.create(
        learner=learner, chapter_key=chapter_key, edition=edition, locale=locale, sentence=sentence, acknowledged_at=now
    )
    AcknowledgedClause.objects.bulk_create(
        AcknowledgedClause(acknowledgement=acknowledgement, version_id=clause.version_id, text_id=clause.text_id)
        for clause in to_sign
    )
    chapter_acknowledged.send(sender=Acknowledgement, acknowledgement=acknowledgement, now=now)
    return acknowledgement


@transaction.atomic
def record_citation_check(*, citing: str, versions: Collection[int], by: User | None, now: datetime) -> None:
    """Somebody found what cites changed clauses still right. citing: the key of its `ClauseUse`; `versions`: ids, as shown.

    The same twice is once. Raises StandardsChanged when what was shown isn't what stands now.
    """
    shown = list(ClauseVersion.objects.filter(pk__in=versions).select_related("clause"))
    use = outdated_uses_unscoped().get(citing)
    left = {clause.version_id for clause in use.clauses} if use else set()
    if not left <= set(versions) or any(version.clause.current_version_id != version.pk for version in shown):
        raise StandardsChanged
    for version in shown:
        CitationCheck.objects.get_or_create(
            citing=citing,
            version=version,
            was_retired=version.clause.retired_at is not None,
            defaults={"checked_by": by, "checked_at": now},
        )


@transaction.atomic
def import_document(*, outline: Outline, by: User | None, now: datetime) -> Imported:
    """Make an unpublished draft of each chapter of the outline, below the standards document. Publishes nothing.

    A chapter is there already if one has its title or its address; it's left alone, so that the same file a second time makes
    nothing. Raises NoDocument.
    """
    _lock_document()
    document = StandardsPage.objects.filter(locale=Locale.get_default()).first()
    if document is None:
        raise NoDocument
    present = list(ChapterPage.objects.child_of(document).values_list("title", "slug"))
    titles, slugs = {title.casefold() for title, _ in present}, {slug for _, slug in present}
    made, there, given = [], [], set[str]()
    for chapter in outline.chapters:
        own = slugify(chapter.title)
        # A title without a Latin letter gives no address of its own.
        slug = _free_slug(own, given) if own else _free_slug("chapter", given | slugs)
        given.add(slug)
        if slug in slugs or chapter.title.casefold() in titles:
            there.append(chapter.title)
        else:
            made.append(_draft_chapter(document, chapter, slug, by))
    return Imported(tuple(made), tuple(there))


@contextmanager
def _one_edition() -> Iterator[list[tuple[ChapterPage, int]]]:
    published: list[tuple[ChapterPage, int]] = []
    token = _collecting.set(published)
    try:
        yield published
    finally:
        _collecting.reset(token)


def _lock_document() -> None:
    """One publication at a time: versions and editions are numbered without gaps."""
    list(StandardsPage.objects.select_for_update(no_key=True).order_by("pk"))


def _why_closed(page: ChapterPage, by: User | None) -> str:
    """Why this person can't change the draft of a chapter now; empty if they can."""
    if page.workflow_in_progress:
        return gettext("“%(title)s” is being approved. Wait until it is, or take it back.") % {"title": page.title}
    lock = page.get_lock()
    if lock and (by is None or lock.for_user(by)):
        return gettext("“%(title)s” is locked, or to be published at a set time.") % {"title": page.title}
    return ""


def _text_in_force(clause: Clause) -> ClauseText:
    present = clauses_by_id([clause.pk], Locale.get_default())[clause.pk]
    return ClauseText(code=clause.code, **present.content.as_mapping())


def _copied(text: ClauseText) -> ClauseText:
    """The same clause for another page, as a row of its own: that of the live page stays where it is."""
    own = {"id", "page", "translation_key", "locale", "sort_order"}
    names = {field.name for field in ClauseText._meta.fields} - own
    return ClauseText(**{name: getattr(text, name) for name in names})


def _save_texts(draft: ChapterPage, texts: Iterable[ClauseText], by: User | None) -> None:
    ordered = list(texts)
    for place, text in enumerate(ordered):
        text.sort_order = place
    draft.clauses = ordered
    draft.save_revision(user=by, log_action=True)


def _record_chapters(published: Iterable[tuple[ChapterPage, int]], by: User | None, now: datetime) -> Edition | None:
    _lock_document()
    recorded = [_record_chapter(page, since_revision, by, now) for page, since_revision in published]
    if not any(changes for changes, _ in recorded):
        return None
    edition = _write_edition(by, now)
    if left := set().union(*(chapters for _, chapters in recorded)):
        clauses_left.send(sender=Edition, chapter_keys=left, now=now)
    return edition


def _record_chapter(
    page: ChapterPage, since_revision: int, by: User | None, now: datetime
) -> tuple[list[Change], set[uuid.UUID]]:
    """What changed, and the keys of the chapters that have a clause less."""
    if not (page.live and page.is_source()):
        return [], set()
    texts = {text.code: text for text in page.clauses.all() if text.code}
    if taken := page.code_faults(texts, goes_live=True):
        raise CodeTaken("; ".join(f"{code}: {fault}" for code, fault in taken.items()))
    contents = {code: text.content for code, text in texts.items()}
    changes = compare(page.digests_in_force(texts), contents, page.arriving_codes())
    authors = _authors(page, since_revision, by)
    for change in changes:
        if change.content is None:
            Clause.objects.filter(code=change.code).update(retired_at=now)
        elif change.type is not ChangeType.MOVED:
            version = _record_version(page, change.content, texts[change.code], by, now)
            ClauseVersionAuthor.objects.bulk_create(
                ClauseVersionAuthor(version=version, user_id=user) for user in sorted(authors)
            )
    left = _receive_clauses(page, texts)
    _finish_page(page)
    for chapter in left:
        _count_minutes(chapter)
    fewer = {page.translation_key} if any(change.content is None for change in changes) else set()
    return changes, fewer | {chapter.translation_key for chapter in left}


def _receive_clauses(page: ChapterPage, codes: Collection[str]) -> list[ChapterPage]:
    """Clauses that were moved to this chapter are there now, and nowhere else. Gives the chapters that they came from."""
    arrived = Clause.objects.filter(moving_to=page.translation_key, code__in=codes)
    left = list(live_chapters_unscoped().filter(translation_key__in=arrived.values("chapter_key")))
    ClauseText.objects.filter(page__in=left, code__in=arrived.values("code")).delete()
    arrived.update(chapter_key=page.translation_key, moving_to=None)
    return left


def _record_version(
    page: ChapterPage, content: ClauseContent, text: ClauseText, by: User | None, now: datetime
) -> ClauseVersion:
    """The next version of a clause, with its words. A first version, and a change that nobody called editorial, is to be signed."""
    clause, _ = Clause.objects.get_or_create(code=text.code, defaults={"chapter_key": page.translation_key})
    before = clause.current_version
    number = before.number + 1 if before else 1
    is_editorial = before is not None and text.change_kind == ChangeKind.EDITORIAL
    version = ClauseVersion.objects.create(
        clause=clause,
        number=number,
        substantive_number=before.substantive_number if before and is_editorial else number,
        sha256=content.sha256,
        change_kind=ChangeKind.EDITORIAL if is_editorial else ChangeKind.SUBSTANTIVE,
        reason=page.change_reason,
        published_at=now,
        published_by=by,
    )
    record_text(version=version, locale=page.locale, content=content, now=now)
    clause.current_version = version
    clause.save(update_fields=["current_version"])
    return version


def record_text(*, version: ClauseVersion, locale: Locale, content: ClauseContent, now: datetime) -> ClauseVersionText:
    """The words of a version in one language; the same words again are the row that is there."""
    return ClauseVersionText.objects.get_or_create(
        version=version,
        locale=locale,
        sha256=content.sha256,
        defaults={"text": content.as_mapping(), "created_at": now},
    )[0]


def _authors(page: ChapterPage, since_revision: int, by: User | None) -> set[int]:
    """Who saved a draft since the text that was live before, and who published."""
    revisions = Revision.objects.for_instance(page).filter(pk__gt=since_revision)
    found = set(revisions.exclude(user=None).values_list("user_id", flat=True))
    return found | ({by.pk} if by else set())


def _finish_page(page: ChapterPage) -> None:
    """Reason and kinds belong to this change alone: the next draft starts without them. Count how long it takes to read."""
    _count_minutes(page)
    type(page).objects.filter(pk=page.pk).update(change_reason="")
    page.clauses.model.objects.filter(page_id=page.pk).update(change_kind="")
    if revision := page.live_revision:
        revision.content["change_reason"] = ""
        for clause in revision.content.get("clauses", ()):
            clause["change_kind"] = ""
        revision.save(update_fields=["content"])


def _count_minutes(page: ChapterPage) -> None:
    minutes = chapter_minutes(page, clauses_in_force(page.translation_key, page.locale))
    type(page).objects.filter(pk=page.pk).update(minutes=minutes)


def _write_edition(by: User | None, now: datetime) -> Edition:
    latest = Edition.objects.order_by("-number").first()
    edition = Edition.objects.create(number=latest.number + 1 if latest else 1, published_at=now, published_by=by)
    EditionClause.objects.bulk_create(
        EditionClause(
            edition=edition,
            version_id=entry.version_id,
            chapter_key=entry.chapter_key,
            chapter_title=entry.chapter_title,
            chapter_number=entry.chapter_number,
            position=entry.position,
        )
        for entry in clauses_in_force_unscoped()
    )
    return edition


def _free_slug(slug: str, taken: Collection[str]) -> str:
    """The address itself, or with the first number that is free: two chapters of one file may have the same title."""
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([slug], numbered) if free not in taken)


def _draft_chapter(document: StandardsPage, chapter: ChapterOutline, slug: str, by: User | None) -> ChapterPage:
    page = ChapterPage(title=chapter.title, slug=slug, owner=by, live=False, has_unpublished_changes=True)
    page.body = [("paragraph", format_html("<p>{}</p>", text)) for text in chapter.introduction]
    page.clauses = [
        ClauseText(
            code=clause.code,
            title=clause.title,
            statement=clause.statement,
            why="\n".join(clause.why),
            sort_order=place,
        )
        for place, clause in enumerate(chapter.clauses)
    ]
    document.add_child(instance=page)
    page.save_revision(user=by)
    return page
