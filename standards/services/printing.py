"""PDFs of editions: each set once, from the text of the edition, and the same file ever after."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Locale

from core.models import write_file
from core.services import printed_mark, set_pdf
from core.services.printing import ACCESSIBLE
from standards.models import Edition, EditionFile
from standards.selectors.printing import (
    PrintedEdition,
    edition_file_unscoped,
    printed_edition_unscoped,
    unprinted_editions_unscoped,
)

STYLE = "css/print.css"


def print_edition(*, edition_id: int, chapter_key: uuid.UUID | None, locale: Locale, now: datetime) -> EditionFile:
    """The PDF of an edition, or of its chapter with this key, made if it isn't there yet; the first file is kept for good.

    It is set before anything is locked. Two at once set it twice and store it once.
    """
    edition = Edition.objects.get(pk=edition_id)
    if there := edition_file_unscoped(edition, chapter_key, locale):
        return there
    printed = printed_edition_unscoped(edition, chapter_key, locale, mark=printed_mark())
    return _store(edition, chapter_key, locale, set_edition(printed=printed), now)


def print_due_editions(*, now: datetime) -> int:
    """Set the editions that a worker left unset when it was stopped, whole, in the source language; how many."""
    source = Locale.get_default()
    due = list(unprinted_editions_unscoped().values_list("pk", flat=True))
    return len([print_edition(edition_id=pk, chapter_key=None, locale=source, now=now) for pk in due])


def set_edition(*, printed: PrintedEdition) -> bytes:
    with translation.override(printed.language):
        html = render_to_string("standards/print/edition.html", {"printed": printed})
    return set_pdf(html=html, style=STYLE, variant=ACCESSIBLE)


@transaction.atomic
def _store(edition: Edition, chapter_key: uuid.UUID | None, locale: Locale, pdf: bytes, now: datetime) -> EditionFile:
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if there := edition_file_unscoped(edition, chapter_key, locale):
        return there
    row = EditionFile(edition=edition, chapter_key=chapter_key, locale=locale, rendered_at=now)
    row.sha256 = hashlib.sha256(pdf).hexdigest()
    write_file(row.file, f"{chapter_key or 'whole'}-{locale.language_code}.pdf", pdf)
    row.save()
    return row
