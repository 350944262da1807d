"""Reads of questions, quizzes and attempts. `release_feedback` is the one way from an answer key to a learner."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from people.models import User
from quizzes.domain.grading import mark
from quizzes.domain.questions import Option, QuestionContent, stem_parts
from quizzes.enums import Outcome, QuizState
from quizzes.models import (
    AskedClause,
    AttemptQuestion,
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionText,
    QuizAttempt,
    QuizPage,
    QuizQuestion,
    Response,
)
from standards.contributions import ClauseUse
from standards.domain.clauses import ClauseContent
from standards.selectors import clause_contents, version_ids_in_force

PERCENT = Decimal(100)


class FeedbackWithheld(Exception):
    """Keys and feedback are for the one who answered, after handing in."""


@dataclass(frozen=True)
class QuestionToAsk:
    """A question of a quiz as a new attempt freezes it."""

    version: QuestionVersion
    text: QuestionVersionText
    clause_version_ids: tuple[int, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A question as its learner sees it; options in the order of this attempt, `chosen` (ids) as last saved."""

    position: int
    kind: str
    stem: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]

    @property
    def is_multiple(self) -> bool:
        return self.kind == "multiple"

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)

    @property
    def situation(self) -> str:
        return stem_parts(self.stem)[0]

    @property
    def asked(self) -> str:
        return stem_parts(self.stem)[1]


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt that goes on, with everything asked and answered so far. It holds no key."""

    attempt: QuizAttempt
    questions: tuple[AskedQuestion, ...]

    def question(self, position: int) -> AskedQuestion | None:
        return next((question for question in self.questions if question.position == position), None)

    @property
    def unanswered(self) -> list[int]:
        return [question.position for question in self.questions if not question.is_answered]

    def next_unanswered(self, after: int = 0) -> int | None:
        """Position of the first question after this one that has no answer; None when there is none."""
        return next((position for position in self.unanswered if position > after), None)


@dataclass(frozen=True)
class ReviewedOption:
    text: str
    is_right: bool
    is_chosen: bool
    feedback: str


@dataclass(frozen=True)
class CitedClause:
    """A clause as it stood when the question was asked."""

    code: str
    number: int
    content: ClauseContent
    is_in_force: bool


@dataclass(frozen=True)
class ReviewedQuestion:
    position: int
    stem: str
    outcome: Outcome
    options: tuple[ReviewedOption, ...]
    feedback: str
    clauses: tuple[CitedClause, ...]

    @property
    def situation(self) -> str:
        return stem_parts(self.stem)[0]

    @property
    def asked(self) -> str:
        return stem_parts(self.stem)[1]

    @property
    def is_right(self) -> bool:
        return self.outcome == Outcome.RIGHT

    @property
    def has_others(self) -> bool:
        """Whether there are options that are neither right nor chosen."""
        return any(not (option.is_right or option.is_chosen) for option in self.options)


@dataclass(frozen=True)
class Feedback:
    """A handed-in attempt with its marks, keys and feedback."""

    attempt: QuizAttempt
    questions: tuple[ReviewedQuestion, ...]
    pass_percent: int
    number: int
    can_retake: bool

    @property
    def percent(self) -> int:
        """Whole per cent, cut: 79.9 never shows as 80."""
        return whole_percent(self.attempt.score_scaled or Decimal(0))

    # Where score and pass mark stand on a scale 400 wide, and how their labels hang there without leaving it.
    @property
    def score_x(self) -> int:
        return self.percent * 4

    @property
    def pass_x(self) -> int:
        return self.pass_percent * 4

    @property
    def score_anchor(self) -> str:
        return _anchor(self.percent)

    @property
    def pass_anchor(self) -> str:
        return _anchor(self.pass_percent)

    @property
    def to_look_at(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if not question.is_right]

    @property
    def right(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if question.is_right]

    @property
    def partly(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if question.outcome == Outcome.PARTLY]

    @property
    def clauses_to_read(self) -> list[CitedClause]:
        """Clauses behind what wasn't right, each once, in the order they came up."""
        found = {clause.code: clause for question in self.to_look_at for clause in question.clauses}
        return list(found.values())


@dataclass(frozen=True)
class QuizSummary:
    """Where a learner stands with a quiz. `best` is the best scaled score (0 to 1); `passed_at` the first pass; `at` the last hand-in."""

    state: QuizState
    attempts: int = 0
    best: Decimal | None = None
    passed_at: datetime | None = None
    at: datetime | None = None

    @property
    def best_percent(self) -> int | None:
        return None if self.best is None else whole_percent(self.best)


def whole_percent(score: Decimal) -> int:
    return int((score * PERCENT).quantize(Decimal(1), rounding=ROUND_DOWN))


def _anchor(percent: int) -> str:
    return "start" if percent < 15 else "end" if percent > 85 else "middle"


def quizzes_unscoped() -> QuerySet[QuizPage]:
    """Published quizzes of the source language, in the order of the page tree."""
    return QuizPage.objects.live().filter(locale=Locale.get_default(), alias_of=None).order_by("path")


