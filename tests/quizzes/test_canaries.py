"""No key and no feedback on anything that a learner, or an editor who only looks, can reach before handing in: for every kind."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Revision

from people.models import User
from quizzes.domain.asking import input_names
from quizzes.domain.authoring import compose
from quizzes.domain.kinds import KINDS
from quizzes.models import AnswerKey, Question, QuizAttempt
from quizzes.services import submit_attempt
from tests.factories.people import NOW, UserFactory
from tests.factories.questions import CANARY, CANARY_NUMBER, begin_samples, publish_sample, right_fields, sample
from tests.factories.quizzes import begin, publish_question, publish_quiz, take
from tests.quizzes.domain.samples import numbered

pytestmark = pytest.mark.django_db
any_kind = pytest.mark.parametrize("kind", KINDS)
ADDRESS = "/quizzes/reliability/"


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


@pytest.fixture
def attempt(learner: User) -> QuizAttempt:
    """An open attempt with a question of every kind; each has a draft beside what is published."""
    attempt = begin_samples(learner)
    for question in Question.objects.all():
        question.save_revision()
    return attempt


def assert_silent(text: str, where: Any) -> None:
    assert CANARY not in text, where
    assert CANARY_NUMBER[:-1] not in text, where


def player_pages(attempt: QuizAttempt) -> list[str]:
    quiz = attempt.quiz
    positions = range(1, attempt.questions.count() + 1)
    return [
        *(f"{ADDRESS}{query}" for query in ("", "?review=1", "?review=1&sent=1")),
        *(f"{ADDRESS}?q={position}{sent}" for position in positions for sent in ("", "&sent=1")),
        reverse("quiz_result", args=[quiz.slug, attempt.public_id]),
        quiz.url,
        reverse("my_training"),
        reverse("standards"),
        f"{reverse('standards')}?q={CANARY}"[:60],
        reverse("clause", args=["REL-2"]),
    ]


def admin_pages() -> list[str]:
    pages = [reverse("wagtailsnippets_quizzes_question:list"), reverse("wagtailadmin_home")]
    for question in Question.objects.all():
        first, last = Revision.objects.for_instance(question).order_by("pk").values_list("pk", flat=True)
        pages += [
            reverse(f"wagtailsnippets_quizzes_question:{action}", args=[question.pk, *more])
            for action, more in (
                ("history", ()),
                ("usage", ()),
                ("preview_on_edit", ()),
                ("revisions_view", (last,)),
                ("revisions_compare", (first, last)),
            )
        ]
    return pages


def test_no_key_on_any_page_before_handing_in(client: Client, attempt: QuizAttempt) -> None:
    for page in player_pages(attempt):
        assert_silent(client.get(page, follow=True).content.decode().replace(f"?q={CANARY}", ""), page)


def test_no_key_where_an_editor_only_looks(attempt: QuizAttempt) -> None:
    editor = Client()
    editor.force_login(UserFactory(is_superuser=True))
    for page in admin_pages():
        assert_silent(editor.get(page, follow=True).content.decode(), page)


def test_no_copy_view_and_no_api_gives_a_key() -> None:
    publish_question()
    for name in ("wagtailsnippets_quizzes_question:copy", "wagtailapi:snippets:listing"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert not [app for app in apps.get_app_configs() if app.name.startswith("wagtail.api")]


@any_kind
def test_no_key_in_an_error(client: Client, learner: User, kind: str) -> None:
    attempt = begin_samples(learner, kind)
    names = input_names(kind, attempt.questions.get().text.content)
    for fields in ({}, dict.fromkeys(names, "x" * 300), {name: ["forged", "twice"] for name in names}):
        for go, status in (("next", 422), ("keep", 422)):
            response = client.post(f"{ADDRESS}?q=1", {"attempt": attempt.public_id, "go": go, **fields})
            assert response.status_code == status
            assert_silent(response.content.decode(), fields)


def test_no_key_in_rows_and_logs(client: Client, attempt: QuizAttempt, caplog: pytest.LogCaptureFixture) -> None:
    """Every table but the one of keys, after all was answered wrongly, once unsoundly."""
    with caplog.at_level(logging.DEBUG):
        for asked in attempt.questions.all():
            fields = dict.fromkeys(input_names(asked.version.kind, asked.text.content), "1")
            client.post(f"{ADDRESS}?q={asked.position}", {"attempt": attempt.public_id, "go": "next", **fields})
    assert AnswerKey.objects.filter(payload__general=f"{CANARY}-general").exists()
    assert_silent(caplog.text, "log")
    for model in apps.get_models():
        if model is not AnswerKey and model._meta.managed:
            rows = json.dumps(list(model._base_manager.values()), default=str)
            assert_silent(rows, model)


def test_no_key_of_another_learner_after_they_handed_in(client: Client) -> None:
    quiz = publish_quiz([publish_sample("single")])
    other = take(UserFactory(), quiz, right=1)
    response = client.get(reverse("quiz_result", args=["reliability", other.public_id]))
    assert response.status_code == 404
    assert_silent(response.content.decode(), "404")


@any_kind
@pytest.mark.parametrize("is_answered", [True, False])
def test_the_key_is_there_after_handing_in(client: Client, learner: User, kind: str, is_answered: bool) -> None:
    """The canary sings: what the tests above look for would be found."""
    attempt = begin_samples(learner, kind)
    if is_answered:
        client.post(f"{ADDRESS}?q=1", {"attempt": attempt.public_id, "go": "next", **right_fields(attempt)})
    submit_attempt(learner=learner, attempt=attempt, now=NOW)
    page = client.get(reverse("quiz_result", args=["reliability", attempt.public_id])).content.decode()
    assert f"{CANARY}-general" in page
    assert f"{CANARY}-0" in page


def test_the_order_of_options_gives_nothing_away() -> None:
    """Over many attempts the right option stands in every place."""
    quiz = publish_quiz([publish_sample("single")])
    places = set()
    for seed in range(40):
        attempt = begin(UserFactory(), quiz, seed=str(seed))
        asked = attempt.questions.get()
        places.add(asked.option_ids.index(asked.version.answer_key.content.right[0]))
    assert places == {0, 1, 2}


@any_kind
def test_what_is_stored_for_reading_does_not_depend_on_the_key(kind: str) -> None:
    authored = sample(kind)
    pairs = [pair for pair in authored.pairs if pair.left]
    turned = [pair.right for pair in pairs[1:] + pairs[:1]]
    other = replace(
        authored,
        general="",
        otherwise="",
        choices=tuple(replace(one, is_right=not one.is_right, feedback="") for one in authored.choices),
        pairs=(
            *(replace(pair, right=right) for pair, right in zip(pairs, turned, strict=True)),
            *(pair for pair in authored.pairs if not pair.left),
        ),
        steps=authored.steps[::-1],
        lines=tuple(replace(line, breaks="" if line.breaks else "FRI-1", feedback="") for line in authored.lines),
        accepted=authored.accepted[:1],
        gaps=tuple(
            replace(
                gap,
                accepted=gap.accepted[:1],
                weight=7,
                choices=tuple(replace(one, is_right=not one.is_right, feedback="") for one in gap.choices),
            )
            for gap in authored.gaps
        ),
    )
    (content, key), (other_content, other_key) = compose(authored, numbered()), compose(other, numbered())
    assert key != other_key
    assert content == other_content
