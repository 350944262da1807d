"""The organisation, for administrators: how many people stand where, today or as of a day, and who they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.domain.exports import write_csv, write_xlsx
from core.enums import Status
from core.selectors import organisation_today
from home.forms.filters import SHOWN_AS
from home.forms.organisation import GROUPED_BY, AsOfForm
from home.permissions import sees_everybody
from home.selectors.organisation import GroupLine, choices_unscoped, group_lines_unscoped
from home.views.charts import funnel_of, trend_of
from people.middleware import SignedInRequest
from training.domain.tallies import STATES
from training.enums import Grouping
from training.selectors.organisation import figures_unscoped, trend_unscoped
from training.selectors.people_behind import all_people_behind_unscoped, people_behind_unscoped, place_after_unscoped
from training.services.counting import count_missing_months, count_organisation

ROWS_A_PAGE = 50
FILES = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
NAMES = {
    Grouping.BRANCH: gettext_lazy("Branch"),
    Grouping.TEAM: gettext_lazy("Team"),
    Grouping.JOB_ROLE: gettext_lazy("Job role"),
    Grouping.PROGRAM: gettext_lazy("Programme"),
}
IN_ADDRESS = {
    Grouping.BRANCH: "branch",
    Grouping.TEAM: "team",
    Grouping.JOB_ROLE: "role",
    Grouping.PROGRAM: "programme",
}
SHOW = {status: key for key, status in SHOWN_AS.items()}
BAR = 100


@dataclass(frozen=True)
class Count:
    """One figure, and the address of who is behind it. x, width: its part of the bar, of a hundred."""

    status: Status
    people: int
    url: str
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """url: the same figures, narrowed to this line and told by what is next below it. people_url: all who are behind it."""

    group: GroupLine
    counts: list[Count]
    url: str
    people_url: str


@sees_everybody
@require_safe
def organisation(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    figures = figures_unscoped(form.grouping, form.chosen, form.day, request.now)
    address = form.in_address
    groups = group_lines_unscoped(figures, form.grouping, address.get("sort", ""))
    page = Paginator(groups, ROWS_A_PAGE).get_page(request.GET.get("page"))
    months = trend_unscoped(form.chosen, request.now)
    context = {
        "tab": "team",
        "form": form,
        "figures": figures,
        "total": figures.total,
        "page": page,
        "lines": [_line(group, form) for group in page],
        "heads": _heads(form),
        "groupings": [
            (NAMES[grouping], urlencode({**_without(address, "sort"), "by": key}), grouping is form.grouping)
            for key, grouping in GROUPED_BY.items()
        ],
        "choices": choices_unscoped(form.chosen.branch, form.chosen.team),
        "is_narrowed": any(name in address for name in IN_ADDRESS.values()),
        "without_filters": urlencode(_without(address, *IN_ADDRESS.values(), "sort")),
        "address": urlencode(address),
        "trend": trend_of(months),
        "misses_months": any(month.tally is None for month in months),
        "funnel": funnel_of(figures.total),
    }
    return render(request, "home/organisation.html", context, status=422 if form.errors.get("on") else 200)


@sees_everybody
@require_POST
def organisation_count(request: SignedInRequest) -> HttpResponse:
    """Count today anew, a day that is over, or all months’ ends that nobody counted; then back, or to the progress of it."""
    back = reverse("organisation")
    if "months" in request.POST:
        if count_missing_months(by=request.user, now=request.now, url=back):
            messages.success(request, _("The past months are being counted. They show here one after the other."))
        return redirect(back)
    form = AsOfForm(request.POST, today=organisation_today(request.now))
    if not form.is_valid():
        messages.error(request, str(form.errors["on"][0]) if "on" in form.errors else _("This can’t be counted."))
        return redirect(back)
    back = f"{back}?{urlencode(form.in_address)}" if form.in_address else back
    job = count_organisation(day=form.day, by=request.user, now=request.now, url=back)
    return redirect("long_job", job.public_id) if job and not job.finished_at else redirect(back)


@sees_everybody
@require_safe
def organisation_people(request: SignedInRequest) -> HttpResponse:
    """Who stands behind a figure, by name. `after` in the address says where the page begins."""
    form = _form(request)
    after = place_after_unscoped(request.GET.get("after", ""))
    page = people_behind_unscoped(form.chosen, form.status, form.day, request.now, after=after, most=ROWS_A_PAGE)
    address = form.in_address
    context = {
        "tab": "team",
        "form": form,
        "lines": page.lines,
        "is_first": after is None,
        "next": urlencode({**address, "after": str(page.after)}) if page.after else "",
        "status": form.status,
        "chips": [
            (status, _("Everybody") if status is None else status.label, urlencode(_shown(address, status)))
            for status in (None, *SHOWN_AS.values())
        ],
        "choices": choices_unscoped(form.chosen.branch, form.chosen.team),
        "address": urlencode(address),
        "figures_address": urlencode(_without(address, "show")),
    }
    return render(request, "home/organisation_people.html", context, status=422 if form.errors.get("on") else 200)


@sees_everybody
@require_safe
def organisation_file(request: SignedInRequest, kind: str) -> FileResponse:
    """All lines of the page."""
    form = _form(request)
    figures = figures_unscoped(form.grouping, form.chosen, form.day, request.now)
    groups = group_lines_unscoped(figures, form.grouping, form.in_address.get("sort", ""))
    return _file(f"organisation-{figures.day:%Y-%m-%d}", kind, _rows(groups, form.grouping))


@sees_everybody
@require_safe
def organisation_people_file(request: SignedInRequest, kind: str) -> FileResponse:
    form = _form(request)
    lines = all_people_behind_unscoped(form.chosen, form.status, form.day, request.now)
    rows = (
        [
            line.person.name,
            line.team.name if line.team else "",
            line.team.branch.name if line.team else "",
            line.job_role,
            line.program.title,
            line.status.label,
            line.on or "",
        ]
        for line in lines
    )
    head: list[object] = [
        _("Name"),
        _("Team"),
        _("Branch"),
        _("Job role"),
        _("Programme"),
        _("Status"),
        _("Due or expires"),
    ]
    return _file(f"people-{form.day:%Y-%m-%d}", kind, _with_head(head, rows))


def _form(request: SignedInRequest) -> AsOfForm:
    return AsOfForm(request.GET, today=organisation_today(request.now))


def _file(name: str, kind: str, rows: Iterator[list[object]]) -> FileResponse:
    write, content_type = FILES[kind]
    file = BytesIO()
    write(file, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=content_type)


def _with_head(head: list[object], rows: Iterator[list[object]]) -> Iterator[list[object]]:
    yield head
    yield from rows


def _rows(groups: list[GroupLine], grouping: Grouping) -> Iterator[list[object]]:
    labels = [Status[name.upper()].label for name in STATES]
    about = [_("Branch")] if grouping is Grouping.TEAM else []
    yield [NAMES[grouping], *about, _("Everybody"), *labels, _("Certified in per cent")]
    for group in groups:
        counts = [getattr(group.tally, name) for name in STATES]
        yield [group.name, *([group.about] if about else []), group.tally.total, *counts, group.tally.percent or 0]


def _line(group: GroupLine, form: AsOfForm) -> Line:
    narrowed = {**_without(form.in_address, "sort"), IN_ADDRESS[form.grouping]: str(group.key)}
    counts, x = [], 0.0
    for name in STATES:
        status, people = Status[name.upper()], getattr(group.tally, name)
        width = BAR * people / group.tally.total
        url = f"{reverse('organisation_people')}?{urlencode(_shown(narrowed, status))}"
        counts.append(Count(status, people, url, round(x, 2), round(width, 2)))
        x += width
    below = {Grouping.BRANCH: "team", Grouping.PROGRAM: "branch"}.get(form.grouping, "programme")
    people_url = f"{reverse('organisation_people')}?{urlencode(_shown(narrowed, None))}"
    return Line(group, counts, f"?{urlencode({**narrowed, 'by': below})}", people_url)


def _heads(form: AsOfForm) -> list[dict[str, Any]]:
    """The heads of the columns: each with the address that sorts by it, and back again."""
    columns: list[tuple[str, Any]] = [("name", NAMES[form.grouping]), ("share", _("Share certified"))]
    columns += [(name, Status[name.upper()].label) for name in STATES]
    sort = form.in_address.get("sort", "name")
    return [
        {
            "label": label,
            "address": urlencode({**form.in_address, "sort": _turned(name, sort)}),
            "order": "" if sort.removeprefix("-") != name else "descending" if sort.startswith("-") else "ascending",
        }
        for name, label in columns
    ]


def _turned(name: str, sort: str) -> str:
    """Names and shares from the lowest first, counts from the greatest; pressed again, the other way round."""
    first = name if name in ("name", "share") else f"-{name}"
    other = f"-{name}" if first == name else name
    return other if sort == first else first


def _shown(address: dict[str, str], status: Status | None) -> dict[str, str]:
    return {**_without(address, "show", "sort"), **({"show": SHOW[status]} if status else {})}


def _without(address: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in address.items() if name not in names}
