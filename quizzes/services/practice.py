"""Every write of five a day: begin it, look at the clause first, answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from wagtail.models import Locale

from people.models import User
from people.selectors import branch_for_person, local_today
from quizzes.domain.answers import Given, answer_as_json
from quizzes.domain.kinds import kind_of
from quizzes.domain.practice import TURNS
from quizzes.models import PracticeAnswer, PracticeClause, PracticeDay, PracticeHint, PracticeQuestion
from quizzes.selectors.practice import (
    card_to_answer_unscoped,
    five_for_learner,
    last_event_unscoped,
    questions_held_unscoped,
)
from quizzes.selectors.recall import practice_exposures_unscoped
from quizzes.services.recall import record_recalls


class NothingToPractise(Exception):
    """This person has learned nothing yet that a question asks about."""


class DayOver(Exception):
    """The card is one of another day."""


class CardNotAsked(Exception):
    """Today has no such card, or not for this turn."""


class HeldByQuiz(Exception):
    """A quiz of this person's asks the same question, and hasn't told the answer yet."""


@transaction.atomic
def begin_practice(*, learner: User, now: datetime, locale: Locale | None = None) -> PracticeDay:
    """Fix the five of the learner's own day; those that are there, if it was begun. Raises NothingToPractise."""
    User.objects.lock(learner)
    today = local_today(branch_for_person(learner, now), now)
    if begun := PracticeDay.objects.filter(learner=learner, day=today).first():
        return begun
    five = five_for_learner(learner, now, locale or Locale.get_default())
    if not five:
        raise NothingToPractise
    day = PracticeDay.objects.create(learner=learner, day=today, begun_at=now)
    asked = PracticeQuestion.objects.bulk_create(
        PracticeQuestion(
            practice_day=day,
            position=position,
            clause_id=one.clause_id,
            version=one.question.version,
            text=one.question.text,
            option_ids=one.question.option_order(f"{learner.pk}:{today}:{position}"),
        )
        for position, one in enumerate(five, start=1)
    )
    PracticeClause.objects.bulk_create(
        PracticeClause(asked=row, version_id=version)
        for row, one in zip(asked, five, strict=True)
        for version in one.question.clause_version_ids
    )
    return day


@transaction.atomic
def show_hint(*, learner: User, day: date, position: int, now: datetime) -> None:
    """Keep that they looked at the clause before they answered; once. After an answer nothing is kept. Raises as `answer_card`."""
    asked = _lock_card(learner, day, position, now)
    if not asked.answers.exists() and not hasattr(asked, "hint"):
        PracticeHint.objects.create(asked=asked, shown_at=now)


@transaction.atomic
def answer_card(
    *, learner: User, day: date, position: int, turn: int, answer: Collection[Given], now: datetime
) -> PracticeAnswer:
    """Keep and mark an answer, which is final for its turn: sent again, whatever it says, it is the one that is there.

    Raises DayOver, CardNotAsked, HeldByQuiz, or WrongChoice (quizzes.domain.answers).
    """
    asked = _lock_card(learner, day, position, now)
    given = {answered.turn: answered for answered in asked.answers.all()}
    if turn in given:
        return given[turn]
    is_over = any(answered.is_right for answered in given.values())
    if turn != len(given) + 1 or turn > TURNS or is_over:
        raise CardNotAsked
    content = asked.text.content
    kind = kind_of(asked.version.kind)
    said = kind.read(content, answer)
    kept = PracticeAnswer.objects.create(
        asked=asked,
        turn=turn,
        chosen=answer_as_json(said),
        mark=str(kind.mark(content, asked.version.answer_key.content, said)),
        is_hinted=hasattr(asked, "hint"),
        seconds=max(int((now - last_event_unscoped(asked.practice_day)).total_seconds()), 0),
        answered_at=now,
    )
    record_recalls(learner=learner, exposures=practice_exposures_unscoped([kept]))
    return kept


def _lock_card(learner: User, day: date, position: int, now: datetime) -> PracticeQuestion:
    """A card of today, one writer at a time."""
    User.objects.lock(learner)
    today = local_today(branch_for_person(learner, now), now)
    if day != today:
        raise DayOver
    asked = card_to_answer_unscoped(learner, today, position)
    if asked is None:
        raise CardNotAsked
    if asked.version.question_id in questions_held_unscoped(learner, now):
        raise HeldByQuiz
    return asked
