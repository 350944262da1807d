"""What a lesson is written in, and what is sent from it: what is refused."""

from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError

from training.blocks.lessons import CheckBlock, VideoBlock, video_faults
from training.forms import CheckForm

VIMEO = "https://vimeo.com/1"


@pytest.mark.parametrize(
    ("video", "fields"),
    [
        ({"file": "a.mp4", "captions": "a.vtt", "address": ""}, set()),
        ({"file": "a.WEBM", "captions": "a.vtt", "address": ""}, set()),
        ({"file": "", "captions": "", "address": VIMEO}, set()),
        ({"file": "", "captions": "", "address": ""}, {"file"}),
        ({"file": "a.mp4", "captions": "a.vtt", "address": VIMEO}, {"file"}),
        ({"file": "a.mp4", "captions": "", "address": ""}, {"captions"}),
        ({"file": "a.vtt", "captions": "a.mp4", "address": ""}, {"file", "captions"}),
        ({"file": "", "captions": "a.vtt", "address": VIMEO}, {"captions"}),
        ({"file": "", "captions": "", "address": "https://example.com/1"}, {"address"}),
    ],
)
def test_a_video_is_a_file_with_captions_or_an_address(video, fields):
    assert video_faults(**video).keys() == fields


def value_of_block(block, value):
    return block.clean(block.to_python(value))


@pytest.mark.parametrize(("right", "is_refused"), [((), True), ((0,), False), ((0, 1), True)])
def test_a_question_has_one_right_answer(right, is_refused):
    options = [{"text": f"Answer {place}", "is_right": place in right, "feedback": "So."} for place in range(2)]
    check = {"question": "What do you do?", "options": options, "clause": "REL-1"}
    if is_refused:
        with pytest.raises(StructBlockValidationError) as refused:
            value_of_block(CheckBlock(), check)
        assert refused.value.block_errors.keys() == {"options"}
    else:
        assert value_of_block(CheckBlock(), check)["clause"] == "REL-1"


def test_a_video_says_at_its_field_what_is_missing():
    video = {"title": "A minute", "file": None, "captions": None, "address": "", "transcript": ""}
    with pytest.raises(StructBlockValidationError) as refused:
        value_of_block(VideoBlock(), video)

    assert refused.value.block_errors.keys() == {"file"}


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({}, None),
        ({"check": "3"}, 3),
        ({"check": "3", "answer-3": ""}, 3),
        ({"check": "3", "answer-3": "9"}, 3),
        ({"check": "3", "answer-3": "٣"}, 3),
        ({"check": "3", "answer-2": "1"}, 3),
        ({"check": "x", "answer-3": "1"}, None),
        ({"check": "9999", "answer-9999": "1"}, None),
    ],
)
def test_an_answer_must_be_one_of_the_question_that_was_sent(sent, place):
    form = CheckForm(sent)

    assert not form.is_valid()
    assert form.place == place


def test_answers_given_before_come_along():
    form = CheckForm({"check": "3", "answer-3": "1", "answer-0": "4", "answer-x": "1", "answer-200": "1"})

    assert form.is_valid()
    assert (form.cleaned_data["check"], form.answers, form.place) == (3, {0: 4, 3: 1}, None)
