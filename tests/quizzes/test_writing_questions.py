"""Each kind of question through the admin's form, and its key nowhere but in its own row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.admin.panels import get_edit_handler
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    ReferenceIndex,
    Revision,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, streamfield

from quizzes.admin_forms.faults import BAD_TOLERANCE, FAULTS, TRUE_OR_FALSE
from quizzes.domain.authoring import Authored, decompose
from quizzes.domain.kinds import KINDS, Fault
from quizzes.models import AnswerKey, Question, QuestionVersion
from tests.factories.people import UserFactory
from tests.factories.question_forms import as_posted, listed, question_typed
from tests.factories.quizzes import publish_question, publish_quiz, take
from tests.factories.standards import cite
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
CANARY = "canary-in-the-key"


@pytest.fixture
def editor() -> Client:
    return signed_in(UserFactory(role="Editors"))


def address(action: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_quizzes_question:{action}", args=args)


def publish(client: Client, data: dict[str, Any], url: str = "") -> Question:
    response = client.post(url or address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return Question.objects.latest("pk")


def written(question: Question) -> Authored:
    return decompose(question.kind, question.content, question.key)


def shown(client: Client, question: Question) -> Any:
    return client.get(address("edit", question.pk)).context["form"]


def said(authored: Authored) -> Any:
    """What is right in it, in short."""
    worth = [choice.credit for choice in authored.choices]
    typed = [(one.value, one.tolerance, one.credit) for one in authored.accepted]
    gaps = [(gap.kind, gap.weight, len(gap.choices), [one.value for one in gap.accepted]) for gap in authored.gaps]
    return {
        "single": ([choice.is_right for choice in authored.choices], worth),
        "multiple": (worth, authored.is_all_or_nothing),
        "true_false": ([(choice.id, choice.is_right) for choice in authored.choices], None),
        "matching": ([(pair.left, pair.right) for pair in authored.pairs], None),
        "ordering": ([step.text for step in authored.steps], None),
        "short_text": (typed, authored.minds_case),
        "numeric": (typed, [(unit.name, unit.factor) for unit in authored.units], authored.unit_penalty),
        "gaps": (gaps, None),
        "spot_it": ([line.breaks for line in authored.lines], authored.codes),
    }[authored.kind]


SAID: Mapping[str, Any] = {
    "single": ([True, False, False], [None, Fraction(1, 3), None]),
    "multiple": ([Fraction(3, 5), Fraction(2, 5), Fraction(-1, 2)], True),
    "true_false": ([("true", False), ("false", True)], None),
    "matching": ([("Angry", "Listen"), ("Lost", "Show the way"), ("", "Walk off")], None),
    "ordering": (["Listen", "Repeat", "Act"], None),
    "short_text": ([("the shop*", "", Fraction(1)), ("mine", "", Fraction(1, 2))], True),
    "numeric": (
        [("12.5", "2.5", Fraction(1)), ("20", "0.5", Fraction(1, 4))],
        [("minutes", "1"), ("hours", "60")],
        Fraction(1, 10),
    ),
    "gaps": ([("text", 2, 0, ["name"]), ("choice", 1, 2, []), ("number", 1, 0, ["3"])], None),
    "spot_it": (["", "REL-1", ""], ("REL-1",)),
}


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


def numbers(*values: tuple[str, str]) -> Any:
    return streamfield(
        [("accepted", {"value": value, "tolerance": tolerance, "credit": ""}) for value, tolerance in values]
    )


def choices(*right: bool, credit: str = "") -> Any:
    return streamfield(
        [
            ("option", {"text": f"Answer {place}", "credit": credit, **({"is_right": "on"} if is_right else {})})
            for place, is_right in enumerate(right)
        ]
    )


def gap(kind: str, *items: dict[str, str]) -> Any:
    answers = "choices" if kind == "choice" else "accepted"
    return streamfield([(kind, {answers: listed(*items), "otherwise": "", "weight": "1"})])


NONE = streamfield([])
ALIKE = streamfield([("option", {"text": text, "is_right": "on", "credit": ""}) for text in ("Smile", "smile ")])
LINES = streamfield([("line", {"text": text, "breaks": "", "speaker": ""}) for text in "abc"])
BREAKS = streamfield([("line", {"text": text, "breaks": "REL-2", "speaker": ""}) for text in "abc"])
BLANK = streamfield([("option", {"text": " ", "is_right": "on", "credit": ""})])
UNPAIRED = streamfield([("pair", {"left": "Angry", "right": ""})])
REQUIRED = "This field is required."

WRONG: list[tuple[Fault | None, str, dict[str, Any], str, Any]] = [
    # fault, kind, what is typed instead, field, words; where it is in the answers
    (Fault.NO_STEM, "single", {"stem": " "}, "stem", FAULTS[Fault.NO_STEM]),
    (Fault.UNKNOWN_KIND, "single", {"kind_typed": "essay"}, "kind", FAULTS[Fault.UNKNOWN_KIND]),
    (Fault.TOO_FEW_OPTIONS, "single", {"options": choices(True)}, "options", FAULTS[Fault.TOO_FEW_OPTIONS]),
    (Fault.BLANK_OPTION, "single", {"options": BLANK}, "options", {0: {"text": REQUIRED}}),
    (Fault.SAME_OPTION_TWICE, "multiple", {"options": ALIKE}, "options", FAULTS[Fault.SAME_OPTION_TWICE]),
    (Fault.NOT_ONE_RIGHT, "single", {"options": choices(True, True)}, "options", FAULTS[Fault.NOT_ONE_RIGHT]),
    (Fault.NOT_ONE_RIGHT, "true_false", {"answer": ""}, "answer", TRUE_OR_FALSE),
    (Fault.NONE_RIGHT, "multiple", {"options": choices(False, False)}, "options", FAULTS[Fault.NONE_RIGHT]),
    (
        Fault.CREDITS_SHORT,
        "multiple",
        {"options": choices(True, True, credit="20"), "is_all_or_nothing": ""},
        "options",
        FAULTS[Fault.CREDITS_SHORT],
    ),
    (
        Fault.TOO_FEW_PAIRS,
        "matching",
        {"options": streamfield([("pair", {"left": left, "right": left or "b"}) for left in ("a", "")])},
        "options",
        FAULTS[Fault.TOO_FEW_PAIRS],
    ),
    (Fault.UNPAIRED, "matching", {"options": UNPAIRED}, "options", {0: {"right": REQUIRED}}),
    (
        Fault.TOO_FEW_STEPS,
        "ordering",
        {"options": streamfield([("step", {"text": text}) for text in "ab"])},
        "options",
        FAULTS[Fault.TOO_FEW_STEPS],
    ),
    (Fault.NOTHING_ACCEPTED, "short_text", {"options": NONE}, "options", REQUIRED),
    (
        Fault.NO_FULL_CREDIT,
        "short_text",
        {"options": streamfield([("accepted", {"value": "a", "credit": "50"})])},
        "options",
        FAULTS[Fault.NO_FULL_CREDIT],
    ),
    (
        Fault.NOT_A_NUMBER,
        "numeric",
        {"options": numbers(("3", "-1"), ("three", ""))},
        "options",
        {0: {"tolerance": BAD_TOLERANCE}, 1: {"value": FAULTS[Fault.NOT_A_NUMBER]}},
    ),
    (
        Fault.NOT_A_NUMBER,
        "gaps",
        {"stem": "[[1]]", "options": gap("number", {"value": "three", "tolerance": "", "credit": ""})},
        "options",
        {0: {"accepted": {0: {"value": FAULTS[Fault.NOT_A_NUMBER]}}}},
    ),
    (
        Fault.TOO_FEW_OPTIONS,
        "gaps",
        {"stem": "[[1]]", "options": gap("choice", {"text": "a", "is_right": "on", "credit": ""})},
        "options",
        {0: {"choices": FAULTS[Fault.TOO_FEW_OPTIONS]}},
    ),
    (
        Fault.NOTHING_ACCEPTED,
        "gaps",
        {"stem": "[[1]]", "options": gap("text")},
        "options",
        {0: {"accepted": FAULTS[Fault.NOTHING_ACCEPTED]}},
    ),
    (Fault.GAPS_DIFFER, "gaps", {"stem": "Say the [[2]]."}, "stem", FAULTS[Fault.GAPS_DIFFER]),
    (Fault.TOO_FEW_LINES, "spot_it", {"options": streamfield([])}, "options", REQUIRED),
    (
        Fault.TOO_FEW_LINES,
        "spot_it",
        {"options": streamfield([("line", {"text": "a", "breaks": "REL-1", "speaker": ""})])},
        "options",
        FAULTS[Fault.TOO_FEW_LINES],
    ),
    (Fault.NOTHING_BROKEN, "spot_it", {"options": LINES}, "options", FAULTS[Fault.NOTHING_BROKEN]),
    (
        Fault.BREAKS_UNCITED,
        "spot_it",
        {"options": BREAKS},
        "options",
        {place: {"breaks": FAULTS[Fault.BREAKS_UNCITED]} for place in range(3)},
    ),
]


def test_what_is_missing_is_said_where_it_is_missing(editor: Client) -> None:
    cite("REL-1", "REL-2")
    image = get_image_model().objects.create(title="Counter", file=get_test_image_file())
    wrong = [
        *WRONG,
        (Fault.NO_ALT, "single", {"image": image.pk}, "image_alt", FAULTS[Fault.NO_ALT]),
    ]
    form_class = get_edit_handler(Question).get_form_class()
    for fault, kind, changes, field, words in wrong:
        form = form_class(question_typed(kind, **changes), instance=Question(kind=kind))
        assert not form.is_valid(), (fault, kind)
        assert list(form.errors) == [field], (fault, kind, form.errors)
        assert _in_words(form.errors.as_data()[field][0]) == _as_text(words), (fault, kind)
    form = form_class(question_typed("single", question_clauses=inline_formset([])), instance=Question())
    assert not form.is_valid()
    assert form.formsets["question_clauses"].non_form_errors() == [FAULTS[Fault.NO_CLAUSE]]
    assert {fault for fault, *_others in wrong} | {Fault.NO_CLAUSE} == set(Fault) == set(FAULTS)


def _in_words(error: Any) -> Any:
    """Messages by place: those of the whole as text."""
    if getattr(error, "block_errors", None):
        return {place: _in_words(inner) for place, inner in error.block_errors.items()}
    of_the_whole = getattr(error, "non_block_errors", None)
    return " ".join(of_the_whole if of_the_whole else error.messages)


def _as_text(words: Any) -> Any:
    return {place: _as_text(inner) for place, inner in words.items()} if isinstance(words, dict) else str(words)


def test_a_block_that_was_left_empty_is_no_answer(editor: Client) -> None:
    pairs = [("Angry", "Listen"), ("", ""), ("Lost", "Show the way")]
    options = streamfield([("pair", {"left": left, "right": right, "feedback": ""}) for left, right in pairs])
    question = publish(editor, question_typed("matching", options=options))
    assert [(pair.left, pair.right) for pair in written(question).pairs] == [pairs[0], pairs[2]]


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("single", {"options": choices(True, False, credit="lots")}, "options"),
        ("numeric", {"other_units": "hours = sixty"}, "other_units"),
        ("numeric", {"other_units": "hours = 0"}, "other_units"),
        ("numeric", {"unit_penalty": "200"}, "unit_penalty"),
    ],
)
def test_what_nobody_could_read_is_refused_even_in_a_draft(
    editor: Client, kind: str, changes: dict[str, Any], field: str
) -> None:
    response = editor.post(address("add"), question_typed(kind, CANARY, **changes))
    assert list(response.context["form"].errors) == [field]
    assert f"{CANARY}-general" in response.content.decode()
    assert Question.objects.count() == 0


def test_an_unfinished_draft_of_any_kind_is_saved(editor: Client) -> None:
    for kind in KINDS:
        empty = {"options": streamfield([]), "answer": "", "question_clauses": inline_formset([])}
        assert editor.post(address("add"), question_typed(kind, **empty)).status_code == 302, kind
        question = Question.objects.latest("pk")
        assert (question.kind, question.live) == (kind, False)
        assert editor.get(address("edit", question.pk)).status_code == 200


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


def test_published_versions_with_their_keys(editor: Client, django_assert_max_num_queries: Any) -> None:
    question = publish(editor, question_typed("single", CANARY))
    take(UserFactory(), publish_quiz([question]), right=0)
    publish(editor, as_posted(shown(editor, question)) | {"stem": "She waits."}, address("edit", question.pk))
    url = reverse("question_versions", args=[question.pk])
    with django_assert_max_num_queries(15):
        page = editor.get(url)
    assert [(version.number, version.asked) for version in page.context["versions"]] == [(2, 0), (1, 1)]
    text = page.content.decode()
    assert "She waits." in text
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
