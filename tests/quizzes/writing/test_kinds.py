"""Each kind of question: written, kept, copied, and its key shown nowhere."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry, Revision

from quizzes.domain.kinds import KINDS
from quizzes.models import AnswerKey, Question, QuestionVersion
from tests.factories.people import UserFactory
from tests.factories.question_forms import as_posted, question_typed
from tests.factories.quizzes import publish_question
from tests.pages import signed_in
from tests.quizzes.writing.forms import CANARY, SAID, address, publish, said, shown, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_written_kept_and_its_key_shown_nowhere(editor: Client, kind: str) -> None:
    data = question_typed(kind, CANARY)
    question = publish(editor, data)
    assert said(written(question)) == SAID[kind]
    assert question.key.general == f"{CANARY}-general"
    assert all(text.startswith(CANARY) for _key, text in question.key.feedback)

    # Saved as it is shown, it is the same question.
    publish(editor, as_posted(shown(editor, question)), address("edit", question.pk))
    assert (AnswerKey.objects.count(), QuestionVersion.objects.count()) == (1, 1)

    editor.post(
        address("edit", question.pk), as_posted(shown(editor, question)) | {"general_feedback": f"{CANARY} new"}
    )
    assert AnswerKey.objects.filter(payload__general=f"{CANARY} new").exists()
    for preview in (address("preview_on_edit", question.pk), address("preview_on_add")):
        assert editor.post(preview, data).json() == {"is_valid": True, "is_available": True}
    assert FormState.objects.count() == 2
    first, *_between, last = Revision.objects.for_instance(question).order_by("pk").values_list("pk", flat=True)
    for text in _stored():
        assert CANARY not in text
        assert "is_right" not in text
    for page in (
        address("list"),
        address("history", question.pk),
        address("revisions_compare", question.pk, first, last),
        address("revisions_view", question.pk, first),
        address("usage", question.pk),
        address("unpublish", question.pk),
        address("preview_on_edit", question.pk),
        address("preview_on_add"),
    ):
        response = editor.get(page)
        assert response.status_code == 200, page
        assert CANARY not in response.content.decode(), page
    assert "A customer waits." in response.content.decode() or kind == "gaps"


def _stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM quizzes_question")
        rows = repr(cursor.fetchall())
    return [
        rows,
        *(json.dumps(revision.content) for revision in Revision.objects.filter(content_type__model="question")),
        *(state.data for state in FormState.objects.all()),
        *(json.dumps(entry.data, default=str) + entry.label for entry in ModelLogEntry.objects.all()),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_shares_nothing_but_the_words(editor: Client, kind: str) -> None:
    first = publish(editor, question_typed(kind, tags="returns"))
    page = editor.get(address("copy", first.pk))
    assert page.status_code == 200
    assert editor.post(address("add"), as_posted(page.context["form"])).status_code == 302
    copy = Question.objects.latest("pk")
    assert (copy.live, copy.import_key, list(copy.tags.names())) == (False, "", ["returns"])
    assert copy.answer_key_id != first.answer_key_id
    assert said(written(copy)) == SAID[kind]
    assert copy.clause_ids == first.clause_ids
    if kind not in {"true_false", "matching", "spot_it"}:
        ids = [{one.id for one in (*question.content.options, *question.content.parts)} for question in (first, copy)]
        assert not ids[0] & ids[1]


def test_no_copy_for_who_may_not_see_keys(editor: Client) -> None:
    question = publish_question()
    assert signed_in(UserFactory(role="Administrators")).get(address("copy", question.pk)).status_code == 302


def test_first_one_says_what_kind_of_question_it_will_be(editor: Client) -> None:
    page = editor.get(address("add"))
    assert [card.kind for card, _url in page.context["cards"]] == list(KINDS)
    for _card, url in page.context["cards"]:
        assert editor.get(url).context["form"]["kind"].value() in url


def test_a_question_stays_of_its_kind_but_for_the_number_of_right_answers(editor: Client) -> None:
    single, matching = publish(editor, question_typed("single")), publish(editor, question_typed("matching"))
    data = as_posted(shown(editor, single)) | {"kind": "multiple"}
    assert editor.post(address("edit", single.pk), data).status_code == 302
    assert Question.objects.get(pk=single.pk).get_latest_revision_as_object().kind == "multiple"
    refused = editor.post(address("edit", matching.pk), as_posted(shown(editor, matching)) | {"kind": "ordering"})
    assert list(refused.context["form"].errors) == ["kind"]
