"""What is done after the transaction: setting PDFs."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Locale

from core import clock
from standards.services.charter import print_charter
from standards.services.printing import print_edition


@task(backend="jobs")
def print_published_edition(edition_id: int) -> None:
    print_edition(edition_id=edition_id, chapter_key=None, locale=Locale.get_default(), now=clock.now())


@task(backend="jobs")
def print_current_charter() -> None:
    print_charter(locale=Locale.get_default(), now=clock.now())
