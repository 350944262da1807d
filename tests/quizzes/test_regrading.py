"""A mended key: what it would change, and the new fact beside the old one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from quizzes.domain.keys import KeyContent
from quizzes.models import AttemptGrade, Question
from quizzes.selectors.attempts import quiz_summaries_for_learner
from quizzes.selectors.feedback import release_feedback
from quizzes.services import set_answer_key
from quizzes.signals import attempt_regraded
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import begin, publish_question, publish_quiz, ruled, take

pytestmark = pytest.mark.django_db


def mend(question: Question, right: int) -> None:
    """Publish the question with another option as its right one."""
    draft = Question.objects.get(pk=question.pk).get_latest_revision_as_object()
    options = draft.content.option_ids
    set_answer_key(question=draft, key=KeyContent.of({options[right]}, {}, ""), now=NOW)
    draft.save_revision().publish()


def run(*arguments: Any) -> str:
    from io import StringIO

    out = StringIO()
    call_command("regrade_attempts", *[str(one) for one in arguments], stdout=out)
    return out.getvalue()


def test_dry_run_shows_each_result_and_writes_nothing() -> None:
    question = publish_question()
    quiz = publish_quiz([question])
    right, wrong = (take(UserFactory(name="Aina"), quiz, right=one) for one in (1, 0))
    chosen = wrong.questions.get().responses.get().chosen[0]
    mend(question, list(question.content.option_ids).index(chosen))
    shown = run(question.pk)
    assert f"{right}: 1.00000 → 0.00000, passed → failed" in shown
    assert f"{wrong}: 0.00000 → 1.00000, failed → passed" in shown
    assert "2 results would change." in shown
    assert "Aina" not in shown
    assert AttemptGrade.objects.count() == 2


def test_applied_once_told_shown_and_counted() -> None:
    heard: list[tuple[int, bool]] = []

    def listen(attempt: Any, grade: AttemptGrade, **kwargs: Any) -> None:
        heard.append((attempt.pk, grade.is_success))

    question, learner = publish_question(), UserFactory()
    quiz = publish_quiz([question])
    attempt = take(learner, quiz, right=0)
    begin(UserFactory(), quiz)
    chosen = attempt.questions.get().responses.get().chosen[0]
    mend(question, list(question.content.option_ids).index(chosen))
    attempt_regraded.connect(listen)
    said = [run(question.pk, "--apply", "--reason", "The key was wrong.") for _ in range(2)]
    attempt_regraded.disconnect(listen)
    assert said[0].endswith("1 results graded anew.\n")
    assert said[1] == "0 results graded anew.\n"
    assert heard == [(attempt.pk, True)]
    result = release_feedback(learner, attempt, Locale.get_default())
    assert (result.percent, result.is_success, result.is_regraded) == (100, True, True)
    assert [option.text for option in result.questions[0].options if option.is_right] == [
        option.text for option in result.questions[0].options if option.is_chosen
    ]
    assert quiz_summaries_for_learner(learner, [quiz])[quiz.pk].state == "passed"


def test_certainty_counts_again_and_other_quizzes_are_left_alone() -> None:
    from quizzes.services import save_response, submit_attempt
    from tests.factories.quizzes import say, wrong_options

    question = publish_question()
    quiz, learner = ruled(publish_quiz([question]), is_certainty_based=True), UserFactory()
    attempt = begin(learner, quiz)
    chosen = wrong_options(attempt, 1)
    save_response(learner=learner, attempt=attempt, position=1, answer=say(chosen), certainty=2, now=NOW)
    submit_attempt(learner=learner, attempt=attempt, now=NOW)
    mend(question, list(question.content.option_ids).index(chosen[0]))
    assert run(question.pk, "--quiz", "another") == "0 results would change.\n"
    assert f"{attempt}: 0.00000 → 0.66666, still failed" in run(question.pk, "--quiz", quiz.slug)


def test_answers_to_other_options_are_not_regraded() -> None:
    question = publish_question()
    take(UserFactory(), publish_quiz([question]), right=0)
    draft = Question.objects.get(pk=question.pk).get_latest_revision_as_object()
    draft.options = [*draft.options.raw_data, {"type": "option", "id": "new", "value": {"text": "More", "part": ""}}]
    set_answer_key(question=draft, key=KeyContent.of({"new"}, {}, ""), now=NOW)
    draft.save_revision().publish()
    assert run(question.pk) == "0 results would change.\n"
    assert run(publish_question("other").pk) == "0 results would change.\n"


def test_a_question_without_a_version_changes_nothing() -> None:
    from quizzes.selectors.regrading import regrades_unscoped

    assert regrades_unscoped(Question.objects.create(stem="A draft", locale=Locale.get_default()), []) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["7777"], "no question 7777"), (["--apply"], "Say why"), (["--apply", "--reason", "x" * 301], "too long")],
)
def test_command_refuses(arguments: list[str], said: str) -> None:
    question = publish_question()
    if arguments[0] == "--apply":
        arguments = [str(question.pk), *arguments]
    with pytest.raises(CommandError, match=said):
        run(*arguments)
