"""Every kind of question, answered and gone through as the learner's browser does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from people.models import User
from quizzes.domain.asking import input_names
from quizzes.domain.authoring import Pair
from quizzes.domain.kinds import KINDS
from quizzes.domain.questions import Picture, QuestionContent
from quizzes.models import QuizAttempt, Response
from quizzes.selectors.attempts import open_attempt_for_learner
from quizzes.services import submit_attempt
from quizzes.templatetags.questions import ANSWERS, answer_inputs, reviewed_answer
from tests.factories.people import NOW, UserFactory
from tests.factories.questions import begin_samples, publish_sample, right_fields
from tests.factories.quizzes import begin, publish_quiz
from tests.pages import smooth as text

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves its temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
any_kind = pytest.mark.parametrize("kind", KINDS)
ADDRESS = "/quizzes/reliability/"
OTHER: dict[str, dict[str, Any]] = {
    "single": {"answer": "b"},
    "multiple": {"answer": ["a", "b"]},
    "true_false": {"answer": "false"},
    "ordering": {"place-w": "1", "place-x": "2", "place-y": "3", "place-z": "4"},
    "short_text": {"answer": "nothing"},
    "numeric": {"answer": "5"},
}
"""Answers that aren't right; of the other kinds, a part of the right one will do."""


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def post(client: Client, attempt: QuizAttempt, go: str = "next", **fields: Any) -> Any:
    return client.post(f"{ADDRESS}?q=1", {"attempt": attempt.public_id, "go": go, **fields})


def result(client: Client, learner: User, attempt: QuizAttempt) -> str:
    submit_attempt(learner=learner, attempt=attempt, now=NOW)
    return text(client.get(reverse("quiz_result", args=["reliability", attempt.public_id])))


@any_kind
def test_each_kind_is_asked_answered_kept_and_found_right(client: Client, learner: User, kind: str) -> None:
    attempt = begin_samples(learner, kind)
    page = text(client.get(f"{ADDRESS}?q=1"))
    for name in input_names(kind, attempt.questions.get().text.content):
        assert f'name="{name}"' in page
    fields = right_fields(attempt)
    assert post(client, attempt, **fields).url == f"{ADDRESS}?review=1"
    again = text(client.get(f"{ADDRESS}?q=1"))
    for values in fields.values():
        for value in values:
            assert any(
                stands in again
                for stands in (
                    f'value="{value}" checked',
                    f'value="{value}" selected',
                    f'value="{value}"',
                    f"selected>{value}",
                )
            )
    reviewed = result(client, learner, attempt)
    assert "Every answer was right." in reviewed
    assert "option-wrong" not in reviewed


@any_kind
def test_another_answer_is_another_row_and_the_same_one_is_not(client: Client, learner: User, kind: str) -> None:
    attempt = begin_samples(learner, kind)
    fields = right_fields(attempt)
    other = OTHER.get(kind) or dict(list(fields.items())[:1])
    for said in (fields, fields, other):
        assert post(client, attempt, **said).status_code == 302
    assert Response.objects.count() == 2
    assert Response.objects.get(number=2).answer


@any_kind
def test_what_was_sent_wrongly_stands_there_still_with_its_error(client: Client, learner: User, kind: str) -> None:
    attempt = begin_samples(learner, kind)
    name = next(iter(input_names(kind, attempt.questions.get().text.content)))
    response = post(client, attempt, **{name: ["forged", "twice"]})
    page = text(response)
    assert response.status_code == 422
    assert 'class="field-error"' in page
    assert f'href="#id_{name}"' in page
    assert f'id="id_{name}"' in page
    assert f'id="id_{name}-error"' in page
    if kind in {"short_text", "numeric"}:
        assert 'value="forged"' in page
    assert Response.objects.count() == 0


def test_a_part_is_saved_and_the_review_counts_it(client: Client, learner: User) -> None:
    attempt = begin_samples(learner, "gaps")
    name, value = next(iter(right_fields(attempt).items()))
    post(client, attempt, **{name: value})
    page = text(client.get(f"{ADDRESS}?review=1"))
    assert "1 of 3 filled" in page
    assert "Ring within ____ hours" in page
    assert "1 of 3 right" in result(client, learner, attempt)


def test_gaps_stand_in_the_text_and_are_labelled(client: Client, learner: User) -> None:
    begin_samples(learner, "gaps")
    page = text(client.get(f"{ADDRESS}?q=1"))
    assert "Fill the gaps." in page
    assert "[[1]]" not in page
    assert 'aria-label="Gap 2 of 3"' in page


def test_dialogue_offers_the_clauses_by_code_and_title(client: Client, learner: User) -> None:
    begin_samples(learner, "spot_it")
    page = text(client.get(f"{ADDRESS}?q=1"))
    assert '<option value="REL-2">REL-2 · Title of REL-2</option>' in page
    assert 'aria-label="Line 4, Mr Ong"' in page


def test_long_options_to_match_are_printed_in_full(client: Client, learner: User) -> None:
    pairs = (Pair("Late", "Ring before the time that you named is up, and name another"), Pair("Wrong", "Say sorry"))
    begin(learner, publish_quiz([publish_sample("matching", pairs=pairs)]))
    page = text(client.get(f"{ADDRESS}?q=1"))
    assert 'class="lettered"' in page
    assert ">A: " in page


def test_true_and_false_are_the_systems_words(client: Client, learner: User) -> None:
    begin_samples(learner, "true_false")
    assert "<span>True</span>" in text(client.get(f"{ADDRESS}?q=1"))


