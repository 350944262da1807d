"""What is missing or unreadable, said where it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.admin.panels import get_edit_handler
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, streamfield

from quizzes.admin_forms.faults import BAD_TOLERANCE, FAULTS, TRUE_OR_FALSE
from quizzes.domain.kinds import KINDS, Fault
from quizzes.models import Question
from tests.factories.question_forms import listed, question_typed
from tests.factories.standards import cite
from tests.quizzes.writing.forms import CANARY, address, publish, written

pytestmark = pytest.mark.django_db


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
    (Fault.NOTHING_ACCEPTED, "short_text", {"options": NONE}, "options", FAULTS[Fault.NOTHING_ACCEPTED]),
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
    (Fault.TOO_FEW_STEPS, "ordering", {"options": NONE}, "options", FAULTS[Fault.TOO_FEW_STEPS]),
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


def test_blocks_that_were_left_empty_are_still_there_after_an_error(editor: Client) -> None:
    lines = [("", "", ""), ("Aina", "Not my counter.", "REL-9"), ("", "", "")]
    options = streamfield([("line", {"speaker": who, "text": text, "breaks": code}) for who, text, code in lines])
    response = editor.post(address("add"), {**question_typed("spot_it", options=options), "action-publish": "1"})
    shown = response.context["form"]["options"].value()
    assert [block.value["text"] for block in shown] == ["Not my counter.", "", ""]
    (error,) = response.context["form"].errors.as_data()["options"]
    assert list(error.block_errors) == [0]


def test_row_without_a_clause_and_a_draft_without_a_text_are_named(editor: Client) -> None:
    rows = inline_formset([{"clause": ""}])
    form = editor.post(address("add"), question_typed("single", stem="", question_clauses=rows)).context["form"]
    assert form.formsets["question_clauses"].errors == [{"clause": [FAULTS[Fault.NO_CLAUSE]]}]
    assert str(Question()) == "A question without a text yet"


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
