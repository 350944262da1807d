"""My team: what needs its supervisor today, people × programmes, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.domain.exports import write_csv
from core.enums import Status
from home.forms import SHOWN_AS, TeamFilterForm
from home.permissions import supervisors_only
from people.middleware import SignedInRequest
from training.selectors.needs import needs_in_matrix_unscoped
from training.selectors.team import TeamMatrix, team_matrix_for_supervisor

ROWS_A_PAGE = 50


@supervisors_only
@require_safe
def my_team(request: SignedInRequest) -> HttpResponse:
    form = TeamFilterForm(request.GET)
    filters = form.as_filters()
    matrix = team_matrix_for_supervisor(request.user, request.now, **filters)
    context = {
        "tab": "team",
        "matrix": matrix,
        "page": Paginator(matrix.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "needs": needs_in_matrix_unscoped(matrix) if filters["status"] is None else [],
        "filters": filters,
        "chips": _chips(matrix, filters),
        "address": _address(filters),
    }
    return render(request, "home/my_team.html", context)


@supervisors_only
@require_safe
def my_team_csv(request: SignedInRequest) -> HttpResponse:
    """What the page shows, all of it, one line a person and programme."""
    matrix = team_matrix_for_supervisor(request.user, request.now, **TeamFilterForm(request.GET).as_filters())
    file = BytesIO()
    write_csv(file, _lines(matrix))
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-team-{matrix.today:%Y-%m-%d}.csv"'
    return response


def _lines(matrix: TeamMatrix) -> Iterator[list[object]]:
    yield [
        _("Name"),
        _("Team"),
        _("Branch"),
        _("Job role"),
        _("Programme"),
        _("Status"),
        _("Due or expires"),
        _("Done"),
        _("Of"),
    ]
    for row in matrix.rows:
        place = [row.person.name, row.team.name, row.team.branch.name, row.job_role]
        for program, cell in zip(matrix.programs, row.cells, strict=True):
            yield [*place, program.title, cell.status.label, cell.on or "", cell.done, cell.total]


def _chips(matrix: TeamMatrix, filters: dict[str, object]) -> list[dict[str, object]]:
    """The filters by status, each with how many people it shows."""
    shown: list[tuple[Status | None, object, int]] = [(None, _("Everybody"), matrix.people)]
    shown += [(status, status.label, matrix.counts[status]) for status in SHOWN_AS.values() if status in matrix.counts]
    return [
        {
            "label": label,
            "count": count,
            "status": status,
            "address": _address(filters, status),
            "is_current": filters["status"] is status,
        }
        for status, label, count in shown
    ]


def _address(filters: dict[str, object], status: object = ...) -> str:
    """The query string of these filters, with another status where one is given."""
    chosen = filters["status"] if status is ... else status
    show = next((key for key, value in SHOWN_AS.items() if value is chosen), "")
    values = {"team": filters["team_id"], "name": filters["name"], "show": show}
    return urlencode({key: value for key, value in values.items() if value})
