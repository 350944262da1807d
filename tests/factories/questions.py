"""A published question of every kind, with a mark on everything in its key that can carry one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from wagtail.models import Locale

from people.models import User
from quizzes.domain.asking import said_by
from quizzes.domain.authoring import Authored, Gap, Typed
from quizzes.domain.kinds import KINDS, kind_of
from quizzes.models import Question, QuestionVersion, QuizAttempt
from quizzes.services import create_question
from tests.factories.people import NOW
from tests.factories.quizzes import begin, publish_quiz
from tests.factories.standards import cite
from tests.quizzes.domain.samples import AUTHORED

CANARY = "canary-in-the-key"
CANARY_NUMBER = "7340917"
CODES = ("REL-2", "SIN-1", "FRI-1")


def sample(kind: str) -> Authored:
    """A question of this kind with `CANARY` in its feedback and in what it accepts (`CANARY_NUMBER` for a number).

    KeyError for a kind that nobody has written one of.
    """
    authored = AUTHORED[kind]
    return replace(
        authored,
        general=f"{CANARY}-general",
        otherwise=f"{CANARY}-otherwise" if authored.accepted else "",
        choices=tuple(replace(one, feedback=f"{CANARY}-{place}") for place, one in enumerate(authored.choices)),
        pairs=tuple(replace(one, feedback=f"{CANARY}-{place}") for place, one in enumerate(authored.pairs)),
        steps=tuple(replace(one, feedback=f"{CANARY}-{place}") for place, one in enumerate(authored.steps)),
        lines=tuple(replace(one, feedback=f"{CANARY}-{place}") for place, one in enumerate(authored.lines)),
        accepted=_marked(authored.accepted, is_number=kind == "numeric"),
        gaps=tuple(_marked_gap(gap) for gap in authored.gaps),
    )


def publish_sample(kind: str, source_key: str = "", *, by: User | None = None, **changes: Any) -> Question:
    return create_question(
        source_key=source_key or f"sample-{kind}",
        authored=replace(sample(kind), **changes),
        clause_ids=cite(*CODES),
        locale=Locale.get_default(),
        by=by,
        now=NOW,
    )


def begin_samples(learner: User, *kinds: str) -> QuizAttempt:
    """An open attempt with a question of each of these kinds, or of all, in the order of `KINDS`."""
    return begin(learner, publish_quiz([publish_sample(kind) for kind in kinds or KINDS]))


def right_fields(attempt: QuizAttempt, position: int = 1) -> dict[str, Any]:
    """What the browser sends for the right answer."""
    version: QuestionVersion = attempt.questions.get(position=position).version
    content = version.texts.get().content
    return said_by(version.kind, kind_of(version.kind).right_answer(content, version.answer_key.content))


def _marked(accepted: tuple[Typed, ...], *, is_number: bool) -> tuple[Typed, ...]:
    return tuple(
        replace(
            one,
            value=str(Decimal(CANARY_NUMBER) + place) if is_number else f"{CANARY}-accepted-{place}",
            feedback=f"{CANARY}-{place}",
        )
        for place, one in enumerate(accepted)
    )


def _marked_gap(gap: Gap) -> Gap:
    return replace(
        gap,
        otherwise=f"{CANARY}-otherwise",
        accepted=_marked(gap.accepted, is_number=gap.kind == "number"),
        choices=tuple(replace(one, feedback=f"{CANARY}-{place}") for place, one in enumerate(gap.choices)),
    )
