"""The matrices of My team: people × programmes, people × chapters."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.templatetags.piawai import rendered
from standards.selectors.signatures import SignatureRow, Signatures
from training.selectors.team import MatrixRow, TeamMatrix

register = template.Library()

FINE = '<td role="cell" class="is-fine">'
OTHER = '<td role="cell">'


@register.simple_tag
def matrix_cells(row: MatrixRow, matrix: TeamMatrix) -> SafeString:
    shown = zip(matrix.programs, row.cells, strict=True)
    return _cells("home/matrix_cell.html", ((program.title, cell, cell.is_fine) for program, cell in shown))


@register.simple_tag
def signature_cells(row: SignatureRow, signatures: Signatures, is_asked: bool) -> SafeString:
    """is_asked: the reader asked for signed ones or for one chapter, so a phone shows these cells too."""
    shown = zip(signatures.chosen, row.cells, strict=True)
    return _cells(
        "home/signature_cell.html",
        ((entry.page.title, cell, cell.state.is_fine and not is_asked) for entry, cell in shown),
    )


def _cells(template_name: str, cells: Iterable[tuple[str, Hashable, bool]]) -> SafeString:
    """A row's cells as one string: 2,500 turns of a template's loop would take ten times as long as the rest of the page."""
    language = get_language()
    made = (
        f"{FINE if is_fine else OTHER}{_label(title)}{rendered(template_name, cell, language)}</td>"
        for title, cell, is_fine in cells
    )
    return mark_safe("".join(made))  # noqa: S308  (a label is escaped, and what stands in a cell is rendered by a template)


@lru_cache(maxsize=1000)
def _label(title: str) -> SafeString:
    """What a phone shows in place of the column's head."""
    return format_html('<span class="matrix-label">{}</span>', title)
