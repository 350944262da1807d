"""Who has signed the standards: people × chapters, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.forms.filters import SIGNATURES_SHOWN_AS, SignatureFilterForm
from home.permissions import who_sees_others
from home.views.files import spreadsheet
from people.middleware import SignedInRequest
from standards.enums import SignatureState
from standards.selectors.signatures import (
    ChapterCounts,
    Signatures,
    all_signature_rows,
    signature_rows,
    signatures_for_viewer,
)

ROWS_A_PAGE = 50


@who_sees_others
@require_safe
def team_standards(request: SignedInRequest) -> HttpResponse:
    filters = SignatureFilterForm(request.GET).as_filters()
    signatures = signatures_for_viewer(request.user, request.now, **filters)
    paginator = Paginator(signatures.people, ROWS_A_PAGE)
    paginator.count = signatures.found  # counted already
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "tab": "team",
        "signatures": signatures,
        "page": page,
        "rows": signature_rows(signatures, list(page)),
        "filters": filters,
        "is_asked": filters["state"] is SignatureState.SIGNED or len(signatures.chosen) == 1,
        "is_narrowed": any(filters.values()),
        "show": _shown_as(filters["state"]),
        "chips": _chips(signatures, filters),
        "open_chapters": _open_chapters(signatures, filters),
        "address": _address(filters),
    }
    return render(request, "home/team_standards.html", context)


@who_sees_others
@require_safe
def team_standards_file(request: SignedInRequest, kind: str) -> FileResponse:
    """What the page shows, all of it, one line a person and chapter; with a state chosen, the lines in that state."""
    filters = SignatureFilterForm(request.GET).as_filters()
    signatures = signatures_for_viewer(request.user, request.now, **filters)
    return spreadsheet(kind, _lines(signatures, filters["state"]), name="signatures", day=signatures.today)


def _lines(signatures: Signatures, state: SignatureState | None) -> Iterator[list[object]]:
    yield [
        _("Name"),
        _("Team"),
        _("Branch"),
        _("Job role"),
        _("Chapter"),
        _("Status"),
        _("Last signed"),
        _("Edition"),
        _("Clauses to sign"),
    ]
    for row in all_signature_rows(signatures):
        place = [row.team.name, row.team.branch.name] if row.team else ["", ""]
        for chapter, cell in zip(signatures.chosen, row.cells, strict=True):
            if state in (None, cell.state):
                signed = [cell.on or "", cell.edition or "", ", ".join(cell.clauses)]
                yield [row.person.name, *place, row.job_role, chapter.page.title, cell.state.label, *signed]


def _open_chapters(signatures: Signatures, filters: Mapping[str, Any]) -> list[tuple[ChapterCounts, str]]:
    """Chapters that somebody has to sign, with the address that shows who: first where most signed what has changed since."""
    found = [counts for counts in signatures.by_chapter if counts.signed < counts.people]
    found.sort(key=lambda counts: (-counts.changed, -counts.signed, counts.chapter.number))
    return [(counts, _address({**filters, "chapter": counts.chapter.page.slug})) for counts in found]


def _chips(signatures: Signatures, filters: Mapping[str, Any]) -> list[dict[str, object]]:
    """The filters by state, each with how many people it shows."""
    shown: list[tuple[SignatureState | None, object, int]] = [(None, _("Everybody"), signatures.total)]
    shown += [(state, state.label, signatures.states[state]) for state in SignatureState]
    return [
        {
            "label": label,
            "count": count,
            "state": state,
            "address": _address({**filters, "state": state}),
            "is_current": filters["state"] is state,
        }
        for state, label, count in shown
    ]


def _address(filters: Mapping[str, Any]) -> str:
    """The query string of these filters."""
    values = {
        "team": filters["team_id"],
        "chapter": filters["chapter"],
        "name": filters["name"],
        "show": _shown_as(filters["state"]),
    }
    return urlencode({key: value for key, value in values.items() if value})


def _shown_as(state: SignatureState | None) -> str:
    return next((key for key, value in SIGNATURES_SHOWN_AS.items() if value is state), "")
