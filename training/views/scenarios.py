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
from training.forms import ChoiceForm, TryAgainForm
from training.models import Playthrough, ScenarioPage
from training.selectors.debriefs import debrief_for_learner, ended_playthrough_for_learner
from training.selectors.playing import open_playthrough_for_learner, playthrough_for_learner, scene_for_playthrough
from training.selectors.scenarios import (
    introduction_for_viewer,
    scenario_cards_for_learner,
    scenario_for_viewer,
    scenario_summaries_for_learner,
)
from training.services.playing import (
    AlreadyDecided,
    ChoiceNotOffered,
    NoSuchDecision,
    NotPlayable,
    let_time_pass,
    start_playthrough,
    take_choice,
    try_again,
)

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


@keeps_place
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def scenario_again(request: SignedInRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """The present scene of practice from a decision of an earlier run. Choosing is a POST to the same address."""
    run = playthrough_for_learner(request.user, slug, public_id)
    if run is None or not run.is_practice:
        raise Http404
    if request.method == "POST":
        return _choose(request, slug, run)
    return _render_run(request, slug, run)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: SignedInRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """What a run that ended says. A POST tries again from one of its decisions."""
    page = _scenario(request, slug)
    run = ended_playthrough_for_learner(request.user, page, public_id)
    if run is None:
        raise Http404
    if request.method == "POST":
        return _try_again(request, page, run)
    return _render_debrief(request, page, run)


def _scenario(request: SignedInRequest, slug: str) -> ScenarioPage:
    page = scenario_for_viewer(request.user, slug)
    if page is None:
        raise Http404
    return page


def _start(request: SignedInRequest, slug: str) -> HttpResponse:
    page = _scenario(request, slug)
    try:
        run = start_playthrough(learner=request.user, scenario=page, locale=reader_locale(), now=request.now)
    except NotPlayable:
        raise Http404 from None
    return _redirect_to_run(slug, run)


def _try_again(request: SignedInRequest, page: ScenarioPage, run: Playthrough) -> HttpResponse:
    form = TryAgainForm(request.POST)
    try:
        if form.is_valid():
            position = form.cleaned_data["position"]
            practice = try_again(learner=request.user, playthrough=run, position=position, now=request.now)
            return _redirect_to_run(page.slug, practice)
    except NotPlayable:
        raise Http404 from None
    except NoSuchDecision:
        pass
    messages.error(request, _("Your run has no such decision. Choose one of those below."))
    return _render_debrief(request, page, run, status=422)


def _choose(request: SignedInRequest, slug: str, shown: Playthrough | None = None) -> HttpResponse:
    """A choice in the run that the form names; `shown` is the one that stands at this address, if it must be that."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _refuse(request, slug, shown)
    public_id = form.cleaned_data["run"]
    run = shown if shown and shown.public_id == public_id else playthrough_for_learner(request.user, slug, public_id)
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
        return _refuse(request, slug, shown)
    if step.is_late and step.choice_key != form.cleaned_data["choice"]:
        messages.warning(request, _("The time was up before you chose."))
    return _redirect_to_run(slug, step.playthrough)


def _refuse(request: SignedInRequest, slug: str, shown: Playthrough | None) -> HttpResponse:
    messages.error(request, _("That isn’t one of the choices here, so nothing was taken. Choose one of these."))
    return _render_run(request, slug, shown, status=422) if shown else _render_present(request, slug, status=422)


def _redirect_to_run(slug: str, run: Playthrough) -> HttpResponse:
    if run.ended_at:
        return redirect("debrief", slug=slug, public_id=run.public_id)
    address = (
        reverse("scenario_again", args=[slug, run.public_id]) if run.is_practice else reverse("scenario", args=[slug])
    )
    return redirect(f"{address}#now")


def _render_present(request: SignedInRequest, slug: str, status: int = 200) -> HttpResponse:
    run = open_playthrough_for_learner(request.user, slug)
    if run is None:
        return _render_introduction(request, _scenario(request, slug), status)
    return _render_run(request, slug, run, status)


def _render_introduction(request: SignedInRequest, page: ScenarioPage, status: int) -> HttpResponse:
    story = introduction_for_viewer(request.user, page, reader_locale())
    if story is None:
        raise Http404
    summary = scenario_summaries_for_learner(request.user, [page])[page.pk]
    context = {
        "tab": "practice",
        "page": page,
        "story": story,
        "mood": Mood(story.start_mood),
        "summary": summary,
        "has_clock": any(scene.seconds for scene in story.scenes),
    }
    return render(request, "training/scenario_introduction.html", context, status=status)


def _render_run(request: SignedInRequest, slug: str, run: Playthrough, status: int = 200) -> HttpResponse:
    if run.ended_at:
        return _redirect_to_run(slug, run)
    scene = scene_for_playthrough(run, request.user, reader_locale(), request.now)
    if scene.is_time_up:
        return _redirect_to_run(slug, let_time_pass(learner=request.user, playthrough=run, now=request.now))
    untaken = request.GET.get(UNTAKEN)
    context = {
        "address": request.path,
        "run": run,
        "scene": scene,
        "has_untaken": untaken is not None,
        "untaken": scene.choice_text(untaken) if untaken else None,
    }
    return render(request, "training/scenario_scene.html", context, status=status)


def _render_debrief(request: SignedInRequest, page: ScenarioPage, run: Playthrough, status: int = 200) -> HttpResponse:
    context = {"tab": "practice", "page": page, "debrief": debrief_for_learner(run, reader_locale())}
    return render(request, "training/scenario_debrief.html", context, status=status)
