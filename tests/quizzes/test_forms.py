"""What the player sends, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.answers import Answer
from quizzes.domain.asking import input_names, said_by
from quizzes.domain.kinds import KINDS, kind_of
from quizzes.forms import AnswerForm
from quizzes.selectors.attempts import AskedQuestion
from tests.quizzes.domain.samples import parts, sample

any_kind = pytest.mark.parametrize("kind", KINDS)


def asked(kind: str) -> AskedQuestion:
    content, _ = sample(kind)
    return AskedQuestion.put(1, kind, content, content.option_ids, ())


def sent(kind: str, fields: dict[str, Any]) -> AnswerForm:
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return AnswerForm(data, question=asked(kind))


def right_answer(kind: str) -> Answer:
    content, key = sample(kind)
    return kind_of(kind).right_answer(content, key)


@any_kind
def test_right_answer_is_read_and_what_nobody_asked_is_ignored(kind: str) -> None:
    fields = {name: list(values) for name, values in said_by(kind, right_answer(kind)).items()}
    form = sent(kind, {**fields, "is_right": ["1"], "answer-forged": ["x"], "place-forged": ["1"]})
    assert form.is_valid()
    assert form.answer == kind_of(kind).read(form.question.content, right_answer(kind))


@any_kind
@pytest.mark.parametrize("blank", ["", "   "])
def test_nothing_says_what_to_do_first_at_the_first_input(kind: str, blank: str) -> None:
    names = input_names(kind, asked(kind).content)
    for form in (sent(kind, {}), sent(kind, {name: [blank] for name in names})):
        assert not form.chosen
        ((name, (error,)),) = form.problems.items()
        assert name == next(iter(names))
        assert error.endswith("If you aren’t sure, “Come back to it” keeps the question for later.")


@any_kind
@pytest.mark.parametrize("value", ["x" * 201, "forged\x00", "\x00"])
def test_huge_and_hostile_values_are_refused_at_the_field(kind: str, value: str) -> None:
    name = list(input_names(kind, asked(kind).content))[-1]
    form = sent(kind, {name: [value]})
    assert form.chosen
    assert not form.is_valid()
    assert form.answer == ()
    assert form.problems


@any_kind
@given(data=st.data())
def test_whatever_is_sent_is_an_answer_or_an_error(kind: str, data: Any) -> None:
    content = asked(kind).content
    values = st.one_of(st.sampled_from(["", " ", "1", "2", "4", "24", "true", "x" * 201]), st.text(max_size=5))
    if content.option_ids:
        values = st.one_of(values, st.sampled_from(content.option_ids))
    names = [*input_names(kind, content), "answer", "answer-forged"]
    form = sent(kind, data.draw(st.dictionaries(st.sampled_from(names), st.lists(values, max_size=3))))
    assert form.is_valid() == bool(form.answer)
    if form.answer:
        assert kind_of(kind).read(content, form.answer) == form.answer


@pytest.mark.parametrize("kind", ["matching", "gaps", "spot_it"])
def test_a_part_of_an_answer_is_enough(kind: str) -> None:
    first = right_answer(kind)[0]
    form = sent(kind, {f"answer-{first.part}": [first.value]})
    assert form.is_valid()
    assert form.answer == (first,)


def test_errors_stand_at_the_part_that_is_wrong_and_name_it() -> None:
    gaps = sent("gaps", {"answer-g1": ["24"], "answer-g2": ["x" * 201], "answer-g3": ["boss"]})
    assert gaps.problems == {
        "answer-g2": ["This can’t be taken as an answer. Write it once more, in 200 characters at most."],
        "answer-g3": ["That isn’t one of the answers to this question. Choose one of those below."],
    }
    assert [gaps[name].label for name in gaps.problems] == ["Gap 2", "Gap 3"]
    twice = sent("matching", {"answer-late": list(asked("matching").content.option_ids[:2])})
    assert twice.problems == {"answer-late": ["This question takes one answer. Choose the best one."]}
    assert twice["answer-late"].label == "Late"
    assert sent("spot_it", {"answer-l3": ["REL-9"]})["answer-l3"].label == "Line 3"


def test_places_say_which_step_has_none_of_its_own() -> None:
    form = sent("ordering", {"place-w": ["1"], "place-x": ["1"], "place-y": ["2"], "place-z": ["3"]})
    assert form.problems == {
        "place-x": [
            "Give each step a place of its own, from 1 to 4. This one has none, or that of another step.",
        ]
    }
    assert form["place-x"].label == "Mend it"


def test_typed_answers_are_kept_without_blanks_around_them() -> None:
    form = sent("gaps", {"answer-g2": [" sorry "]})
    assert form.is_valid()
    assert form.answer == parts(g2="sorry")
