"""Item analysis of a large quiz that many have taken."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from benchmarks.pages import Figure, browser_of, getter
from benchmarks.standards import waited
from quizzes.models import Question, QuizPage
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question, publish_quiz
from tests.factories.statistics import RIGHT, WRONG, answer_all, attempt_all, grade_all, newest_versions, people

QUESTIONS, ATTEMPTS = 100, 10_000


@dataclass(frozen=True)
class Taken:
    quiz: QuizPage
    question: Question


@transaction.atomic
def make_taken_quiz() -> Taken:
    """Everybody had all questions; the answers to one of them are there too, which its own page reads."""
    questions = [publish_question(f"taken-{number}", codes=[f"TKN-{number}"]) for number in range(QUESTIONS)]
    quiz = publish_quiz(questions, slug="taken-by-many")
    source, versions = random.Random(7), newest_versions(questions)
    rows = []
    for _ in range(ATTEMPTS):
        able = source.random()
        rows.append([RIGHT if source.random() < able else source.choice([WRONG, "1/2", "1/3"]) for _ in questions])
    attempts = attempt_all(quiz, people(ATTEMPTS), rows)
    grade_all(attempts, versions, rows, seconds=20)
    answer_all(attempts, 0, versions[0], [row[0] for row in rows])
    return Taken(quiz, questions[0])


def measure_item_analysis() -> Iterator[Figure]:
    """All that an editor waits for, the database's time included."""
    taken = make_taken_quiz()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # as autovacuum does
            cursor.execute("ANALYZE")
    editor, report = browser_of(UserFactory(role="Editors")), f"/admin/reports/item-analysis/{taken.quiz.pk}/"
    size = f"{QUESTIONS} questions × {ATTEMPTS:,} attempts"
    yield waited(f"Item analysis, {size}", getter(editor, report), 3000)
    yield waited(f"One of its questions, {size}", getter(editor, f"{report}questions/{taken.question.pk}/"), 5000)
