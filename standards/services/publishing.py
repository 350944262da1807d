"""Publishing: what goes live writes versions, texts and one edition."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale

from core.models import PublicationRefused
from people.models import User
from standards.domain.clauses import Change, ChangeType, ClauseContent, compare
from standards.enums import ChangeKind
from standards.models import (
    ChapterPage,
    Clause,
    ClauseText,
    ClauseVersion,
    ClauseVersionText,
    Edition,
    EditionClause,
    StandardsPage,
)
from standards.models.approvals import (
    approval_given,
    approver_of,
    contributors_since_live,
    spend_approvals,
)
from standards.models.clauses import ClauseVersionAuthor
from standards.selectors.chapters import (
    chapter_minutes,
    clauses_in_force_unscoped,
    live_chapters_unscoped,
    live_translations_unscoped,
)
from standards.selectors.clauses import clauses_in_force
from standards.signals import clauses_left, edition_published


@dataclass(frozen=True)
class Publication:
    """A chapter that went live, with who wrote on it since it did before, and who approved it where somebody did."""

    page: ChapterPage
    contributors: set[int]
    approved_by: User | None


_collecting: ContextVar[list[Publication] | None] = ContextVar("collecting_publications", default=None)


class CodeTaken(PublicationRefused):
    """A published text uses the code of another chapter or a retired one."""


@transaction.atomic
def publish_chapters(
    *,
    pages: Iterable[ChapterPage],
    by: User | None,
    now: datetime,
    approved_by: User | None = None,
    without_approval: bool = False,
) -> Edition | None:
    """Publish the latest drafts of several chapters as one edition. None if no clause changed.

    Where a second person is required, `approved_by` is that person; `without_approval` is for content that nobody here wrote.
    Raises NotApproved for neither, and where who approved it has written on it.
    """
    is_given = approved_by is not None or without_approval
    with _one_edition() as published, approval_given(approved_by) if is_given else nullcontext():
        for page in pages:
            page.refresh_from_db(fields=["latest_revision"])
            page.get_latest_revision().publish(user=by)
    return _record_chapters(published, by, now)


@transaction.atomic
def record_publication(*, pages: Sequence[ChapterPage], by: User | None, now: datetime) -> Edition | None:
    """Write the clause versions and the edition that these chapters' live texts call for; None if no clause changed.

    Inside `publish_chapters` it only notes the page. Raises CodeTaken where a text claims a code that isn't the chapter's,
    NotApproved where a second person is required and hasn't approved exactly what went live.
    """
    noted = [_publication(page) for page in pages]
    if (collected := _collecting.get()) is not None:
        collected.extend(noted)
        return None
    return _record_chapters(noted, by, now)


def _publication(page: ChapterPage) -> Publication:
    """As the receiver finds it: what went live before is still the last publication that Wagtail has logged."""
    guarded = page.live and page.is_source()
    return Publication(
        page, contributors_since_live(page), approver_of(page, page.live_revision_id) if guarded else None
    )


@contextmanager
def _one_edition() -> Iterator[list[Publication]]:
    published: list[Publication] = []
    token = _collecting.set(published)
    try:
        yield published
    finally:
        _collecting.reset(token)


def lock_document() -> None:
    """One publication at a time: versions and editions are numbered without gaps."""
    list(StandardsPage.objects.select_for_update(no_key=True).order_by("pk"))


def _record_chapters(published: Iterable[Publication], by: User | None, now: datetime) -> Edition | None:
    lock_document()
    recorded = [_record_chapter(publication, by, now) for publication in published]
    if not any(changes for changes, _ in recorded):
        return None
    edition = _write_edition(by, now)
    edition_published.send(sender=Edition, edition=edition, now=now)
    if left := set().union(*(chapters for _, chapters in recorded)):
        clauses_left.send(sender=Edition, chapter_keys=left, now=now)
    return edition


def _record_chapter(publication: Publication, by: User | None, now: datetime) -> tuple[list[Change], set[uuid.UUID]]:
    """What changed, and the keys of the chapters that have a clause less."""
    page = publication.page
    if page.live and page.is_source():
        return _record_source(publication, by, now)
    if page.live and page.alias_of_id is None:
        _record_translation(page, now)
    return [], set()


def _record_source(publication: Publication, by: User | None, now: datetime) -> tuple[list[Change], set[uuid.UUID]]:
    page = publication.page
    texts = {text.code: text for text in page.clauses.all() if text.code}
    if taken := page.code_faults(texts, goes_live=True):
        raise CodeTaken("; ".join(f"{code}: {fault}" for code, fault in taken.items()))
    contents = {code: text.content for code, text in texts.items()}
    changes = compare(page.digests_in_force(texts), contents, page.arriving_codes())
    authors = publication.contributors | ({by.pk} if by and by != publication.approved_by else set())
    for change in changes:
        if change.content is None:
            Clause.objects.filter(code=change.code).update(retired_at=now)
        elif change.type is not ChangeType.MOVED:
            version = _record_version(publication, change.content, texts[change.code], by, now)
            ClauseVersionAuthor.objects.bulk_create(
                ClauseVersionAuthor(version=version, user_id=user) for user in sorted(authors)
            )
    left = _receive_clauses(page, texts)
    for translation in live_translations_unscoped(page):
        _record_translation(translation, now)
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
    publication: Publication, content: ClauseContent, text: ClauseText, by: User | None, now: datetime
) -> ClauseVersion:
    """The next version of a clause, with its words. A first version, and a change that nobody called editorial, is to be signed."""
    page = publication.page
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
        approved_by=publication.approved_by,
    )
    record_text(version=version, locale=page.locale, content=content, now=now)
    clause.current_version = version
    clause.save(update_fields=["current_version"])
    return version


def _record_translation(page: ChapterPage, now: datetime) -> None:
    """The words of a translation, each clause's for the version that it was translated from, in force or not.

    A clause that isn't wholly translated has no mark of its source and is left out: its readers get the source's words.
    """
    texts = {text.code: text for text in page.clauses.all() if text.source_sha256 not in ("", text.content.sha256)}
    versions = ClauseVersion.objects.filter(clause__code__in=texts).select_related("clause").order_by("number")
    newest = {
        version.clause.code: version
        for version in versions
        if version.sha256 == texts[version.clause.code].source_sha256
    }
    for code, version in newest.items():
        record_text(version=version, locale=page.locale, content=texts[code].content, now=now)


def record_text(*, version: ClauseVersion, locale: Locale, content: ClauseContent, now: datetime) -> ClauseVersionText:
    """The words of a version in one language from now on; the words that it has already are the row that is there."""
    newest = ClauseVersionText.objects.filter(version=version, locale=locale).order_by("-pk").first()
    if newest and newest.sha256 == content.sha256:
        return newest
    return ClauseVersionText.objects.create(
        version=version, locale=locale, sha256=content.sha256, text=content.as_mapping(), created_at=now
    )


def _finish_page(page: ChapterPage) -> None:
    """Reason, kinds and approval belong to this change alone: the next draft starts without them. Count how long it takes to read."""
    spend_approvals(page)
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
