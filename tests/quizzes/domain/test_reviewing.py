"""What is said of an answer, kind by kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.authoring import Choice, Typed, compose
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import KINDS, UnknownKind, kind_of
from quizzes.domain.reviewing import Review, ReviewedPart, review
from tests.quizzes.domain.samples import AUTHORED, answers, chosen, numbered, parts, sample


def reviewed(kind: str, *said: str, **by_part: str) -> Review:
    return review(kind, *sample(kind), chosen(*said) + parts(**by_part))


def only(reviewing: Review) -> ReviewedPart:
    (part,) = reviewing.parts
    return part


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_review_agrees_with_the_mark(kind: str, data: Any) -> None:
    content, key = sample(kind)
    answer = data.draw(answers(kind))
    gone_through = review(kind, content, key, answer)
    assert gone_through.mark == kind_of(kind).mark(content, key, answer)
    assert bool(gone_through.options) != bool(gone_through.parts)
    if gone_through.parts and gone_through.mark == 1:
        assert gone_through.right_parts == len(gone_through.parts)


def test_unknown_kind_is_not_reviewed() -> None:
    with pytest.raises(UnknownKind):
        review("essay", *sample("single"), ())


def test_options_say_what_was_chosen_what_is_right_and_why_as_they_were_shown() -> None:
    content, key = sample("single")
    gone_through = review("single", content, key, chosen("b"), content.options[::-1])
    assert [(o.text, o.is_right, o.is_chosen, o.feedback) for o in gone_through.options] == [
        ("Shrug", False, False, ""),
        ("Sell it", False, True, "No."),
        ("Keep it", True, False, "Yes."),
    ]
    assert gone_through.has_others
    assert not reviewed("true_false", "true").has_others or reviewed("true_false", "true").options[1].text == "False"


def test_option_that_earns_a_part_is_partly_right() -> None:
    authored = replace(
        AUTHORED["single"], choices=(Choice("A", is_right=True, id="a"), Choice("B", credit=Fraction(1, 2), id="b"))
    )
    content, key = compose(authored, numbered())
    assert [option.is_partly for option in review("single", content, key, chosen("b")).options] == [False, True]


def test_option_that_costs_something_or_earns_nothing_is_not_partly_right() -> None:
    wrong = (Choice("B", credit=Fraction(-1, 2), id="b"), Choice("C", id="c"))
    content, key = compose(
        replace(AUTHORED["single"], choices=(Choice("A", is_right=True, id="a"), *wrong)), numbered()
    )
    assert not any(option.is_partly for option in review("single", content, key, chosen("b")).options)


def test_matching_names_what_was_matched_and_what_belongs_there() -> None:
    ring, wait = (
        option.id for text in ("Ring", "Wait") for option in sample("matching")[0].options if option.text == text
    )
    gone_through = reviewed("matching", late=ring, wrong=wait)
    assert gone_through.parts == (
        ReviewedPart(1, Fraction(1), "Late", said="Ring", right=("Ring",), feedback="Ring first."),
        ReviewedPart(2, Fraction(), "Wrong", said="Wait", right=("Say sorry",)),
        ReviewedPart(3, Fraction(), "Lost", right=("Ring",)),
    )
    assert gone_through.right_parts == 1
    assert [part.said for part in reviewed("matching").parts] == ["", "", ""]


def test_ordering_gives_the_right_order_and_the_places_that_were_given() -> None:
    gone_through = reviewed("ordering", "z", "x", "y", "w")
    assert [(part.text, part.said, part.right, part.mark) for part in gone_through.parts] == [
        ("Listen", "1", ("1",), 1),
        ("Say sorry", "3", ("2",), 0),
        ("Mend it", "2", ("3",), 0),
        ("Ring", "4", ("4",), 1),
    ]
    assert [part.number for part in gone_through.parts] == [1, 2, 3, 4]
    assert {part.said for part in reviewed("ordering").parts} == {""}


def test_a_step_has_the_feedback_of_its_own() -> None:
    content, key = sample("ordering")
    first, *others = review("ordering", content, replace(key, feedback=((key.order[0], "Listen first."),)), ()).parts
    assert first.feedback == "Listen first."
    assert {part.feedback for part in others} == {""}


@pytest.mark.parametrize(
    ("said", "feedback", "right_feedback"),
    [("sorry!", "Warm.", ""), ("I regret it", "Stiff.", "Warm."), ("no", "Say sorry.", "Warm.")],
)
def test_who_typed_something_else_hears_why_the_right_answer_is_right(
    said: str, feedback: str, right_feedback: str
) -> None:
    content, key = sample("short_text")
    full = next(one for one in key.accepted if one.credit == 1)
    part = only(review("short_text", content, replace(key, feedback=(*key.feedback, (full.id, "Warm."))), chosen(said)))
    assert (part.feedback, part.right_feedback) == (feedback, right_feedback)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_in_general_comes_with_it(kind: str) -> None:
    content, key = sample(kind)
    assert review(kind, content, replace(key, general="Think of the customer."), ()).general == "Think of the customer."


@pytest.mark.parametrize(
    ("said", "mark", "feedback", "right_feedback"),
    [
        ("sorry!", Fraction(1), "", ""),
        ("I regret it", Fraction(1, 2), "Stiff.", ""),
        ("no", Fraction(), "Say sorry.", ""),
    ],
)
def test_short_text_gets_the_feedback_of_what_it_matched(
    said: str, mark: Fraction, feedback: str, right_feedback: str
) -> None:
    assert only(reviewed("short_text", said)) == ReviewedPart(
        1, mark, said=said, right=("sorry",), feedback=feedback, right_feedback=right_feedback
    )


def test_nothing_typed_gets_what_is_right() -> None:
    assert only(reviewed("short_text")) == ReviewedPart(1, Fraction(), right=("sorry",))


def test_number_is_given_as_a_range_in_its_unit_and_a_missing_unit_is_said() -> None:
    without, with_unit, wrong = (only(reviewed("numeric", said)) for said in ("24", "24 hours", "5 hours"))
    assert (without.mark, without.lacks_unit, without.right) == (Fraction(9, 10), True, ("23.5 – 24.5 hours",))
    assert (with_unit.is_right, with_unit.lacks_unit) == (True, False)
    assert (wrong.lacks_unit, wrong.feedback) == (False, "A day.")
    assert not only(reviewed("numeric", "5")).lacks_unit, "a wrong number is wrong, whatever its unit"


@pytest.mark.parametrize(
    ("value", "tolerance", "words"),
    [("24", "", "24"), ("1,200", "0", "1,200"), ("0", "2", "−2 – 2"), ("*", "", "…"), ("*", "1", "…")],
)
def test_accepted_numbers_in_words(value: str, tolerance: str, words: str) -> None:
    authored = replace(AUTHORED["numeric"], accepted=(Typed(value, tolerance=tolerance),), units=())
    assert only(review("numeric", *compose(authored, numbered()), ())).right == (words,)


@pytest.mark.parametrize(
    ("value", "words"), [("*sorry*late*", "sorry…late"), (r"5\* hotel", "5* hotel"), ("*", "…"), ("sorry", "sorry")]
)
def test_accepted_texts_in_words(value: str, words: str) -> None:
    authored = replace(AUTHORED["short_text"], accepted=(Typed(value),))
    assert only(review("short_text", *compose(authored, numbered()), ())).right == (words,)


def test_no_unit_is_missing_where_none_is_asked() -> None:
    authored = replace(AUTHORED["numeric"], units=(Unit("hours"),), unit_penalty=Fraction())
    assert not only(review("numeric", *compose(authored, numbered()), chosen("24"))).lacks_unit


def test_gaps_are_gone_through_one_by_one() -> None:
    gone_through = reviewed("gaps", g1="25", g3="m")
    assert gone_through.parts == (
        ReviewedPart(1, Fraction(), said="25", right=("24",), feedback="A day."),
        ReviewedPart(2, Fraction(), right=("sorry",)),
        ReviewedPart(3, Fraction(), said="guest", right=("lead",)),
    )
    assert reviewed("gaps", g1="24", g2="sorry", g3="l").right_parts == 3
    assert reviewed("gaps").parts[2] == ReviewedPart(3, Fraction(), right=("lead",))


def test_feedback_of_a_list_in_a_gap_is_of_what_was_chosen_and_of_what_is_right() -> None:
    gap = replace(
        AUTHORED["gaps"].gaps[2],
        choices=(
            Choice("lead", is_right=True, feedback="Yes.", id="l"),
            Choice("guest", feedback="No.", id="m"),
            Choice("boss", id="n"),
        ),
        otherwise="The lead.",
    )
    content, key = compose(replace(AUTHORED["gaps"], stem="Ask the [[1]].", gaps=(gap,)), numbered())
    said = {value: only(review("gaps", content, key, parts(g3=value))) for value in ("l", "m", "n")}
    assert [(part.feedback, part.right_feedback) for part in said.values()] == [
        ("Yes.", ""),
        ("No.", "Yes."),
        ("The lead.", "Yes."),
    ]
    silent = replace(key, feedback=tuple((one, words) for one, words in key.feedback if one != "l"))
    assert only(review("gaps", content, silent, parts(g3="l"))).feedback == ""


def test_lines_of_a_dialogue_are_right_missed_mistaken_or_fine() -> None:
    gone_through = reviewed("spot_it", l1="REL-2", l2="FRI-1", l3="REL-2")
    assert [(part.said, part.right, part.mark) for part in gone_through.parts] == [
        ("REL-2", ("SIN-1",), 0),
        ("FRI-1", (), -1),
        ("REL-2", ("REL-2",), 1),
        ("", (), 1),
    ]
    assert gone_through.parts[3].feedback == ""
    assert gone_through.parts[0] == ReviewedPart(1, Fraction(), "Not my job.", "Ann", "REL-2", ("SIN-1",), "It is.")
    assert not gone_through.parts[0].is_partly


def test_all_or_nothing_is_said() -> None:
    content, key = sample("matching")
    assert review("matching", content, replace(key, is_all_or_nothing=True), ()).is_all_or_nothing
