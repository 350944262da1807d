"""The pages of a quiz, by their addresses."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from quizzes.models import QuizAttempt

ADDRESS = "/quizzes/reliability/"


def post(client: Client, address: str, attempt: QuizAttempt | None = None, **fields: Any) -> Any:
    return client.post(address, {**({"attempt": attempt.public_id} if attempt else {}), **fields})


def result_address(attempt: QuizAttempt) -> str:
    return reverse("quiz_result", args=[attempt.quiz.slug, attempt.public_id])
