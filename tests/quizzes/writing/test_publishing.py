"""Versions, images and approval, and the list of questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupApprovalTask, ReferenceIndex, Workflow, WorkflowContentType, WorkflowTask

from quizzes.models import Question, QuestionVersion
from tests.factories.people import UserFactory
from tests.factories.question_forms import as_posted, question_typed
from tests.factories.quizzes import publish_question, publish_quiz, take
from tests.factories.standards import cite
from tests.pages import signed_in
from tests.quizzes.writing.forms import CANARY, SAID, address, publish, said, shown, written

pytestmark = pytest.mark.django_db


def test_published_versions_with_their_keys(editor: Client, django_assert_max_num_queries: Any) -> None:
    question = publish(editor, question_typed("single", CANARY))
    quiz = publish_quiz([question])
    take(UserFactory(), quiz, right=0)
    publish(editor, as_posted(shown(editor, question)) | {"stem": "She waits."}, address("edit", question.pk))
    url = reverse("question_versions", args=[question.pk])
    with django_assert_max_num_queries(16):
        page = editor.get(url)
    assert [(version.number, version.asked) for version in page.context["versions"]] == [(2, 0), (1, 1)]
    text = page.content.decode()
    assert "She waits." in text
    assert reverse("question_analysis_report", args=[quiz.pk, question.pk]) in text
    assert f"{CANARY}-3" in text
    assert url in editor.get(address("edit", question.pk)).content.decode()
    assert signed_in(UserFactory(role="Administrators")).get(url).status_code == 302


@pytest.mark.parametrize("is_still_shown", [True, False])
def test_an_image_that_was_published_is_not_deleted(editor: Client, is_still_shown: bool) -> None:
    image = get_image_model().objects.create(title="Counter", file=get_test_image_file())
    question = publish(editor, question_typed("true_false", image=image.pk, image_alt="An empty counter"))
    if not is_still_shown:
        publish(editor, as_posted(shown(editor, question)) | {"image": ""}, address("edit", question.pk))
    for row in (Question.objects.get(), *QuestionVersion.objects.all()):
        ReferenceIndex.create_or_update_for_object(row)
    administrator = signed_in(UserFactory(is_superuser=True))
    url = reverse("wagtailimages:delete", args=[image.pk])
    assert "prevent it from being deleted" in administrator.get(url).content.decode()
    administrator.post(url)
    assert get_image_model().objects.filter(pk=image.pk).exists()


def test_a_draft_outlives_its_image(editor: Client) -> None:
    image = get_image_model().objects.create(title="Counter", file=get_test_image_file())
    question = publish_question()
    data = as_posted(shown(editor, question)) | {"image": image.pk, "image_alt": "An empty counter"}
    editor.post(address("edit", question.pk), data)
    assert Question.objects.get().get_latest_revision_as_object().content.picture is not None
    image.delete()
    assert shown(editor, question)["image"].value() is None


def test_a_second_person_may_have_to_approve(editor: Client) -> None:
    approver = UserFactory(role="Approvers")
    workflow = Workflow.objects.create(name="Questions")
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.set(approver.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(workflow=workflow, content_type=ContentType.objects.get_for_model(Question))
    editor.post(address("add"), question_typed("matching", CANARY) | {"action-submit": "1"})
    question = Question.objects.get()
    assert not question.live
    state = question.current_workflow_task_state
    url = reverse("wagtailsnippets_quizzes_question:workflow_action", args=[question.pk, "approve", state.pk])
    signed_in(approver).post(url, {"comment": ""})
    published = Question.objects.get()
    assert (published.live, said(written(published))) == (True, SAID["matching"])


def test_list_narrows_and_counts(editor: Client) -> None:
    cite("REL-1", "REL-2")
    asked = publish(editor, question_typed("single", tags="returns", difficulty="3"))
    other = publish(editor, question_typed("matching"))
    quiz = publish_quiz([asked])
    take(UserFactory(), quiz, right=0)

    def listed_with(**chosen: Any) -> list[tuple[int, int]]:
        page = editor.get(address("list"), chosen)
        return [(question.pk, question.times_asked) for question in page.context["object_list"]]

    assert listed_with() == [(other.pk, 0), (asked.pk, 1)]
    assert listed_with(ordering="-times_asked") == [(asked.pk, 1), (other.pk, 0)]
    assert listed_with(is_asked="false") == [(other.pk, 0)]
    assert listed_with(is_asked="true") == [(asked.pk, 1)]
    assert listed_with(difficulty="3") == [(asked.pk, 1)]
    assert listed_with(tag=asked.tags.get().pk) == [(asked.pk, 1)]
    assert listed_with(kind="matching") == [(other.pk, 0)]
    chapter = asked.question_clauses.get().clause.chapter_key
    assert listed_with(chapter=str(chapter)) == [(other.pk, 0), (asked.pk, 1)]
    assert listed_with(is_outdated="true") == []
    ReferenceIndex.create_or_update_for_object(quiz)
    assert quiz.title in editor.get(address("usage", asked.pk)).content.decode()
