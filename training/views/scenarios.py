"""Role-plays: the list, the player, the debrief."""

from __future__ import annotations

import uuid
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import View, signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from people.selectors import branch_for_person
from quizzes.selectors.practice import five_a_day_for_learner
from quizzes.selectors.recall import strength_for_learner
from training.enums import Mood
from training.forms import ChoiceForm
from training.models import Playthrough, ScenarioPage
from training.selectors.debriefs import debrief_for_learner, ended_playthrough_for_learner
from training.selectors.playing import open_playthrough_for_learner, playthrough_for_learner, scene_for_playthrough
from training.selectors.scenarios import (
    introduction_for_viewer,
    scenario_cards_for_learner,
    scenario_for_viewer,
    scenario_summaries_for_learner,
)
from training.services.scenarios import AlreadyDecided, ChoiceNotOffered, NotPlayable, start_playthrough, take_choice

UNTAKEN = "untaken"
"""Query parameter of the player: the choice that somebody made after their session had ended."""


def keeps_place(view: View) -> View:
    """Who makes a choice after the session has ended signs in and comes back to the player, which says that it wasn't taken."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        choice = request.POST.get("choice")
        if choice and not request.user.is_authenticated:
            return redirect_to_login(f"{request.path}?{urlencode({UNTAKEN: choice})}")
        return view(request, *args, **kwargs)

    return guarded


@signed_in
@require_safe
def practice(request: SignedInRequest) -> HttpResponse:
    """Today's five, how well the person remembers, and the role-plays."""
    branch = branch_for_person(request.user, request.now)
    chapters = strength_for_learner(request.user, branch, request.now)
    context = {
        "tab": "practice",
        "five": five_a_day_for_learner(request.user, branch, request.now),
        "chapters": chapters,
        "nothing_learned": not chapters,
        "cards": scenario_cards_for_learner(request.user),
    }
    return render(request, "training/practice.html", context)


@keeps_place
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: SignedInRequest, slug: str) -> HttpResponse:
    """The introduction, or the present scene of the open run. Starting and choosing are POSTs to the same address."""
    if request.method == "POST":
        return _start(request, slug) if "start" in request.POST else _choose(request, slug)
    return _render_present(request, slug)


@signed_in
@require_safe
def debrief(request: SignedInRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    page = _scenario(request, slug)
    run = ended_playthrough_for_learner(request.user, page, public_id)
    if run is None:
        raise Http404
    context = {"tab": "practice", "page": page, "debrief": debrief_for_learner(run, reader_locale())}
    return render(request, "training/scenario_debrief.html", context)


def _scenario(request: SignedInRequest, slug: str) -> ScenarioPage:
    page = scenario_for_viewer(request.user, slug)
    if page is None:
        raise Http404
    return page


def _start(request: SignedInRequest, slug: str) -> HttpResponse:
    page = _scenario(request, slug)
    try:
        start_playthrough(learner=request.user, scenario=page, locale=reader_locale(), now=request.now)
    except NotPlayable:
        raise Http404 from None
    return _redirect_to_present(slug)


def _choose(request: SignedInRequest, slug: str) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _refuse(request, slug)
    run = playthrough_for_learner(request.user, slug, form.cleaned_data["run"])
    if run is None:
        raise Http404
    try:
        step = take_choice(
            learner=request.user,
            playthrough=run,
            position=form.cleaned_data["position"],
            choice_key=form.cleaned_data["choice"],
            now=request.now,
        )
    except AlreadyDecided:
        messages.warning(request, _("This was already decided, perhaps in another tab. Here is where you are."))
        return _redirect_to_run(slug, run)
    except ChoiceNotOffered:
        return _refuse(request, slug)
    return _redirect_to_run(slug, step.playthrough)


def _refuse(request: SignedInRequest, slug: str) -> HttpResponse:
    messages.error(request, _("That isn’t one of the choices here, so nothing was taken. Choose one of these."))
    return _render_present(request, slug, status=422)


def _redirect_to_run(slug: str, run: Playthrough) -> HttpResponse:
    if run.ended_at:
        return redirect("debrief", slug=slug, public_id=run.public_id)
    return _redirect_to_present(slug)


def _redirect_to_present(slug: str) -> HttpResponse:
    return redirect(reverse("scenario", args=[slug]) + "#now")


def _render_present(request: SignedInRequest, slug: str, status: int = 200) -> HttpResponse:
    page = _scenario(request, slug)
    run = open_playthrough_for_learner(request.user, page)
    return _render_introduction(request, page, status) if run is None else _render_scene(request, page, run, status)


def _render_introduction(request: SignedInRequest, page: ScenarioPage, status: int) -> HttpResponse:
    story = introduction_for_viewer(request.user, page, reader_locale())
    if story is None:
        raise Http404
    summary = scenario_summaries_for_learner(request.user, [page])[page.pk]
    context = {"tab": "practice", "page": page, "story": story, "mood": Mood(story.start_mood), "summary": summary}
    return render(request, "training/scenario_introduction.html", context, status=status)


def _render_scene(request: SignedInRequest, page: ScenarioPage, run: Playthrough, status: int) -> HttpResponse:
    scene = scene_for_playthrough(run, reader_locale())
    untaken = request.GET.get(UNTAKEN)
    context = {
        "page": page,
        "run": run,
        "scene": scene,
        "has_untaken": untaken is not None,
        "untaken": scene.choice_text(untaken) if untaken else None,
    }
    return render(request, "training/scenario_scene.html", context, status=status)
