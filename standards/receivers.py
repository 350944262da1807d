"""Publishing a chapter writes its versions and an edition, in the same transaction; one with editions is never deleted.

Submitting one tells the approvers.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, task_submitted

from core import clock
from core.models import publishing_user
from standards.models import ChapterKept, ChapterPage, SecondPersonTaskState
from standards.services import record_publication
from standards.services.approving import tell_approvers


@receiver(page_published, sender=ChapterPage, dispatch_uid="standards.record_publication")
def on_chapter_published(sender: type[ChapterPage], instance: ChapterPage, revision: Any, **kwargs: Any) -> None:
    record_publication(pages=[instance], by=publishing_user(revision), now=clock.now())


@receiver(task_submitted, sender=SecondPersonTaskState, dispatch_uid="standards.tell_approvers")
def on_submitted(sender: type[SecondPersonTaskState], instance: SecondPersonTaskState, **kwargs: Any) -> None:
    tell_approvers(state=instance, now=clock.now())


@receiver(pre_delete, sender=ChapterPage, dispatch_uid="standards.keep_chapter")
def on_chapter_deleted(sender: type[ChapterPage], instance: ChapterPage, **kwargs: Any) -> None:
    """Whoever deletes it, and be it with a page above it."""
    if instance.has_published_clauses():
        raise ChapterKept(instance)
