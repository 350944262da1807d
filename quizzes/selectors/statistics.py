"""Item analysis: figures from the first attempts of everybody at a quiz. No names, and nothing that rests on fewer than five people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Locale

from core.models import source_language
from core.selectors import organisation_zone
from quizzes.domain.answers import Given, answer_from_json
from quizzes.domain.kinds import kind_of
from quizzes.domain.statistics.choices import choices_of
from quizzes.domain.statistics.choosers import ChooserTable, chooser_table
from quizzes.domain.statistics.clauses import worst_understood
from quizzes.domain.statistics.items import FEWEST_FOR_ALL, Item, ItemStatistics, QuizStatistics, analyse
from quizzes.domain.statistics.marks import Sheet
from quizzes.domain.statistics.verdicts import Verdict, verdict_on
from quizzes.enums import QuestionKind
from quizzes.models import (
    AttemptGrade,
    AttemptQuestion,
    Question,
    QuestionVersion,
    QuestionVersionText,
    QuizAttempt,
    QuizPage,
)
from standards.selectors.clauses import ClauseInForce, clauses_by_id


@dataclass(frozen=True)
class Slice:
    """Which first attempts to look at: handed in from the first day to the last (the organisation's), put in this language (its code)."""

    first_on: date | None = None
    last_on: date | None = None
    language: str = ""


ALL = Slice()


@dataclass(frozen=True)
class AnalysedQuestion:
    """A question of a quiz, all its versions together; `newest` is the last of them."""

    question: Question
    newest: QuestionVersion
    codes: tuple[str, ...]
    statistics: ItemStatistics
    verdict: Verdict


@dataclass(frozen=True)
class AnalysedQuiz:
    """A quiz with its questions, those first that most need looking at."""

    quiz: QuizPage
    statistics: QuizStatistics
    questions: tuple[AnalysedQuestion, ...]

    @property
    def to_check(self) -> int:
        """How many questions may have a wrong key."""
        return sum(question.verdict.is_grave for question in self.questions)


@dataclass(frozen=True)
class AnalysedVersion:
    """One version of a question, by itself."""

    version: QuestionVersion
    statistics: ItemStatistics
    verdict: Verdict


@dataclass(frozen=True)
class QuestionAnalysis:
    """A question of a quiz: all versions together, each by itself, and who chose what in one of them."""

    quiz: QuizPage
    question: AnalysedQuestion
    versions: tuple[AnalysedVersion, ...]
    version: QuestionVersion
    choosers: ChooserTable


@dataclass(frozen=True)
class UnderstoodClause:
    """A clause as the answers to all questions on it understand it. facility: a part of the marks, 0 to 1."""

    clause: ClauseInForce
    facility: float
    questions: int
    answers: int


def analysed_quizzes_unscoped(part: Slice = ALL) -> list[AnalysedQuiz]:
    """Every quiz that is published or was ever taken, in the order of the page tree. As many queries for one as for a hundred."""
    sheets = {quiz: sheet for quiz, (_attempts, sheet) in _sheets(part).items()}
    versions = _versions(version for sheet in sheets.values() for version in sheet.columns)
    quizzes = QuizPage.objects.filter(locale__language_code=source_language(), alias_of=None)
    shown = quizzes.filter(Q(live=True) | Q(pk__in=sheets)).order_by("path")
    return [_quiz(quiz, sheets.get(quiz.pk, _NOTHING[1]), versions) for quiz in shown]


def analysed_quiz_unscoped(quiz_id: int, part: Slice = ALL) -> AnalysedQuiz | None:
    quiz = QuizPage.objects.filter(pk=quiz_id).first()
    if quiz is None:
        return None
    _attempts, sheet = _sheets(part, quiz_id).get(quiz_id, _NOTHING)
    return _quiz(quiz, sheet, _versions(sheet.columns))


def question_analysis_unscoped(
    quiz_id: int, question_id: int, part: Slice = ALL, number: int | None = None
) -> QuestionAnalysis | None:
    """Also of a question that nobody was asked yet; None where there is no such quiz or question, or it was never published.

    number: of the version whose choosers to count; without it, the newest that enough people had.
    """
    quiz = QuizPage.objects.filter(pk=quiz_id).first()
    attempts, sheet = _sheets(part, quiz_id).get(quiz_id, _NOTHING)
    versions = _versions(sheet.columns, question_id)
    own = sorted((one for one in versions.values() if one.question_id == question_id), key=lambda one: one.number)
    if quiz is None or not own:
        return None
    _of_quiz, questions = _analysed(sheet, versions)
    others = {pk: one for pk, one in versions.items() if one.question_id != question_id}
    question = next(one for one in questions if one.question.pk == question_id)
    one_by_one: tuple[ItemStatistics, ...] = (question.statistics,)
    if len(own) > 1:
        one_by_one = analyse(sheet, [*(_item([one]) for one in own), *_items(others)]).items[: len(own)]
    by_version = tuple(
        AnalysedVersion(one, statistics, verdict_on(statistics))
        for one, statistics in zip(own, one_by_one, strict=True)
    )
    enough = [one.version for one in by_version if one.statistics.attempts >= FEWEST_FOR_ALL]
    version = next((one for one in own if one.number == number), (enough or own)[-1])
    totals = dict(zip(attempts, sheet.totals, strict=True))
    return QuestionAnalysis(quiz, question, by_version, version, _choosers(quiz, version, totals))


def understood_clauses_unscoped(part: Slice = ALL) -> list[UnderstoodClause]:
    """Clauses that questions were asked about, the worst understood first, by the clauses that each question cites now."""
    questions = [question for quiz in analysed_quizzes_unscoped(part) for question in quiz.questions]
    ranked = worst_understood(
        (cited.clause_id, question.statistics) for question in questions for cited in question.newest.clauses.all()
    )
    clauses = clauses_by_id([one.clause for one in ranked], Locale.get_default())
    return [
        UnderstoodClause(clauses[one.clause], one.facility, one.questions, one.answers)
        for one in ranked
        if one.clause in clauses
    ]


_NOTHING: tuple[list[int], Sheet] = ([], Sheet.read([]))


def _first_attempts(part: Slice) -> QuerySet[QuizAttempt]:
    """The first attempt of each person at each quiz that was handed in, where it lies in this part."""
    handed_in = QuizAttempt.objects.filter(submitted_at__isnull=False)
    before = Q(started_at__lt=OuterRef("started_at")) | Q(started_at=OuterRef("started_at"), pk__lt=OuterRef("pk"))
    earlier = handed_in.filter(before, quiz=OuterRef("quiz"), learner=OuterRef("learner"))
    found = handed_in.filter(~Exists(earlier))
    if part.first_on:
        found = found.filter(submitted_at__gte=_start_of(part.first_on))
    if part.last_on:
        found = found.filter(submitted_at__lt=_start_of(part.last_on + timedelta(days=1)))
    if part.language:
        asked = AttemptQuestion.objects.filter(attempt=OuterRef("pk"))
        # Where a translation lacks a question, it is put in the source's words: that makes nobody a reader of the source.
        if part.language == source_language():
            found = found.filter(~Exists(asked.exclude(text__locale__language_code=part.language)))
        else:
            found = found.filter(Exists(asked.filter(text__locale__language_code=part.language)))
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), organisation_zone())


