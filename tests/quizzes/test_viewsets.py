"""The question bank in the admin: the key is typed beside the options and stored apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from quizzes.models import AnswerKey, Question, QuestionVersion
from standards.models import Clause
from tests.factories.people import UserFactory
from tests.factories.quizzes import MULTIPLE, publish_question, publish_quiz, take
from tests.factories.standards import cite, publish_chapter

pytestmark = pytest.mark.django_db
CANARY = "canary-in-the-key"


@pytest.fixture
def editor() -> Client:
    client = Client()
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return client


def address(action: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_quizzes_question:{action}", args=args)


def form_data(
    options: list[tuple[str, bool, str]],
    *,
    clauses: list[int],
    stem: str = "A customer waits. What do you do?",
    kind: str = "single",
    general: str = "",
    ids: tuple[str, ...] = (),
    **extra: Any,
) -> dict[str, Any]:
    """What the browser sends: (text, is right, feedback) for each option."""
    blocks = [
        ("option", {"text": text, "feedback": feedback, **({"is_right": "on"} if is_right else {})})
        for text, is_right, feedback in options
    ]
    data = nested_form_data(
        {
            "stem": stem,
            "kind": kind,
            "difficulty": "2",
            "is_shuffled": "on",
            "tags": "",
            "options": streamfield(blocks),
            "general_feedback": general,
            "question_clauses": inline_formset([{"clause": clause} for clause in clauses]),
        }
    )
    for place, key in enumerate(ids):
        data[f"options-{place}-id"] = key
    return {**data, **extra}


def two_options(feedback: str = "") -> list[tuple[str, bool, str]]:
    return [("Greet her", True, feedback), ("Look away", False, "Not kind.")]


def revisions() -> Any:
    return Revision.objects.filter(content_type__model="question")


def test_adding_and_publishing_writes_question_key_and_version(editor: Client) -> None:
    data = form_data(two_options("Yes, at once."), clauses=cite("REL-1"), general="A greeting is free.")
    response = editor.post(address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    question = Question.objects.get()
    key = question.key
    assert question.live
    assert [option.text for option in question.content.options] == ["Greet her", "Look away"]
    assert key.right == (question.content.option_ids[0],)
    assert key.general == "A greeting is free."
    assert set(dict(key.feedback).values()) == {"Yes, at once.", "Not kind."}
    assert question.clause_ids == cite("REL-1")
    assert QuestionVersion.objects.get().answer_key.content == key


def test_editing_shows_the_key_again(editor: Client) -> None:
    question = publish_question()
    form = editor.get(address("edit", question.pk)).context["form"]
    shown = {
        option.value["text"]: (option.value["is_right"], option.value["feedback"]) for option in form["options"].value()
    }
    assert shown["Keep it until Saturday."] == (True, "Right. The promise is the shop’s.")
    assert shown["Keep it for a day."] == (False, "Kind, and still not what was promised.")
    assert form["general_feedback"].value() == "What one of us promised, all of us keep."


def test_saving_a_draft_of_the_key_leaves_the_live_one(editor: Client) -> None:
    question = publish_question()
    ids = question.content.option_ids
    data = form_data(two_options("Changed."), clauses=question.clause_ids, ids=ids[:2])
    assert editor.post(address("edit", question.pk), data).status_code == 302
    live = Question.objects.get()
    assert live.key == question.key
    draft = live.get_latest_revision_as_object()
    assert dict(draft.key.feedback)[ids[0]] == "Changed."
    form = editor.get(address("edit", question.pk)).context["form"]
    assert [option.value["feedback"] for option in form["options"].value()] == ["Changed.", "Not kind."]


def test_changing_the_key_alone_counts_as_a_change(editor: Client) -> None:
    question = publish_question()
    form = editor.get(address("edit", question.pk)).context["form"]
    options = [(option.value["text"], option.value["is_right"], "") for option in form["options"].value()]
    data = form_data(options, clauses=question.clause_ids, stem=question.stem, ids=question.content.option_ids)
    editor.post(address("edit", question.pk), {**data, "action-publish": "1"})
    assert Question.objects.get().key.feedback == ()
    assert QuestionVersion.objects.count() == 2
    last = ModelLogEntry.objects.filter(action="wagtail.edit").latest("pk")
    assert last.content_changed


def test_saving_without_a_change_writes_no_key(editor: Client) -> None:
    question = publish_question()
    form = editor.get(address("edit", question.pk)).context["form"]
    options = [(o.value["text"], o.value["is_right"], o.value["feedback"]) for o in form["options"].value()]
    data = form_data(
        options,
        clauses=question.clause_ids,
        stem=question.stem,
        general=question.key.general,
        ids=question.content.option_ids,
    )
    editor.post(address("edit", question.pk), {**data, "action-publish": "1"})
    assert (AnswerKey.objects.count(), QuestionVersion.objects.count()) == (1, 1)


def test_reverting_to_an_old_revision_takes_its_key(editor: Client) -> None:
    question = publish_question()
    first, ids = Revision.objects.for_instance(question).get(), question.content.option_ids
    data = form_data(two_options(CANARY), clauses=question.clause_ids, ids=ids[:2])
    editor.post(address("edit", question.pk), {**data, "action-publish": "1"})
    form = editor.get(address("revisions_revert", question.pk, first.pk)).context["form"]
    options = [(o.value["text"], o.value["is_right"], o.value["feedback"]) for o in form["options"].value()]
    back = form_data(
        options,
        clauses=question.clause_ids,
        stem=question.stem,
        general="And a new thought.",
        ids=ids,
        revision=first.pk,
    )
    response = editor.post(address("edit", question.pk), {**back, "action-publish": "1"})
    assert response.status_code == 302
    key = Question.objects.get().key
    assert (key.right, key.feedback, key.general) == (question.key.right, question.key.feedback, "And a new thought.")


def test_preview_shows_the_question_as_a_learner_sees_it(editor: Client) -> None:
    question = publish_question("multi", kind="multiple", options=MULTIPLE)
    typed = [(option.text, option.is_right, option.feedback) for option in MULTIPLE]
    data = form_data(typed, kind="multiple", clauses=question.clause_ids, ids=question.content.option_ids)
    editor.post(address("preview_on_edit", question.pk), data)
    page = editor.get(address("preview_on_edit", question.pk)).content.decode()
    assert "Name the fee." in page
    assert 'type="checkbox"' in page
    assert "checked" not in page
    assert MULTIPLE[0].feedback not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"options": [("Greet her", True, "")]}, "at least two answers"),
        ({"options": [("Greet her", True, ""), ("greet her ", False, "")]}, "Two answers say the same"),
        ({"options": [("Greet her", True, ""), ("Smile", True, "")]}, "Tick the one answer"),
        ({"options": [("Greet her", False, ""), ("Smile", False, "")]}, "Tick the one answer"),
        ({"options": [("Greet her", False, ""), ("Smile", False, "")], "kind": "multiple"}, "Tick every answer"),
    ],
)
def test_publishing_an_unsound_question_says_why_and_writes_nothing(
    editor: Client, changes: dict[str, Any], said: str
) -> None:
    data = form_data(**{"options": two_options(), "clauses": cite("REL-1"), **changes})
    response = editor.post(address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert (Question.objects.count(), AnswerKey.objects.count()) == (0, 0)


def test_publishing_without_a_clause_is_refused(editor: Client) -> None:
    data = form_data(two_options(), clauses=[])
    response = editor.post(address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert Question.objects.count() == 0


def test_an_unfinished_draft_can_be_saved(editor: Client) -> None:
    response = editor.post(address("add"), form_data([("Greet her", False, "")], clauses=[]))
    assert response.status_code == 302
    assert (Question.objects.get().live, QuestionVersion.objects.count()) == (False, 0)


def test_a_broken_option_keeps_what_was_typed(editor: Client) -> None:
    data = form_data([("", True, CANARY), ("Look away", False, "")], clauses=cite("REL-1"))
    response = editor.post(address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert CANARY in response.content.decode()
    assert Question.objects.count() == 0


def test_clauses_are_offered_by_code_and_title(editor: Client) -> None:
    publish_chapter("Reliability", ("REL-1", "REL-2"))
    page = editor.get(address("add"), {"kind": "single"}).content.decode()
    assert "REL-2 Title of REL-2" in page


def test_a_retired_clause_stays_chosen(editor: Client) -> None:
    from tests.factories.people import NOW

    question = publish_question()
    publish_chapter("Timeliness", ("TIM-1",))
    Clause.objects.filter(code="REL-1").update(retired_at=NOW)
    form = editor.get(address("edit", question.pk)).context["form"]
    rendered = str(form.formsets["question_clauses"].forms[0]["clause"])
    assert "selected>REL-1 (retired)<" in rendered
    assert "TIM-1 Title of TIM-1" in rendered
    assert "(retired)" not in str(form.formsets["question_clauses"].empty_form["clause"])


def test_list_filters_by_clause_and_searches(editor: Client) -> None:
    cite("REL-1", "REL-2")
    one = publish_question("one", stem="About kettles?", codes=("REL-1",))
    one.save_revision()
    other = publish_question("other", stem="About vans?", codes=("REL-2",))
    by_clause = editor.get(address("list"), {"clause": cite("REL-2")[0]}).content.decode()
    found = editor.get(address("list"), {"q": "kettles"}).content.decode()
    assert (str(one) in by_clause, str(other) in by_clause) == (False, True)
    assert (str(one) in found, str(other) in found) == (True, False)
    assert "Published, with changes in draft" in found
    other.unpublish()
    assert "Draft" in editor.get(address("list"), {"q": "vans"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(editor: Client, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        publish_question(f"question-{number}")
    editor.get(address("list"))
    with django_assert_num_queries(18):
        assert "REL-1" in editor.get(address("list")).content.decode()


def test_a_published_question_cannot_be_deleted(editor: Client) -> None:
    question = publish_question()
    for response in (editor.get(address("delete", question.pk)), editor.post(address("delete", question.pk))):
        assert response.url == address("edit", question.pk)
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "question", "delete"])
    editor.post(f"{bulk}?id={question.pk}")
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_draft_can_be_deleted(editor: Client) -> None:
    editor.post(address("add"), form_data(two_options(), clauses=cite("REL-1")))
    assert editor.post(address("delete", Question.objects.get().pk)).status_code == 302
    assert (Question.objects.count(), revisions().count()) == (0, 0)


def test_question_bank_stands_in_the_menu(editor: Client) -> None:
    page = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Question bank" in page


def test_question_bank_is_closed_to_learners() -> None:
    client = Client()
    client.force_login(UserFactory())
    question = publish_question()
    for page in (
        address("list"),
        address("edit", question.pk),
        address("add"),
        address("preview_on_edit", question.pk),
    ):
        assert client.get(page).status_code in {302, 403}


def test_quiz_is_previewed_as_its_introduction(editor: Client) -> None:
    quiz = publish_quiz(2)
    page = editor.get(reverse("wagtailadmin_pages:view_draft", args=[quiz.pk])).content.decode()
    assert "Quiz on reliability" in page
    assert "2 questions" in page


def test_quiz_editor_opens(editor: Client) -> None:
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[publish_quiz(2).pk])).status_code == 200


def test_way_from_a_question_to_how_people_did(editor: Client) -> None:
    asked, unasked = publish_question("asked"), publish_question("unasked")
    url = reverse("question_analysis", args=[asked.pk])
    quiz = publish_quiz([asked])
    take(UserFactory(), quiz, right=0)
    listed = editor.get(address("list")).content.decode()
    assert (url in listed, reverse("question_analysis", args=[unasked.pk]) in listed) == (True, False)
    assert url in editor.get(address("edit", asked.pk)).content.decode()
    assert editor.get(url).url == reverse("question_analysis_report", args=[quiz.pk, asked.pk])
    nowhere = editor.get(reverse("question_analysis", args=[unasked.pk]), follow=True)
    assert nowhere.redirect_chain == [(reverse("question_versions", args=[unasked.pk]), 302)]
    assert "not asked yet" in nowhere.content.decode()
    take(UserFactory(), publish_quiz([asked], slug="another"), right=1)
    assert editor.get(url).url == reverse("question_versions", args=[asked.pk])


def test_list_offers_to_delete_only_what_was_never_published(editor: Client) -> None:
    published = publish_question("published")
    draft = published.unsaved_copy()
    draft.save()
    text = editor.get(address("list")).content.decode()
    assert (address("delete", published.pk) in text, address("delete", draft.pk) in text) == (False, True)