def test_result_words_each_kind_of_mistake(client: Client, learner: User) -> None:
    attempt = begin_samples(learner, "spot_it")
    post(client, attempt, **{"answer-l1": "FRI-1", "answer-l2": "FRI-1"})
    page = result(client, learner, attempt)
    assert "It breaks SIN-1, not FRI-1." in page
    assert "This line is fine. You marked FRI-1." in page
    assert "Missed: it breaks REL-2." in page
    assert "This line is fine. " in page


def test_all_or_nothing_is_told_where_a_part_was_right(client: Client, learner: User) -> None:
    question = publish_sample("gaps", is_all_or_nothing=True)
    attempt = begin(learner, publish_quiz([question]))
    name, value = next(iter(right_fields(attempt).items()))
    post(client, attempt, **{name: value})
    assert "This one counts only when all of it is right." in result(client, learner, attempt)


@any_kind
def test_every_kind_has_its_templates_and_an_unknown_one_shows_nothing(kind: str) -> None:
    assert kind in ANSWERS
    content = QuestionContent("What?")
    assert answer_inputs("essay", content, (), ()) == ""
    assert reviewed_answer(type("Unknown", (), {"kind": "essay"})) == ""


@any_kind
def test_an_answer_is_kept_as_it_is_given(client: Client, learner: User, kind: str) -> None:
    attempt = begin_samples(learner, kind)
    fields = right_fields(attempt)
    answers = [post(client, attempt, "keep", **fields) for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert Response.objects.count() == 1
    assert post(client, attempt, "keep").status_code == 422
    running = open_attempt_for_learner(learner, "reliability")
    assert running is not None
    assert running.unanswered == []


def test_nothing_is_kept_of_a_question_not_asked_or_an_attempt_that_is_over(client: Client, learner: User) -> None:
    attempt = begin_samples(learner, "single")
    fields = {"attempt": attempt.public_id, "go": "keep", **right_fields(attempt)}
    assert client.post(f"{ADDRESS}?q=2", fields).status_code == 404
    assert client.post(f"{ADDRESS}?q=1", {**fields, "attempt": "forged"}).status_code == 409
    submit_attempt(learner=learner, attempt=attempt, now=NOW)
    assert client.post(f"{ADDRESS}?q=1", fields).status_code == 409
    assert Response.objects.count() == 0


def test_nothing_is_kept_unasked_where_feedback_comes_at_once(client: Client, learner: User) -> None:
    attempt = begin_samples(learner, "single")
    attempt.rules["feedback"] = "at_once"
    attempt.save(update_fields=["rules"])
    assert "data-keep" not in text(client.get(f"{ADDRESS}?q=1"))
    assert post(client, attempt, "keep", **right_fields(attempt)).status_code == 409
    assert Response.objects.count() == 0


def test_what_waits_in_the_browser_is_let_go_with_the_result(client: Client, learner: User) -> None:
    attempt = begin_samples(learner, "single")
    assert f'data-keep="{attempt.public_id}"' in text(client.get(f"{ADDRESS}?q=1"))
    assert f'data-keep="{attempt.public_id}"' in text(client.get(f"{ADDRESS}?review=1"))
    assert f'data-kept="{attempt.public_id}"' in result(client, learner, attempt)


@pytest.fixture
def picture(settings: Any, tmp_path: Any) -> Picture:
    settings.MEDIA_ROOT = str(tmp_path)
    image = get_image_model().objects.create(title="Counter", file=get_test_image_file(size=(1600, 1200)))
    return Picture(image.pk, "A till with a queue")


def with_pictures(picture: Picture, count: int) -> QuizAttempt:
    questions = [publish_sample("single", f"picture-{number}", picture=picture) for number in range(count)]
    return begin(UserFactory(), publish_quiz(questions))


def test_picture_is_shown_with_its_words_and_its_size(picture: Picture) -> None:
    attempt = with_pictures(picture, 1)
    client = Client()
    client.force_login(attempt.learner)
    page = text(client.get(f"{ADDRESS}?q=1"))
    assert 'alt="A till with a queue"' in page
    assert 'width="800" height="600"' in page
    assert "400w" in page
    assert 'alt="A till with a queue"' in result(client, attempt.learner, attempt)


def test_picture_whose_file_is_gone_is_told_in_words(picture: Picture) -> None:
    attempt = with_pictures(picture, 1)
    image = get_image_model().objects.get(pk=picture.id)
    image.file.storage.delete(image.file.name)
    client = Client()
    client.force_login(attempt.learner)
    assert "Picture: A till with a queue" in text(client.get(f"{ADDRESS}?q=1"))


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_cost_a_fixed_number_of_queries(picture: Picture, django_assert_num_queries: Any, count: int) -> None:
    attempt = with_pictures(picture, count)
    client = Client()
    client.force_login(attempt.learner)
    client.get(f"{ADDRESS}?q=1")  # makes the sizes
    with django_assert_num_queries(6):
        client.get(f"{ADDRESS}?q=1")
    submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    address = reverse("quiz_result", args=["reliability", attempt.public_id])
    with django_assert_num_queries(14):
        client.get(address)


@any_kind
def test_each_kind_costs_a_fixed_number_of_queries(
    client: Client, learner: User, django_assert_max_num_queries: Any, kind: str
) -> None:
    begin_samples(learner, kind)
    with django_assert_max_num_queries(8 if kind == "spot_it" else 4):
        client.get(f"{ADDRESS}?q=1")
