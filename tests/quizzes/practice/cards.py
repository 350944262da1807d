"""The cards of a day, and a form that answers one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from quizzes.models import PracticeDay
from tests.factories.practice import right_answer, wrong_answer

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
FIVE = "/practice/five/"


def codes(day: PracticeDay) -> list[str]:
    return [asked.clause.code for asked in day.questions.all()]


def sent(day: PracticeDay, position: int = 1, *, turn: int = 1, right: bool = True, **fields: Any) -> dict[str, Any]:
    asked = day.questions.get(position=position)
    answer = right_answer(asked) if right else wrong_answer(asked)
    return {
        "go": "answer", "day": day.day.isoformat(), "card": position, "turn": turn, "answer": answer, **fields,
    }  # fmt: skip