def quiz_for_viewer(viewer: User, slug: str) -> QuizPage | None:
    """A published quiz that is for this person. What they have begun or handed in needs no page: see the attempts below."""
    quiz = quizzes_unscoped().filter(slug=slug).first()
    return quiz if quiz and quiz.is_for(viewer) else None


def question_count(quiz: QuizPage) -> int:
    """How many questions an attempt begun now would have."""
    return (
        QuizQuestion.objects.filter(page=quiz, question__live=True, question__versions__number=1)
        .values("question")
        .distinct()
        .count()
    )


def questions_to_ask_unscoped(quiz: QuizPage, locale: Locale) -> list[QuestionToAsk]:
    """The published questions of a quiz, each in its last version, in `locale` or the source's words, with clause versions in force."""
    placed = (
        QuizQuestion.objects.filter(page=quiz, question__live=True)
        .order_by("sort_order", "pk")
        .values_list("question", flat=True)
    )
    questions = list(dict.fromkeys(placed))
    latest: dict[int, QuestionVersion] = {}
    for version in (
        QuestionVersion.objects.filter(question__in=questions).prefetch_related("clauses").order_by("number")
    ):
        latest[version.question_id] = version
    texts = _texts([version.pk for version in latest.values()], locale)
    cited = {version.pk: [entry.clause_id for entry in version.clauses.all()] for version in latest.values()}
    in_force = version_ids_in_force({clause for clauses in cited.values() for clause in clauses})
    return [
        QuestionToAsk(
            version, texts[version.pk], tuple(in_force[clause] for clause in cited[version.pk] if clause in in_force)
        )
        for version in (latest[question] for question in questions if question in latest)
    ]


def latest_version_unscoped(question: Question) -> QuestionVersion | None:
    return QuestionVersion.objects.filter(question=question).order_by("-number").first()


def open_attempt_for_learner(learner: User, slug: str) -> OpenAttempt | None:
    """The attempt at the quiz with this slug that a person has begun and not handed in, whatever became of the quiz.

    Three queries, however many questions: every question and every answer comes by here.
    """
    attempt = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at=None).first()
    if attempt is None:
        return None
    chosen = chosen_unscoped(attempt)
    rows = AttemptQuestion.objects.filter(attempt=attempt).order_by("position")
    return OpenAttempt(
        attempt,
        tuple(
            _asked(position, kind, QuestionContent.from_mapping(text), option_ids, chosen.get(pk, ()))
            for pk, position, kind, text, option_ids in rows.values_list(
                "pk", "position", "version__kind", "text__text", "option_ids"
            )
        ),
    )


def attempt_for_learner(learner: User, slug: str, public_id: uuid.UUID) -> QuizAttempt | None:
    """One's own attempt at this quiz by the id in its address, open or handed in."""
    own = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, public_id=public_id)
    return own.select_related("quiz").first()


def last_result_for_learner(learner: User, slug: str) -> QuizAttempt | None:
    """The attempt at this quiz that was handed in last."""
    graded = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at__isnull=False)
    return graded.order_by("-submitted_at", "-pk").first()


def chosen_unscoped(attempt: QuizAttempt) -> dict[int, tuple[str, ...]]:
    """AttemptQuestion id → the options (ids) of the answer that counts, which is the last."""
    rows = Response.objects.filter(asked__attempt=attempt).order_by("number").values_list("asked", "chosen")
    return {asked: tuple(chosen) for asked, chosen in rows}


def marks_unscoped(attempt: QuizAttempt) -> dict[int, Fraction]:
    """Position → mark from 0 to 1, by the keys that the attempt froze; no answer is 0."""
    chosen = chosen_unscoped(attempt)
    asked = AttemptQuestion.objects.filter(attempt=attempt).select_related("version__answer_key").order_by("position")
    return {
        question.position: mark(
            question.version.kind, question.version.answer_key.content.right, chosen.get(question.pk, ())
        )
        for question in asked
    }


def release_feedback(viewer: User, attempt: QuizAttempt, locale: Locale) -> Feedback:
    """Marks, right options, feedback and clauses of an attempt: to the one whose it is, once it is handed in.

    Nothing else may lead from an AnswerKey to a learner. Raises FeedbackWithheld.
    """
    if attempt.learner_id != viewer.pk or attempt.submitted_at is None:
        raise FeedbackWithheld
    asked = list(
        AttemptQuestion.objects.filter(attempt=attempt)
        .select_related("version__answer_key", "text")
        .order_by("position")
    )
    chosen, clauses = chosen_unscoped(attempt), _cited(attempt, locale)
    before = QuizAttempt.objects.filter(learner=viewer, quiz=attempt.quiz_id, submitted_at__lt=attempt.submitted_at)
    return Feedback(
        attempt=attempt,
        questions=tuple(
            _reviewed(question, chosen.get(question.pk, ()), clauses.get(question.pk, ())) for question in asked
        ),
        pass_percent=whole_percent(Decimal(attempt.rules["mastery_score"])),
        number=before.count() + 1,
        can_retake=attempt.quiz.live,
    )


