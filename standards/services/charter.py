"""The customer charter on one page of paper, set once for what it shows."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Locale

from core.models import write_file
from core.services import printed_mark, set_on_one_page
from standards.domain.charter import SIZES, Charter
from standards.models import CharterFile, StandardsPage
from standards.selectors.charter import charter_file, customer_charter

STYLE = "css/charter.css"


def print_charter(*, locale: Locale, now: datetime) -> CharterFile | None:
    """The sheet of the charter as it is now, made if it isn't there yet; without a file where it doesn't fit on one page.

    None where no clause is public. It is set before anything is locked. Two at once set it twice and store it once.
    """
    charter = customer_charter(locale)
    if charter is None:
        return None
    return charter_file(charter) or _store(charter, set_charter(charter=charter), now)


def print_due_charter(*, now: datetime) -> int:
    """Set the charter in the source language if what it shows has changed since; how many sheets that were."""
    source = Locale.get_default()
    charter = customer_charter(source)
    if charter is None or charter_file(charter):
        return 0
    print_charter(locale=source, now=now)
    return 1


def set_charter(*, charter: Charter) -> bytes | None:
    """The sheet in the largest size in which it is one page; None if it is longer in the smallest."""
    with translation.override(charter.language):
        context = {"charter": charter, "mark": printed_mark()}
        sheets = [render_to_string("standards/print/charter.html", {**context, "size": size}) for size in SIZES]
    return set_on_one_page(sheets=sheets, style=STYLE)


@transaction.atomic
def _store(charter: Charter, pdf: bytes | None, now: datetime) -> CharterFile:
    list(StandardsPage.objects.select_for_update(no_key=True).order_by("pk"))
    if there := charter_file(charter):
        return there
    row = CharterFile(shown=charter.sha256, rendered_at=now)
    if pdf is not None:
        row.sha256 = hashlib.sha256(pdf).hexdigest()
        write_file(row.file, f"{charter.sha256}.pdf", pdf)
    row.save()
    return row
