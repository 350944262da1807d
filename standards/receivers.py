"""Publishing a chapter writes its versions and an edition, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from core import clock
from core.models import publishing_user
from standards.models import ChapterPage
from standards.services import record_publication


@receiver(page_published, sender=ChapterPage, dispatch_uid="standards.record_publication")
def on_chapter_published(sender: type[ChapterPage], instance: ChapterPage, revision: Any, **kwargs: Any) -> None:
    record_publication(pages=[instance], by=publishing_user(revision), now=clock.now())
