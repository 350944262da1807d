"""Publishing a chapter writes its versions and an edition, in the same transaction; one with editions is never deleted."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from core import clock
from core.models import publishing_user
from standards.models import ChapterKept, ChapterPage
from standards.services import record_publication


@receiver(page_published, sender=ChapterPage, dispatch_uid="standards.record_publication")
def on_chapter_published(sender: type[ChapterPage], instance: ChapterPage, revision: Any, **kwargs: Any) -> None:
    record_publication(pages=[instance], by=publishing_user(revision), now=clock.now())


@receiver(pre_delete, sender=ChapterPage, dispatch_uid="standards.keep_chapter")
def on_chapter_deleted(sender: type[ChapterPage], instance: ChapterPage, **kwargs: Any) -> None:
    """Whoever deletes it, and be it with a page above it."""
    if instance.has_published_clauses():
        raise ChapterKept(instance)
