"""For administrators: whether the site is well, what time and jobs did, and what failed, to be run again."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.permissions import admin_only, has_permission
from core.services import run_job_again
from home.enums import Health, JobState
from home.selectors.health import needs, watched
from home.selectors.operations import (
    due_work_lines,
    has_job,
    job_counts,
    job_lines,
    jobs_in_state,
    latest_long_jobs,
    long_job_for_viewer,
    workers_alive,
)
from people.middleware import SignedInRequest

PER_PAGE = 25
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    # what /readyz names: (what it is, what to do where it isn't well)
    "database": (gettext_lazy("The database answers"), gettext_lazy("Look whether its server runs.")),
    "migrations": (gettext_lazy("The database is up to date"), gettext_lazy("Run “manage.py migrate”.")),
    "jobs": (
        gettext_lazy("Jobs are run"),
        gettext_lazy("Start “manage.py db_worker”, or look why it doesn’t come to them."),
    ),
    "run_due": (
        gettext_lazy("Due work was done within a day"),
        gettext_lazy("Have “manage.py run_due” called every few minutes."),
    ),
}


@has_permission("core.operate")
@require_safe
def operations(request: SignedInRequest) -> HttpResponse:
    """Health, due work, long jobs, and the jobs: all, or of one state (`?state=failed`)."""
    state = next((state for state in JobState if state.in_address == request.GET.get("state")), None)
    counts = job_counts()
    page = Paginator(jobs_in_state(state), PER_PAGE).get_page(request.GET.get("p"))
    found = needs() | watched(request.now)
    context = {
        "health": [(*WORDS[name], Health.WELL if is_well else Health.LOOK) for name, is_well in found.items()],
        "workers": workers_alive(request.now),
        "due_work": due_work_lines(),
        "long_jobs": latest_long_jobs(request.now),
        "counts": counts.items(),
        "total": sum(counts.values()),
        "state": state,
        "page_obj": page,
        "lines": job_lines(page),
        "now": request.now,
        "page_title": _("Operations"),
    }
    return render(request, "home/admin/operations.html", context)


@has_permission("core.operate")
@require_POST
def job_again(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """Let a failed job run again, and go back to where the button was."""
    if not has_job(job_id):
        raise Http404
    if run_job_again(job_id=job_id, by=request.user, now=request.now):
        messages.success(request, _("The job is run again. Its outcome shows here in a while."))
    else:
        messages.success(request, _("Nothing was left to do: the job hasn’t failed, or runs again already."))
    return redirect(_back(request))


@admin_only
@require_safe
def long_job(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How far a long job is. The page may be left and come back to; it fetches itself again while there is something to come."""
    reading = long_job_for_viewer(request.user, public_id, request.now)
    if reading is None:
        raise Http404
    context = {"reading": reading, "job": reading.job, "now": request.now, "page_title": reading.label}
    return render(request, "home/admin/long_job.html", context)


def _back(request: SignedInRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("operations")
