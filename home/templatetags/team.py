"""The matrix of My team."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.templatetags.piawai import rendered
from training.selectors.team import MatrixRow, TeamMatrix

register = template.Library()

FINE = '<td role="cell" class="is-fine">'
OTHER = '<td role="cell">'


@register.simple_tag
def matrix_cells(row: MatrixRow, matrix: TeamMatrix) -> SafeString:
    """A row's cells as one string: 2,500 turns of a template's loop would take ten times as long as the rest of the page."""
    language = get_language()
    cells = (
        f"{FINE if cell.status.is_fine else OTHER}{_label(program.title)}{rendered('home/matrix_cell.html', cell, language)}</td>"
        for program, cell in zip(matrix.programs, row.cells, strict=True)
    )
    return mark_safe("".join(cells))  # noqa: S308  (a label is escaped, and what stands in a cell is rendered by a template)


@lru_cache(maxsize=1000)
def _label(title: str) -> SafeString:
    """What a phone shows in place of the column's head."""
    return format_html('<span class="matrix-label">{}</span>', title)
