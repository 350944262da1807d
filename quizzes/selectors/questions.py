"""Questions and quizzes: what is published, what an attempt would ask, what cites a clause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from people.models import User
from quizzes.domain.digests import shuffled
from quizzes.domain.drawing import draw
from quizzes.domain.kinds import kind_of
from quizzes.domain.rules import Rules, Start
from quizzes.models import (
    AttemptQuestion,
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionText,
    QuizIndexPage,
    QuizPage,
    QuizQuestion,
)
from quizzes.models.placed import candidates
from quizzes.selectors.attempts import start_for_learner
from standards.contributions import ClauseUse
from standards.domain.coverage import Practice
from standards.selectors.clauses import version_ids_in_force


@dataclass(frozen=True)
class QuestionToAsk:
    """A question of a quiz as a new attempt freezes it; section: heading of the part that it belongs to."""

    version: QuestionVersion
    text: QuestionVersionText
    clause_version_ids: tuple[int, ...]
    section: str = ""

    def option_order(self, seed: str | None) -> list[str]:
        """Ids of the options as they are shown: shuffled by the seed, unless there is none or the question keeps its order."""
        content = self.text.content
        if seed is None or not kind_of(self.version.kind).orders_options(content):
            return list(content.option_ids)
        return shuffled(content.option_ids, seed)


@dataclass(frozen=True)
class Introduction:
    """A quiz before its first question: what its rules are, and whether this person may begin. limit: their own time limit."""

    quiz: QuizPage
    rules: Rules
    question_count: int
    section_count: int
    start: Start
    limit: timedelta | None


def quizzes_unscoped() -> QuerySet[QuizPage]:
    """Published quizzes of the source language, in the order of the page tree."""
    return QuizPage.objects.live().filter(locale=Locale.get_default(), alias_of=None).order_by("path")


def quiz_index_unscoped() -> QuizIndexPage | None:
    """The page under which the site's quizzes stand."""
    return QuizIndexPage.objects.first()


def quiz_for_viewer(viewer: User, slug: str) -> QuizPage | None:
    """A published quiz that is for this person. What they have begun or handed in needs no page: see the attempts below."""
    quiz = quizzes_unscoped().filter(slug=slug).first()
    return quiz if quiz and quiz.is_for(viewer) else None


def introduction_for_learner(viewer: User, quiz: QuizPage, now: datetime) -> Introduction:
    rules = quiz.rules
    placed = _placed(quiz, viewer, "")
    return Introduction(
        quiz=quiz,
        rules=rules,
        question_count=len(placed),
        section_count=len({section for section, _ in placed}),
        start=start_for_learner(viewer, quiz, now),
        limit=rules.limit_for(viewer.extra_time),
    )


def questions_to_ask_unscoped(quiz: QuizPage, locale: Locale, learner: User, seed: str) -> list[QuestionToAsk]:
    """The published questions of a new attempt: fixed ones and drawn ones, each in its last version, in `locale` or the source's words,
    with clause versions in force. A fixed number of queries.
    """
    placed = _placed(quiz, learner, seed)
    latest: dict[int, QuestionVersion] = {}
    wanted = [question for _, question in placed]
    for version in QuestionVersion.objects.filter(question__in=wanted).prefetch_related("clauses").order_by("number"):
        latest[version.question_id] = version
    texts = QuestionVersionText.objects.best_for([version.pk for version in latest.values()], locale)
    cited = {version.pk: [entry.clause_id for entry in version.clauses.all()] for version in latest.values()}
    in_force = version_ids_in_force({clause for clauses in cited.values() for clause in clauses})
    return [
        QuestionToAsk(
            version,
            texts[version.pk],
            tuple(in_force[clause] for clause in cited[version.pk] if clause in in_force),
            section,
        )
        for section, version in ((section, latest[question]) for section, question in placed)
    ]


def _placed(quiz: QuizPage, learner: User, seed: str) -> list[tuple[str, int]]:
    """Heading of its section and id of each question that an attempt with this seed asks, in order."""
    rows = list(
        QuizQuestion.objects.filter(page=quiz)
        .select_related("draw_chapter")
        .annotate(can_be_asked=Q(question__live=True) & Exists(_versions_of(OuterRef("question"))))
        .order_by("sort_order", "pk")
    )
    drawing = [row for row in rows if row.is_draw]
    wanted = [row.as_draw() for row in drawing]
    found = candidates(wanted)
    got = draw(
        wanted,
        found,
        fixed={row.question_id for row in rows if row.question_id},
        met=_times_met(learner, [candidate.id for candidate in found]),
        seed=seed,
    )
    drawn = {row.pk: questions for row, questions in zip(drawing, got, strict=True)}
    sections: list[tuple[str, list[int]]] = [("", [])]
    for row in rows:
        if row.section:
            sections.append((row.section, []))
        sections[-1][1].extend(drawn[row.pk] if row.is_draw else [row.question_id] if row.can_be_asked else [])
    seen: set[int] = set()
    placed = []
    for number, (heading, questions) in enumerate(sections):
        once = [question for question in dict.fromkeys(questions) if question not in seen]
        seen |= set(once)
        if quiz.shuffles_questions:
            once = [int(key) for key in shuffled([str(key) for key in once], f"{seed}:section:{number}")]
        placed += [(heading, question) for question in once]
    return placed


def _versions_of(question: OuterRef) -> QuerySet[QuestionVersion]:
    return QuestionVersion.objects.filter(question=question, number=1)


def _times_met(learner: User, question_ids: Collection[int]) -> dict[int, int]:
    """Question id → how often this person was asked it in a quiz; those never asked are left out."""
    if not question_ids:
        return {}
    met = AttemptQuestion.objects.filter(attempt__learner=learner, version__question__in=question_ids)
    return dict(met.values_list("version__question").annotate(Count("pk")).order_by())


def latest_version_unscoped(question: Question) -> QuestionVersion | None:
    return QuestionVersion.objects.filter(question=question).order_by("-number").first()


def clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """Published questions that cite these clauses, for the standards' editor."""
    rows = (
        QuestionClause.objects.filter(clause__in=clause_ids, question__live=True)
        .select_related("question")
        .annotate(published_at=Max("question__versions__published_at"))
        .order_by("question", "sort_order")
    )
    return [
        ClauseUse(
            row.clause_id,
            _("Question"),
            str(row.question),
            reverse("wagtailsnippets_quizzes_question:edit", args=[row.question_id]),
            Practice.QUESTION,
            key=question_key(row.question_id),
            published_at=row.published_at,
            check_url=reverse("question_check", args=[row.question_id]),
        )
        for row in rows
    ]


def question_key(question_id: int) -> str:
    """What the standards call a question that cites a clause."""
    return f"question:{question_id}"


def question_by_import_key_unscoped(import_key: str, locale: Locale) -> Question | None:
    return Question.objects.filter(import_key=import_key, locale=locale).first()
