"""A clause goes to another chapter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Locale

from people.models import User
from standards.models import (
    ChapterPage,
    Clause,
    ClauseText,
)
from standards.selectors.clauses import clauses_by_id
from standards.services.publishing import lock_document


class NotMovable(Exception):
    """The clause can't be moved; `reason` says why, in words for the editor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def move_clause(
    *, code: str, from_chapter: ChapterPage, to_chapter: ChapterPage, by: User | None, now: datetime
) -> ChapterPage:
    """Take a clause out of the latest draft of one chapter and put it at the end of another's; its code and words stay.

    A clause in force stays in force where it is until the chapter it goes to is published, whichever of the two is published
    first. Gives the chapter it goes to; raises NotMovable.
    """
    lock_document()
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
    copied = ClauseText(**{name: getattr(text, name) for name in names})
    copied.tags.add(*text.tags.names())
    return copied


def _save_texts(draft: ChapterPage, texts: Iterable[ClauseText], by: User | None) -> None:
    ordered = list(texts)
    for place, text in enumerate(ordered):
        text.sort_order = place
    draft.clauses = ordered
    draft.save_revision(user=by, log_action=True)
