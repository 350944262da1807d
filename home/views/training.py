"""My training: one next step, large; the rest below it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.permissions import signed_in
from home.selectors.training import WITH_CERTIFICATES, certificates_by_assignment
from people.middleware import SignedInRequest
from quizzes.selectors.practice import five_a_day_for_learner
from training.selectors.my_training import my_training_for_learner


@signed_in
@require_safe
def my_training(request: SignedInRequest) -> HttpResponse:
    training = my_training_for_learner(request.user, request.now, along=WITH_CERTIFICATES)
    context = {
        "tab": "training",
        "training": training,
        "five": five_a_day_for_learner(request.user, training.branch, request.now),
        "certificates": certificates_by_assignment(training.closed),
        "local_now": timezone.localtime(request.now),
    }
    return render(request, "home/my_training.html", context)