def quiz_summaries_for_learner(viewer: User, quizzes: Iterable[QuizPage]) -> dict[int, QuizSummary]:
    """Quiz id → where this person stands with it, in one query."""
    wanted = [quiz.pk for quiz in quizzes]
    rows: dict[int, list[QuizAttempt]] = defaultdict(list)
    for attempt in QuizAttempt.objects.filter(learner=viewer, quiz__in=wanted).order_by("started_at", "pk"):
        rows[attempt.quiz_id].append(attempt)
    return {quiz: _summary(rows[quiz]) for quiz in wanted}


def graded_attempts_unscoped(learners: Collection[int], quizzes: Collection[int]) -> QuerySet[QuizAttempt]:
    """Handed-in attempts of these people at these quizzes (ids), oldest first."""
    found = QuizAttempt.objects.filter(learner__in=learners, quiz__in=quizzes, submitted_at__isnull=False)
    return found.order_by("submitted_at", "pk")


def quiz_clause_ids_unscoped(quizzes: Collection[int]) -> list[int]:
    """Clauses that the published questions of these quizzes (ids) test, each once."""
    rows = QuestionClause.objects.filter(question__live=True, question__quiz_questions__page__in=quizzes)
    return list(rows.order_by("clause").values_list("clause", flat=True).distinct())


def clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """Published questions that cite these clauses, for the standards' editor."""
    rows = (
        QuestionClause.objects.filter(clause__in=clause_ids, question__live=True)
        .select_related("question")
        .order_by("question", "sort_order")
    )
    return [
        ClauseUse(
            row.clause_id,
            _("Question"),
            str(row.question),
            reverse("wagtailsnippets_quizzes_question:edit", args=[row.question_id]),
        )
        for row in rows
    ]


def question_by_import_key_unscoped(import_key: str, locale: Locale) -> Question | None:
    return Question.objects.filter(import_key=import_key, locale=locale).first()


def _texts(versions: Collection[int], locale: Locale) -> dict[int, QuestionVersionText]:
    """The newest text of each version in this locale, else in the source locale."""
    source = Locale.get_default()
    rows = QuestionVersionText.objects.filter(version__in=versions, locale__in={locale.pk, source.pk})
    # The reader's own language last, so that it stays.
    ordered = sorted(rows, key=lambda row: (row.locale_id == locale.pk, row.pk))
    return {row.version_id: row for row in ordered}


def _asked(
    position: int, kind: str, content: QuestionContent, option_ids: Collection[str], chosen: Collection[str]
) -> AskedQuestion:
    texts = {option.id: option for option in content.options}
    return AskedQuestion(position, kind, content.stem, tuple(texts[option] for option in option_ids), tuple(chosen))


def _reviewed(question: AttemptQuestion, chosen: Collection[str], clauses: Collection[CitedClause]) -> ReviewedQuestion:
    kind, key = question.version.kind, question.version.answer_key.content
    feedback = dict(key.feedback)
    asked = _asked(question.position, kind, question.text.content, question.option_ids, chosen)
    return ReviewedQuestion(
        position=asked.position,
        stem=asked.stem,
        outcome=_outcome(mark(kind, key.right, chosen), is_answered=asked.is_answered),
        options=tuple(
            ReviewedOption(option.text, option.id in key.right, option.id in chosen, feedback.get(option.id, ""))
            for option in asked.options
        ),
        feedback=key.general,
        clauses=tuple(clauses),
    )


def _outcome(got: Fraction, *, is_answered: bool) -> Outcome:
    if not is_answered:
        return Outcome.UNANSWERED
    return Outcome.RIGHT if got == 1 else Outcome.PARTLY if got else Outcome.WRONG


def _cited(attempt: QuizAttempt, locale: Locale) -> dict[int, list[CitedClause]]:
    """AttemptQuestion id → its clauses, in the versions that were in force at the start."""
    rows = list(AskedClause.objects.filter(asked__attempt=attempt).select_related("version__clause").order_by("pk"))
    contents = clause_contents({row.version_id for row in rows}, locale)
    found: dict[int, list[CitedClause]] = defaultdict(list)
    for row in rows:
        version, clause = row.version, row.version.clause
        is_in_force = clause.current_version_id == version.pk and clause.retired_at is None
        found[row.asked_id].append(CitedClause(clause.code, version.number, contents[version.pk], is_in_force))
    return found


def _summary(attempts: list[QuizAttempt]) -> QuizSummary:
    graded = [attempt for attempt in attempts if attempt.submitted_at is not None]
    has_open = len(graded) < len(attempts)
    passed = [attempt.submitted_at for attempt in graded if attempt.is_success]
    scores = [attempt.score_scaled for attempt in graded if attempt.score_scaled is not None]
    if has_open:
        state = QuizState.OPEN
    elif passed:
        state = QuizState.PASSED
    else:
        state = QuizState.FAILED if graded else QuizState.NONE
    return QuizSummary(
        state=state,
        attempts=len(graded),
        best=max(scores, default=None),
        passed_at=min((at for at in passed if at), default=None),
        at=max((attempt.submitted_at for attempt in graded if attempt.submitted_at), default=None),
    )
