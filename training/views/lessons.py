"""Lessons: the list, and one to go through."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from training.forms import CheckForm, CompleteForm
from training.models import LessonPage
from training.selectors.lessons import (
    LessonReading,
    lesson_cards_for_learner,
    lesson_for_viewer,
    lesson_reading_for_learner,
)
from training.services.lessons import LessonChanged, NotPublished, complete_lesson


@signed_in
@require_safe
def lessons(request: SignedInRequest) -> HttpResponse:
    context = {"tab": "practice", "cards": lesson_cards_for_learner(request.user)}
    return render(request, "training/lessons.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: SignedInRequest, slug: str) -> HttpResponse:
    """A lesson. A POST says that one has gone through it, or asks what is to be said to an answer, which nobody keeps."""
    page = lesson_for_viewer(request.user, slug)
    if page is None:
        raise Http404
    if "version" in request.POST:
        return _complete(request, page)
    if request.method == "POST":
        return _check(request, page)
    return _render(request, _reading(request, page))


def _reading(request: SignedInRequest, page: LessonPage, answers: dict[int, int] | None = None) -> LessonReading:
    reading = lesson_reading_for_learner(request.user, page, reader_locale(), answers)
    if reading is None:
        raise Http404
    return reading


def _check(request: SignedInRequest, page: LessonPage) -> HttpResponse:
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _render(request, _reading(request, page, form.answers), form=form, status=422)
    return _render(request, _reading(request, page, form.answers), checked=form.cleaned_data["check"])


def _complete(request: SignedInRequest, page: LessonPage) -> HttpResponse:
    form = CompleteForm(request.POST)
    try:
        if form.is_valid():
            version = form.cleaned_data["version"]
            complete_lesson(learner=request.user, lesson=page, version=version, now=request.now)
            messages.success(request, _("Noted: you have gone through “%(title)s”.") % {"title": page.title})
            return redirect("my_training")
    except NotPublished:
        raise Http404 from None
    except LessonChanged:
        pass
    messages.warning(
        request, _("This lesson changed while you were reading. Nothing was noted. Please look through it once more.")
    )
    return redirect("lesson", slug=page.slug)


def _render(
    request: SignedInRequest,
    reading: LessonReading,
    *,
    form: CheckForm | None = None,
    checked: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """checked: place of the question that was just answered."""
    context = {"tab": "training", "reading": reading, "page": reading.page, "form": form, "checked": checked}
    return render(request, "training/lesson.html", context, status=status)
