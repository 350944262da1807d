"""The matrix of My team."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from training.selectors.team import Cell, MatrixRow, TeamMatrix

register = template.Library()

IS_FINE = mark_safe(' class="is-fine"')


@register.simple_tag(takes_context=True)
def matrix_cells(context: Context, row: MatrixRow, matrix: TeamMatrix) -> SafeString:
    """A row's cells as one string. Equal cells are rendered once a page: 2,500 includes would take half a second."""
    page: Any = context.render_context
    seen: dict[Cell, SafeString] = page.setdefault("matrix_cells", {})
    for cell in row.cells:
        if cell not in seen:
            seen[cell] = mark_safe(render_to_string("home/matrix_cell.html", {"cell": cell}).strip())  # noqa: S308
    return format_html_join(
        "",
        '<td role="cell"{}><span class="matrix-label">{}</span>{}</td>',
        (
            (IS_FINE if cell.status.is_fine else "", program.title, seen[cell])
            for program, cell in zip(matrix.programs, row.cells, strict=True)
        ),
    )