def _sheets(part: Slice, quiz_id: int | None = None) -> dict[int, tuple[list[int], Sheet]]:
    """Quiz → its first attempts (ids) and their marks by the last grading, in the same order. One query."""
    later = AttemptGrade.objects.filter(attempt=OuterRef("attempt"), number__gt=OuterRef("number"))
    attempts = _first_attempts(part)
    if quiz_id is not None:
        attempts = attempts.filter(quiz=quiz_id)
    grades = AttemptGrade.objects.filter(~Exists(later), attempt__in=attempts)
    by_quiz: dict[int, tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
    # As text, read attempt by attempt: a million marks at once as lists would keep the garbage collector busy.
    written = Cast("marks", TextField())
    for quiz, attempt, marks in grades.order_by().values_list("attempt__quiz", "attempt", written):
        by_quiz[quiz][0].append(attempt)
        by_quiz[quiz][1].append(marks)
    return {quiz: (ids, Sheet.read(map(json.loads, marks))) for quiz, (ids, marks) in by_quiz.items()}


def _versions(ids: Iterable[int], question_id: int | None = None) -> dict[int, QuestionVersion]:
    """These versions, and all of this question, with what it takes to say what they are about and what guessing brings. Four queries."""
    wanted = Q(pk__in=set(ids)) | Q(question=question_id)
    found = QuestionVersion.objects.filter(wanted).select_related("question", "answer_key")
    return found.prefetch_related("clauses__clause", "texts").in_bulk()


def _items(versions: dict[int, QuestionVersion]) -> list[Item]:
    """The questions that these are versions of."""
    by_question: dict[int, list[QuestionVersion]] = defaultdict(list)
    for version in sorted(versions.values(), key=lambda one: (one.question_id, one.number)):
        by_question[version.question_id].append(version)
    return [_item(of_question) for of_question in by_question.values()]


def _item(versions: Sequence[QuestionVersion]) -> Item:
    """The item that these versions of a question make together; guessing at the last one counts."""
    last = versions[-1]
    content, key = last.texts.all()[0].content, last.answer_key.content
    return Item(
        last.question_id,
        frozenset(version.pk for version in versions),
        kind_of(last.kind).random_guess(content, key),
    )


def _quiz(quiz: QuizPage, sheet: Sheet, versions: dict[int, QuestionVersion]) -> AnalysedQuiz:
    return AnalysedQuiz(quiz, *_analysed(sheet, {pk: versions[pk] for pk in sheet.columns}))


def _analysed(
    sheet: Sheet, versions: dict[int, QuestionVersion]
) -> tuple[QuizStatistics, tuple[AnalysedQuestion, ...]]:
    analysis = analyse(sheet, _items(versions))
    questions = [_question(one, versions) for one in analysis.items]
    return analysis.quiz, tuple(sorted(questions, key=_gravity))


def _question(statistics: ItemStatistics, versions: dict[int, QuestionVersion]) -> AnalysedQuestion:
    newest = max((versions[pk] for pk in statistics.item.versions), key=lambda version: version.number)
    codes = tuple(cited.clause.code for cited in newest.clauses.all())
    return AnalysedQuestion(newest.question, newest, codes, statistics, verdict_on(statistics))


_FIRST = {verdict: place for place, verdict in enumerate([*Verdict][1:])}


def _gravity(question: AnalysedQuestion) -> tuple[int, float, int]:
    """The gravest verdict first, then what fewest get right; what too few were asked comes last."""
    facility = question.statistics.facility
    return _FIRST.get(question.verdict, len(_FIRST)), 2 if facility is None else facility, question.question.pk


def _choosers(quiz: QuizPage, version: QuestionVersion, totals: dict[int, int]) -> ChooserTable:
    """totals: of the attempts that count. The last answer that came in time is the one that was given. Two queries."""
    text = QuestionVersionText.objects.best_for([version.pk], Locale.get_default())[version.pk]
    content, key, kind = text.content, version.answer_key.content, kind_of(version.kind)
    asked = AttemptQuestion.objects.filter(version=version, attempt__quiz=quiz).order_by("responses__number")
    rows = asked.values_list("attempt", "responses__chosen", "responses__is_late")
    said: dict[int, tuple[Given, ...]] = {}
    for attempt, chosen, is_late in rows:
        if attempt in totals:
            said[attempt] = said.get(attempt, ()) if is_late else kind.responses(content, key, answer_from_json(chosen))
    return chooser_table(
        ((totals[attempt], given) for attempt, given in said.items()),
        choices_of(version.kind, content, key),
        several=version.kind == QuestionKind.MULTIPLE,
    )
