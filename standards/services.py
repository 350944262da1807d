"""Every write of the standards: publishing versions and editions, signing, and bringing in a company's own file."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.models import Locale, Workflow, WorkflowPage, WorkflowTask

from core import clock
from core.models import PublicationRefused
from people.models import User
from standards.domain.clauses import ClauseContent, compare
from standards.domain.importing import ChapterOutline, Outline
from standards.enums import ChangeKind, Decision
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    ChapterPage,
    Clause,
    ClauseText,
    ClauseVersion,
    ClauseVersionText,
    Edition,
    EditionClause,
    SecondPersonTask,
    SecondPersonTaskState,
    StandardsPage,
)
from standards.models.approvals import (
    approval_given,
    approver_of,
    contributors_since_live,
    spend_approvals,
)
from standards.models.clauses import ClauseVersionAuthor
from standards.selectors.chapters import chapter_minutes, clauses_in_force_unscoped
from standards.selectors.clauses import clauses_in_force
from standards.selectors.reading import signature_for_learner, unsigned_clauses_for_learner
from standards.signals import chapter_acknowledged


@dataclass(frozen=True)
class Publication:
    """A chapter that went live, with who wrote on it since it did before, and who approved it where somebody did."""

    page: ChapterPage
    contributors: set[int]
    approved_by: User | None


_collecting: ContextVar[list[Publication] | None] = ContextVar("collecting_publications", default=None)


class CodeTaken(PublicationRefused):
    """A published text uses the code of another chapter or a retired one."""


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


@transaction.atomic
def decide_on_chapter(
    *, page: ChapterPage, by: User, decision: Decision, seen: str, now: datetime, comment: str = ""
) -> None:
    """Approve the draft in review, which publishes or schedules it, or send it back with a comment.

    seen: digest of the draft that this person had before them. Raises PublicationRefused.
    """
    state = page.current_workflow_task_state
    if not isinstance(state, SecondPersonTaskState):
        raise PublicationRefused(gettext("This chapter doesn’t wait for a decision any more. Look at it again."))
    task = state.task.specific
    if decision not in {name for name, *_ in task.get_actions(page, by)}:
        raise PublicationRefused(task.why_not(page, by))
    with clock.set_to(now):
        task.on_action(state, by, decision.value, seen=seen, comment=comment)


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


@transaction.atomic
def require_second_person(*, document: StandardsPage, group: Group, now: datetime) -> None:
    """From now on a change of the document goes live when a member of `group` has approved it who didn't write it. Again is nothing."""
    if WorkflowPage.objects.filter(page=document.page_ptr).exists():
        return
    workflow = Workflow.objects.create(name=gettext("Approval by a second person"))
    task = SecondPersonTask.objects.create(name=gettext("Approval by a second person"))
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=document.page_ptr)


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


def _lock_document() -> None:
    """One publication at a time: versions and editions are numbered without gaps."""
    list(StandardsPage.objects.select_for_update(no_key=True).order_by("pk"))


def _record_chapters(published: Iterable[Publication], by: User | None, now: datetime) -> Edition | None:
    _lock_document()
    changed = [_record_chapter(publication, by, now) for publication in published]
    return _write_edition(by, now) if any(changed) else None


def _record_chapter(publication: Publication, by: User | None, now: datetime) -> bool:
    page = publication.page
    if not (page.live and page.is_source()):
        return False
    texts = {text.code: text for text in page.clauses.all() if text.code}
    if taken := page.code_faults(texts):
        raise CodeTaken("; ".join(f"{code}: {fault}" for code, fault in taken.items()))
    changes = compare(page.digests_in_force(), {code: text.content for code, text in texts.items()})
    authors = publication.contributors | ({by.pk} if by and by != publication.approved_by else set())
    for change in changes:
        if change.content is None:
            Clause.objects.filter(code=change.code).update(retired_at=now)
        else:
            version = _record_version(publication, change.content, texts[change.code], by, now)
            ClauseVersionAuthor.objects.bulk_create(
                ClauseVersionAuthor(version=version, user_id=user) for user in sorted(authors)
            )
    _finish_page(page)
    return bool(changes)


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


def record_text(*, version: ClauseVersion, locale: Locale, content: ClauseContent, now: datetime) -> ClauseVersionText:
    """The words of a version in one language; the same words again are the row that is there."""
    return ClauseVersionText.objects.get_or_create(
        version=version,
        locale=locale,
        sha256=content.sha256,
        defaults={"text": content.as_mapping(), "created_at": now},
    )[0]


def _finish_page(page: ChapterPage) -> None:
    """Reason, kinds and approval belong to this change alone: the next draft starts without them. Count how long it takes to read."""
    spend_approvals(page)
    minutes = chapter_minutes(page, clauses_in_force(page.translation_key, page.locale))
    type(page).objects.filter(pk=page.pk).update(change_reason="", minutes=minutes)
    page.clauses.model.objects.filter(page_id=page.pk).update(change_kind="")
    if revision := page.live_revision:
        revision.content["change_reason"] = ""
        for clause in revision.content.get("clauses", ()):
            clause["change_kind"] = ""
        revision.save(update_fields=["content"])


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
