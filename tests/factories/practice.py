from __future__ import annotations

from datetime import datetime

from people.models import User
from quizzes.domain.kinds import kind_of
from quizzes.models import PracticeAnswer, PracticeDay, PracticeQuestion
from quizzes.services import answer_card, begin_practice
from standards.models import ChapterPage
from tests.factories.people import NOW
from tests.factories.quizzes import publish_question, say
from tests.factories.standards import publish_chapter, sign


def learn(learner: User, *codes: str, now: datetime = NOW) -> ChapterPage:
    """Sign a chapter of these clauses, each with a published question."""
    chapter = publish_chapter(f"Chapter of {codes[0]}", codes)
    for number, code in enumerate(codes, start=1):
        publish_question(f"about-{code}", stem=f"It is case {number}. What do you do?", codes=[code], now=now)
    sign(learner, chapter, now=now)
    return chapter


def right_answer(asked: PracticeQuestion) -> list[str]:
    key = asked.version.answer_key.content
    return [given.value for given in kind_of(asked.version.kind).right_answer(asked.text.content, key)]


def wrong_answer(asked: PracticeQuestion) -> list[str]:
    return [option for option in asked.option_ids if option not in right_answer(asked)][:1]


def practise(
    day: PracticeDay, position: int, *, right: bool = True, turn: int = 1, now: datetime = NOW
) -> PracticeAnswer:
    """An answer to one card of a day."""
    asked = day.questions.get(position=position)
    chosen = right_answer(asked) if right else wrong_answer(asked)
    return answer_card(learner=day.learner, day=day.day, position=position, turn=turn, answer=say(chosen), now=now)


def practise_all(learner: User, *, right: bool = True, now: datetime = NOW) -> PracticeDay:
    """The five of the day, each answered once."""
    day = begin_practice(learner=learner, now=now)
    for asked in day.questions.all():
        practise(day, asked.position, right=right, now=now)
    return day
