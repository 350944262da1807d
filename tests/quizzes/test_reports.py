"""Item analysis as editors see it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client

from quizzes.domain.answers import Given
from quizzes.domain.statistics.choices import Possible
from quizzes.domain.statistics.items import Item, ItemStatistics, Shown
from quizzes.domain.statistics.verdicts import Verdict
from quizzes.models import Question, QuizPage
from quizzes.reports.wording import VERDICTS, choice_in_words, question_figures
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question, publish_questions, publish_quiz
from tests.factories.statistics import RIGHT, WRONG, hand_in_all
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/item-analysis/"
CLEAR_AND_WRONG = [[RIGHT, RIGHT, WRONG]] * 16 + [[WRONG, WRONG, RIGHT]] * 8 + [[WRONG, WRONG, WRONG]] * 8
"""The third question is got by those who miss the others: its key is wrong."""


@pytest.fixture
def editor() -> Client:
    return signed_in(UserFactory(role="Editors"))


@pytest.fixture
def questions() -> list[Question]:
    return publish_questions(3)


@pytest.fixture
def quiz(questions: list[Question]) -> QuizPage:
    return publish_quiz(questions)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response).decode().splitlines()


def test_report_of_all_quizzes(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    hand_in_all(quiz, questions, CLEAR_AND_WRONG)
    publish_quiz([questions[0]], slug="untaken")
    consistent = publish_quiz(questions[:2], slug="consistent")
    hand_in_all(consistent, questions[:2], [[RIGHT, RIGHT]] * 16 + [[WRONG, WRONG]] * 16)

    text = page(editor, REPORT)

    assert "A key may be wrong" in text
    assert "nobody yet" in text
    assert "Learner" not in text
    assert "example.com" not in text
    heading, first, second, third = exported(editor, f"{REPORT}?export=csv")
    assert heading.startswith("Quiz,What to look at,First attempts,Average,")
    assert first == "Quiz on reliability,A key may be wrong,32,42,0,0.84,3,1"
    assert second == "Quiz on untaken,Too few attempts,nobody yet,,,,0,"
    assert third.startswith("Quiz on consistent,Consistency is high: who does well in one half")


def test_report_of_a_quiz(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    hand_in_all(quiz, questions, CLEAR_AND_WRONG)

    text = page(editor, f"{REPORT}{quiz.pk}/")

    assert 'role="img"' in text
    assert text.count('<g class="chart-stop"') >= 1
    assert str(VERDICTS[Verdict.KNOWERS_WRONG]) in text
    assert "whole mark for each question" in text
    assert "Learner" not in text


def test_report_of_a_quiz_says_why_there_is_little(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    address = f"{REPORT}{quiz.pk}/"
    assert "None of its questions has been answered" in page(editor, address)

    hand_in_all(quiz, questions, CLEAR_AND_WRONG[:4])
    text = page(editor, address)
    assert "First attempts: fewer than 5." in text
    assert 'class="figures"' not in text

    hand_in_all(quiz, questions, CLEAR_AND_WRONG[:4])
    text = page(editor, address)
    assert "First attempts: 8." in text
    assert "so only the average is shown" in text
    assert 'role="img"' not in text


def test_report_of_a_quiz_says_why_it_has_no_consistency(
    editor: Client, quiz: QuizPage, questions: list[Question]
) -> None:
    hand_in_all(quiz, questions, [[RIGHT, RIGHT, None], [WRONG, WRONG, None], [RIGHT, None, WRONG]] * 15)

    text = page(editor, f"{REPORT}{quiz.pk}/")

    assert "Not everybody was asked the same questions." in text
    assert "1 question has no discrimination" in text


def test_report_of_a_question(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    hand_in_all(quiz, questions, CLEAR_AND_WRONG)
    address = f"{REPORT}{quiz.pk}/questions/{questions[0].pk}/"

    text = page(editor, address)

    assert "It is case 1." in text
    assert "what somebody gets on average who knows nothing" in text
    assert "By version" not in text
    assert "Who chose what" in text
    assert "chart-best" in text
    assert f"/admin/snippets/quizzes/question/edit/{questions[0].pk}/" in text
    assert "/standards/REL-1/" in text
    assert exported(editor, f"{address}?export=csv") == [
        "Answer,Key,Everybody,Of the best third,Of the weakest third,What to look at",
        "Keep it until Saturday.,Right,16,16,0,",
        "Sell it to the next customer.,,16,0,16,",
        'Keep it for a day.,,0,0,0,"Nobody chooses it: write a likelier one, or leave it out"',
    ]


def test_report_of_a_question_by_version(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    hand_in_all(quiz, questions, CLEAR_AND_WRONG)
    questions[0].stem = "Another case. What do you do?"
    questions[0].save_revision().publish()
    address = f"{REPORT}{quiz.pk}/questions/{questions[0].pk}/"

    assert "Who chose what, in version 1" in page(editor, address)
    second = page(editor, f"{address}?language=en&version=2")
    assert "Who chose what appears from 30 first attempts on." in second
    assert f"{address}?language=en&amp;version=1" in second
    assert "Who chose what, in version 1" in page(editor, f"{address}?version=٣x")


def test_report_of_a_question_where_nobody_does_better(
    editor: Client, quiz: QuizPage, questions: list[Question]
) -> None:
    hand_in_all(quiz, questions, [[RIGHT, RIGHT, RIGHT]] * 30)

    text = page(editor, f"{REPORT}{quiz.pk}/questions/{questions[0].pk}/")

    assert "Too many people have the same total" in text
    assert "chart-best" not in text
    assert str(VERDICTS[Verdict.EVERYBODY]) in text


def test_reports_go_on_with_what_was_chosen(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    hand_in_all(quiz, questions, CLEAR_AND_WRONG)
    chosen = "?handed_in_from=2026-01-01&amp;language=ms"

    assert f"{REPORT}{quiz.pk}/{chosen}" in page(editor, f"{REPORT}?handed_in_from=2026-01-01&language=ms")
    text = page(editor, f"{REPORT}{quiz.pk}/questions/{questions[0].pk}/?handed_in_from=2026-01-01&language=ms")
    assert "First attempts: nobody yet." in text
    assert f"{REPORT}{quiz.pk}/{chosen}" in text
    assert "First attempts: 32." in page(editor, f"{REPORT}{quiz.pk}/?handed_in_to=2100-01-01&language=en")


def test_reports_say_what_is_wrong_with_a_choice(editor: Client, quiz: QuizPage) -> None:
    assert "Enter a valid date" in page(editor, f"{REPORT}{quiz.pk}/?handed_in_from=soon")


def test_reports_of_what_is_not_there(editor: Client, quiz: QuizPage, questions: list[Question]) -> None:
    assert editor.get(f"{REPORT}999999/").status_code == 404
    assert editor.get(f"{REPORT}999999/questions/{questions[0].pk}/").status_code == 404
    assert editor.get(f"{REPORT}{quiz.pk}/questions/999999/").status_code == 404


def test_report_of_clauses(editor: Client) -> None:
    hard, easy = publish_question("hard", codes=["REL-2"]), publish_question("easy", codes=["REL-1"])
    quiz = publish_quiz([easy, hard])
    address = f"{REPORT}clauses/"
    assert "No question was answered often enough." in page(editor, address)

    hand_in_all(quiz, [easy, hard], [[RIGHT, WRONG]] * 5)

    rows = exported(editor, f"{address}?export=csv")
    assert [(row.split(",")[0], row.split(",")[2:]) for row in rows[1:]] == [
        ("REL-2", ["0", "1", "5"]),
        ("REL-1", ["100", "1", "5"]),
    ]


def test_exports_hold_no_formula(editor: Client) -> None:
    question = publish_question(stem="=HYPERLINK(1). What do you do?")
    quiz = publish_quiz([question])
    hand_in_all(quiz, [question], [[RIGHT]] * 5)

    assert ",'=HYPERLINK(1)" in exported(editor, f"{REPORT}{quiz.pk}/?export=csv")[1]
    response = editor.get(f"{REPORT}{quiz.pk}/?export=xlsx")
    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_report_takes_as_many_queries_for_one_quiz_as_for_three(
    editor: Client, count: int, django_assert_num_queries: Callable
) -> None:
    for number in range(count):
        question = publish_question(f"question-{number}")
        hand_in_all(publish_quiz([question], slug=f"quiz-{number}"), [question], [[RIGHT]] * 5)
    page(editor, REPORT)

    with django_assert_num_queries(15):
        page(editor, REPORT)


@pytest.mark.parametrize(
    ("kind", "possible", "expected"),
    [
        ("single", Possible(Given("a"), "Yes", is_right=True), "Yes"),
        ("short_text", Possible(Given("a"), "", is_right=False), "Any other answer"),
        ("gaps", Possible(Given("a"), "sorry", is_right=True, place=2), "Gap 2: sorry"),
        ("ordering", Possible(Given("a"), "Listen", is_right=True, place=1), "Place 1: Listen"),
        ("matching", Possible(Given("a"), "Tea", is_right=True, place=1, about="Hot"), "Hot → Tea"),
    ],
)
def test_choice_in_words(kind: str, possible: Possible, expected: str) -> None:
    assert choice_in_words(kind, possible) == expected


def test_question_figures_leave_out_what_there_is_not() -> None:
    item = Item(1, frozenset({1}), guess_score=Fraction(1, 4))

    figures = question_figures(ItemStatistics(item, 6, Shown.FACILITY, facility=0.5))

    assert [(figure.name, figure.value) for figure in figures] == [("Facility", "50 %"), ("By guessing", "25 %")]
