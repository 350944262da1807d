"""How the demo's people answer."""

from __future__ import annotations

from random import Random

import pytest

from home.selectors import content
from home.selectors.content import ContentFault
from home.selectors.questions import authored_question, true_option, with_slip
from home.services.answering import Slip, chance_to_know, plausible_answer, slips_of
from quizzes.domain.authoring import compose
from quizzes.domain.kinds import KINDS, kind_of

QUESTIONS = {question["key"]: question for quiz in content.quizzes("en") for question in quiz["questions"]}


def composed(question):
    ids = iter(range(1000))
    return compose(authored_question(question), lambda: f"id-{next(ids)}")


def test_who_knows_more_answers_more_often_and_what_is_tricky_less():
    assert (
        0.5
        < chance_to_know(knowledge=0, difficulty=3)
        < chance_to_know(knowledge=0, difficulty=1)
        < chance_to_know(knowledge=1, difficulty=1)
        < 1
    )


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_who_knows_is_right_and_who_does_not_answers_all_the_same_and_not_right(question):
    (shown, key), kind = composed(question), kind_of(question["kind"])
    for seed in range(8):
        chance = Random(seed)
        right, wrong = (
            plausible_answer(kind=question["kind"], content=shown, key=key, knows=knows, slip=None, chance=chance)
            for knows in (True, False)
        )
        assert kind.mark(shown, key, kind.read(shown, right)) == 1
        assert kind.mark(shown, key, kind.read(shown, wrong)) < 1


def test_every_kind_of_question_has_its_ways_to_go_wrong():
    assert {question["kind"] for question in QUESTIONS.values()} == set(KINDS)


def test_slips_name_questions_that_are_there():
    slips = slips_of(slips=content.slips(), quizzes=content.quizzes("en"))
    assert sorted(slips) == ["app-behind-mr-lim", "rel-lead-in-the-rain"]
    assert slips["app-behind-mr-lim"].truth == true_option(QUESTIONS["app-behind-mr-lim"])


def test_people_know_better_than_a_key_that_was_ticked_wrong_and_guess_at_a_vague_question():
    for slip in content.slips():
        question = QUESTIONS[slip["question"]]
        shown, key = composed(with_slip(question, slip))
        flaw = slips_of(slips=[slip], quizzes=content.quizzes("en"))[slip["question"]]
        answers = [
            plausible_answer(kind="single", content=shown, key=key, knows=True, slip=flaw, chance=Random(seed))[0].value
            for seed in range(30)
        ]
        texts = {option.text for option in shown.options if option.id in answers}
        assert texts == ({true_option(question)} if "ticked" in slip else {option.text for option in shown.options})


def test_who_does_not_know_goes_wrong_with_a_slip_too_mostly_as_the_editor_did():
    question = QUESTIONS["app-behind-mr-lim"]
    shown, key = composed(with_slip(question, {"ticked": "b"}))
    truth = next(option.id for option in shown.options if option.text == true_option(question))
    answers = [
        plausible_answer(
            kind="single", content=shown, key=key, knows=False, slip=Slip(true_option(question)), chance=Random(seed)
        )[0].value
        for seed in range(40)
    ]
    assert truth not in answers
    assert len(set(answers)) == 3
    assert answers.count(key.right[0]) > 20


def test_a_question_of_no_known_kind_is_refused_by_name():
    with pytest.raises(ContentFault, match=r"essay-1.*essay"):
        authored_question({"key": "essay-1", "kind": "essay"})
