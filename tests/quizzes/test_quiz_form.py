"""The form of a quiz in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from taggit.models import Tag
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from quizzes.admin_forms.quizzes import NO_PART
from quizzes.models import QuizPage
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question, publish_quiz
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def quiz_form(quiz: QuizPage, rows: list[dict[str, Any]], **typed: Any) -> Any:
    """The form as the browser sends it back, with these rows."""
    form_class = QuizPage.get_edit_handler().get_form_class()
    user = UserFactory(is_superuser=True)
    shown = form_class(instance=quiz, for_user=user)
    sent = {
        name: value for name in shown.fields if (value := shown[name].value()) not in ("", None) and value is not False
    }
    data = nested_form_data({**sent, **typed, "questions": inline_formset(rows), "comments": inline_formset([])})
    return form_class(data, instance=quiz, for_user=user)


def test_a_draw_that_finds_too_few_questions_is_said() -> None:
    quiz = publish_quiz([publish_question("fixed")])
    publish_question("other", stem="And what else?")

    form = quiz_form(quiz, [{"draw_count": 2, "draw_codes": "REL-1"}])
    assert not QuizPage.objects.get().questions.filter(draw_count=2).exists()
    assert form.is_valid(), [formset.errors for formset in form.formsets.values()]

    form = quiz_form(quiz, [{"draw_count": 3, "draw_codes": "REL-1"}])
    assert not form.is_valid()
    assert "finds only 2 published questions" in str(form.errors)


def test_a_draft_with_such_a_draw_can_be_saved() -> None:
    form = quiz_form(publish_quiz(1), [{"draw_count": 9, "draw_codes": "REL-1"}])
    form.defer_required_fields()
    assert form.is_valid(), [formset.errors for formset in form.formsets.values()]


@pytest.mark.parametrize("typed", ["80", "1.5", "-0.1", "0.80001", "most"])
def test_a_mastery_score_that_is_no_part_of_one_is_explained(typed: str) -> None:
    quiz = publish_quiz([question := publish_question()])
    form = quiz_form(quiz, [{"question": question.pk}], mastery_score=typed)
    assert set(form.errors["mastery_score"]) == {str(NO_PART)}


def test_editor_of_a_quiz_says_at_once_what_a_draw_no_longer_finds() -> None:
    question = publish_question()
    question.tags.add("vans")
    question.save()
    quiz = publish_quiz([publish_question("fixed")])
    quiz.questions.create(draw_count=1, draw_tag="vans", sort_order=2)
    quiz.save_revision()
    editor, url = signed_in(UserFactory(role="Editors")), reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    assert "finds only" not in editor.get(url).content.decode()
    Tag.objects.get(name="vans").delete()
    assert "finds only" not in editor.get(url, {"_w_hydrate_create_view": "1"}).content.decode()
    assert "“1 on vans” finds only 0 published questions" in editor.get(url).content.decode()
