"""My team: what needs its supervisor today, people × programmes, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.enums import Status
from home.forms.filters import SHOWN_AS, TeamFilterForm
from home.permissions import supervisors_only
from home.views.files import spreadsheet
from people.middleware import SignedInRequest
from training.selectors.team import (
    BY_NAME,
    Sort,
    TeamMatrix,
    all_matrix_rows,
    matrix_rows,
    needs_of_team,
    team_matrix_for_supervisor,
)

ROWS_A_PAGE = 50
NEEDS_SHOWN = 8


@supervisors_only
@require_safe
def my_team(request: SignedInRequest) -> HttpResponse:
    filters = TeamFilterForm(request.GET).as_filters()
    matrix = team_matrix_for_supervisor(request.user, request.now, **filters)
    page = Paginator(range(matrix.found), ROWS_A_PAGE).get_page(request.GET.get("page"))
    is_narrowed = any(value for name, value in filters.items() if name != "sort")
    context = {
        "tab": "team",
        "matrix": matrix,
        "page": page,
        "rows": matrix_rows(matrix, *places(page.number)),
        "needs": None if filters["status"] else needs_of_team(matrix, NEEDS_SHOWN),
        "filters": filters,
        "is_narrowed": is_narrowed,
        "branches": sorted({(team.branch.name, team.branch_id) for team in matrix.teams}),
        "show": _shown_as(filters["status"]),
        "chips": _chips(matrix, filters),
        "heads": _heads(matrix, filters),
        "sorts": _sorts(matrix, filters["sort"]),
        "address": address_of(filters),
        "hidden": [*parse_qsl(address_of(filters)), ("page", page.number)],
    }
    return render(request, "home/my_team.html", context)


@supervisors_only
@require_safe
def my_team_file(request: SignedInRequest, kind: str) -> FileResponse:
    """What the page shows, all of it, one line a person and programme."""
    matrix = team_matrix_for_supervisor(request.user, request.now, **TeamFilterForm(request.GET).as_filters())
    return spreadsheet(kind, _lines(matrix), name="my-team", day=matrix.today)


def address_of(filters: Mapping[str, Any], **changes: object) -> str:
    """The query string of these filters, with the changes."""
    asked = {**filters, **changes}
    values = {
        "branch": asked["branch_id"],
        "team": asked["team_id"],
        "name": asked["name"],
        "show": _shown_as(asked["status"]),
        "sort": "" if asked["sort"] == BY_NAME else str(asked["sort"]),
    }
    return urlencode({key: value for key, value in values.items() if value})


def places(page: int) -> tuple[int, int]:
    """From where to where this page shows people, as a slice counts them."""
    return (page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE


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
    for row in all_matrix_rows(matrix):
        place = [row.person.name, row.team.name, row.team.branch.name, row.job_role]
        for program, cell in zip(matrix.programs, row.cells, strict=True):
            yield [*place, program.title, cell.status.label, cell.on or "", cell.done, cell.total]


def _chips(matrix: TeamMatrix, filters: Mapping[str, Any]) -> list[dict[str, object]]:
    """The filters by status, each with how many people it shows."""
    shown: list[tuple[Status | None, object, int]] = [(None, _("Everybody"), matrix.people)]
    shown += [(status, status.label, matrix.counts[status]) for status in SHOWN_AS.values() if status in matrix.counts]
    return [
        {
            "label": label,
            "count": count,
            "status": status,
            "address": address_of(filters, status=status),
            "is_current": filters["status"] is status,
        }
        for status, label, count in shown
    ]


def _heads(matrix: TeamMatrix, filters: Mapping[str, Any]) -> list[dict[str, str]]:
    programs = [(column.title, Sort("status", column.slug)) for column in matrix.programs]
    return [_head(title, sort, filters) for title, sort in [(_("Name"), BY_NAME), *programs]]


def _head(title: str, sort: Sort, filters: Mapping[str, Any]) -> dict[str, str]:
    """Of a column: its title, the address that sorts by it, or the other way round, and how it is sorted by it now."""
    is_current = filters["sort"] == sort
    other = sort.turned if is_current else sort
    direction = "ascending" if is_current else "descending" if filters["sort"] == sort.turned else ""
    return {"title": title, "address": address_of(filters, sort=other), "direction": direction}


def _sorts(matrix: TeamMatrix, current: Sort) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What people may be sorted by, in groups: of each its value, what it is called, and whether it is so now."""
    of_all = [
        (BY_NAME, _("Name")),
        (Sort("team"), _("Team")),
        (Sort("status"), _("The worst status first")),
        (Sort("date"), _("The soonest date first")),
    ]
    of_one = [(Sort("status", column.slug), column.title) for column in matrix.programs]
    groups = [("", of_all), (_("Status in one programme"), of_one)]
    return [
        (group, [(str(sort), title, current in (sort, sort.turned)) for sort, title in found])
        for group, found in groups
        if found
    ]


def _shown_as(status: Status | None) -> str:
    return next((key for key, value in SHOWN_AS.items() if value is status), "")
