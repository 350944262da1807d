"""What every kind of question takes for an answer, what it is worth, and what must not be asked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.answers import Answer, Given, WrongChoice, answer_as_json, answer_from_json
from quizzes.domain.authoring import Choice, Gap, Line, Pair, Step, Typed, compose
from quizzes.domain.keys import KeyContent, otherwise
from quizzes.domain.kinds import KINDS, Fault, UnknownKind, kind_of
from quizzes.domain.publishing import publishing_faults
from tests.quizzes.domain.samples import AUTHORED, answers, chosen, numbered, parts, sample

any_kind = pytest.mark.parametrize("kind", KINDS)
RIGHT_ID = {text: option.id for option in sample("matching")[0].options for text in [option.text]}
RING, SORRY, WAIT = RIGHT_ID["Ring"], RIGHT_ID["Say sorry"], RIGHT_ID["Wait"]


def mark(kind: str, answer: Answer, **key: Any) -> Fraction:
    content, stored = sample(kind)
    return kind_of(kind).mark(content, replace(stored, **key), answer)


def test_every_kind_has_a_sample() -> None:
    assert set(AUTHORED) == set(KINDS)


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownKind, match="essay"):
        kind_of("essay")


@any_kind
def test_samples_can_be_published(kind: str) -> None:
    assert publishing_faults(kind, *sample(kind), [1]) == []


@any_kind
def test_the_right_answer_gets_the_whole_mark_and_is_read_as_it_stands(kind: str) -> None:
    content, key = sample(kind)
    right = kind_of(kind).right_answer(content, key)
    assert kind_of(kind).read(content, right) == right
    assert mark(kind, right) == mark(kind, right, is_all_or_nothing=True) == 1


@any_kind
def test_no_answer_gets_nothing(kind: str) -> None:
    content, key = sample(kind)
    assert mark(kind, ()) == 0
    assert kind_of(kind).responses(content, key, ()) == ()


@any_kind
@given(data=st.data())
def test_marks_lie_within_bounds_and_come_from_what_was_read(kind: str, data: st.DataObject) -> None:
    content, key = sample(kind)
    answer = data.draw(answers(kind))
    if answer:
        assert kind_of(kind).read(content, answer[::-1] if kind != "ordering" else answer)
    got, whole = (
        kind_of(kind).mark(content, replace(key, is_all_or_nothing=switch), answer) for switch in (False, True)
    )
    assert -1 <= got <= 1
    assert whole in {got, 0}
    assert answer_from_json(answer_as_json(answer)) == answer


@any_kind
@given(data=st.data())
def test_the_order_of_options_and_parts_never_matters(kind: str, data: st.DataObject) -> None:
    content, key = sample(kind)
    answer = data.draw(answers(kind))
    turned = replace(
        content,
        options=tuple(data.draw(st.permutations(content.options))),
        parts=tuple(data.draw(st.permutations(content.parts))),
    )
    said = answer if kind == "ordering" else tuple(data.draw(st.permutations(answer)))
    assert kind_of(kind).mark(turned, key, said) == kind_of(kind).mark(content, key, answer)


@any_kind
@given(data=st.data())
def test_nothing_right_earns_nothing(kind: str, data: st.DataObject) -> None:
    content, key = sample(kind)
    answer = data.draw(answers(kind))
    right = set(kind_of(kind).right_answer(content, key))
    if kind in {"short_text", "numeric", "ordering"} or right & set(answer):
        return
    if kind == "gaps" and any(given.value in {"24", "sorry", "Sorry!"} for given in answer):
        return
    assert mark(kind, answer) <= 0


@any_kind
@pytest.mark.parametrize(
    "given",
    [
        (),
        chosen("forged"),
        parts(forged="a"),
        (Given("a", "late"), Given("b", "late")),
        chosen("x" * 201),
        chosen("  "),
        chosen("a\x00b"),
        (Given("a"), Given("a")),
    ],
)
def test_what_a_question_does_not_take_is_refused(kind: str, given: Answer) -> None:
    if kind in {"short_text", "numeric"} and given == chosen("forged"):
        return
    with pytest.raises(WrongChoice):
        kind_of(kind).read(sample(kind)[0], given)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", chosen("a", "b")),
        ("true_false", chosen("true", "false")),
        ("ordering", chosen("w", "x", "y")),
        ("ordering", tuple(Given(value, "1") for value in "wxyz")),
        ("matching", parts(late="forged")),
        ("gaps", parts(g3="a")),
        ("gaps", parts(g1=" ")),
        ("short_text", chosen("a", "b")),
        ("spot_it", parts(l1="REL-9")),
    ],
)
def test_too_much_or_of_another_question_is_refused(kind: str, given: Answer) -> None:
    with pytest.raises(WrongChoice):
        kind_of(kind).read(sample(kind)[0], given)


def test_answers_are_read_in_the_order_of_the_question_and_without_blanks() -> None:
    assert kind_of("multiple").read(sample("multiple")[0], chosen("d", "a")) == chosen("a", "d")
    assert kind_of("gaps").read(sample("gaps")[0], parts(g3="l", g1=" 24 ")) == parts(g1="24", g3="l")
    assert kind_of("short_text").read(sample("short_text")[0], chosen(" Sorry ")) == chosen("Sorry")


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        ("single", chosen("a"), 1),
        ("single", chosen("b"), 0),
        ("single", chosen("a", "b"), 0),
        ("true_false", chosen("false"), 0),
        ("multiple", chosen("a"), Fraction(1, 2)),
        ("multiple", chosen("a", "b"), 0),
        ("multiple", chosen("a", "b", "c"), Fraction(1, 2)),
        ("multiple", chosen("b", "d"), 0),
        ("matching", parts(late=RING, wrong=SORRY), Fraction(2, 3)),
        ("matching", parts(late=WAIT, wrong=RING, lost=RING), Fraction(1, 3)),
        ("ordering", chosen("z", "y", "w", "x"), Fraction(1, 2)),
        ("ordering", chosen("y", "x", "w", "z"), 0),
        ("short_text", chosen("SORRY, madam"), 1),
        ("short_text", chosen("We regret it"), Fraction(1, 2)),
        ("short_text", chosen("so what"), 0),
        ("numeric", chosen("24.5 hours"), 1),
        ("numeric", chosen("24.51 hours"), 0),
        ("numeric", chosen("1 day"), 0),
        ("numeric", chosen("1 days"), 1),
        ("numeric", chosen("24"), Fraction(9, 10)),
        ("numeric", chosen("48 hours"), Fraction(1, 4)),
        ("numeric", chosen("soon"), 0),
        ("gaps", parts(g1="24"), Fraction(2, 4)),
        ("gaps", parts(g1="25", g2="Sorry", g3="l"), Fraction(2, 4)),
        ("gaps", parts(g1="x", g2="no", g3="m"), 0),
        ("spot_it", parts(l1="SIN-1"), Fraction(1, 2)),
        ("spot_it", parts(l1="SIN-1", l3="FRI-1"), Fraction(1, 2)),
        ("spot_it", parts(l1="SIN-1", l3="REL-2", l2="FRI-1"), Fraction(1, 2)),
        ("spot_it", parts(l2="SIN-1", l4="SIN-1", l1="SIN-1"), 0),
    ],
)
def test_marks(kind: str, answer: Answer, expected: Fraction) -> None:
    assert mark(kind, answer) == expected
    assert mark(kind, answer, is_all_or_nothing=True) == (expected if expected == 1 or kind in TYPED_OR_ONE else 0)


TYPED_OR_ONE = {"single", "true_false", "short_text", "numeric"}


def test_an_option_of_a_single_choice_may_be_worth_a_part() -> None:
    assert mark("single", chosen("b"), credits=(("b", Fraction(1, 3)),)) == Fraction(1, 3)
    assert mark("single", chosen("b"), credits=(("b", Fraction(-1, 2)),)) == Fraction(-1, 2)


def test_options_of_a_multiple_choice_may_have_their_own_shares() -> None:
    shares = (("a", Fraction(3, 4)), ("b", Fraction(-1)), ("c", Fraction(1, 4)), ("d", Fraction()))
    assert mark("multiple", chosen("a"), credits=shares) == Fraction(3, 4)
    assert mark("multiple", chosen("a", "d"), credits=shares) == Fraction(3, 4)
    assert mark("multiple", chosen("a", "b", "c"), credits=shares) == 0


def test_a_multiple_choice_without_a_right_option_gives_nothing() -> None:
    assert mark("multiple", chosen("a"), right=()) == 0


def test_a_negative_share_in_a_list_of_a_gap_takes_nothing_from_the_others() -> None:
    assert mark("gaps", parts(g1="24", g3="m"), credits=(("m", Fraction(-1)),)) == Fraction(1, 2)


def test_case_and_accents_count_only_where_they_are_minded() -> None:
    assert mark("short_text", chosen("SÓRRY")) == 1
    assert mark("short_text", chosen("SORRY"), minds_case=True) == 0
    assert mark("short_text", chosen("sórry"), minds_accents=True) == 0


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        ("single", chosen("b"), chosen("b")),
        ("ordering", chosen("z", "y", "w", "x"), parts(**{"1": "z", "2": "y", "3": "w", "4": "x"})),
        ("short_text", chosen("I regret"), chosen("r")),
        ("short_text", chosen("what?"), chosen(otherwise())),
        ("numeric", chosen("24"), chosen("day")),
        ("numeric", chosen("7"), chosen(otherwise())),
        ("gaps", parts(g1="24", g2="sorry", g3="m"), parts(g1="n", g2="t", g3="m")),
        ("gaps", parts(g1="7", g2="no"), parts(g1=otherwise("g1"), g2=otherwise("g2"))),
        ("spot_it", parts(l1="SIN-1"), parts(l1="SIN-1")),
    ],
)
def test_responses_sort_what_people_say(kind: str, answer: Answer, expected: Answer) -> None:
    assert kind_of(kind).responses(*sample(kind), answer) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("single", Fraction(1, 3)),
        ("true_false", Fraction(1, 2)),
        ("multiple", None),
        ("matching", Fraction(1, 3)),
        ("ordering", Fraction(1, 4)),
        ("short_text", Fraction()),
        ("numeric", Fraction()),
        ("gaps", None),
        ("spot_it", None),
    ],
)
def test_what_a_guess_is_worth(kind: str, expected: Fraction | None) -> None:
    assert kind_of(kind).random_guess(*sample(kind)) == expected


def test_a_guess_is_worth_what_anything_is_worth() -> None:
    content, key = compose(
        replace(AUTHORED["short_text"], accepted=(Typed("yes"), Typed("*", Fraction(1, 5)))), numbered()
    )
    assert kind_of("short_text").random_guess(content, key) == Fraction(1, 5)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("single", {}),
        ("matching", {"late": 1, "wrong": 0, "lost": 0}),
        ("gaps", {"g1": 0, "g2": 0, "g3": 0}),
        ("spot_it", {"l1": 0, "l2": 1, "l3": 0, "l4": -1}),
    ],
)
def test_marks_by_part(kind: str, expected: dict[str, int]) -> None:
    said = {"matching": parts(late=RING), "spot_it": parts(l1="REL-2", l4="REL-2")}.get(kind, ())
    assert kind_of(kind).part_marks(*sample(kind), said) == expected


def test_what_may_be_shuffled() -> None:
    kept = {kind for kind in KINDS if not kind_of(kind).orders_options(replace(sample(kind)[0], keeps_order=True))}
    fixed = {kind for kind in KINDS if not kind_of(kind).orders_options(sample(kind)[0])}
    assert fixed == {"true_false", "spot_it"}
    assert kept == set(KINDS) - {"ordering"}


FAULTY: list[tuple[str, dict[str, Any], set[Fault]]] = [
    ("single", {"choices": ()}, {Fault.TOO_FEW_OPTIONS, Fault.NOT_ONE_RIGHT}),
    ("true_false", {"choices": ()}, {Fault.NOT_ONE_RIGHT}),
    ("multiple", {"choices": (Choice("A"), Choice("B"))}, {Fault.NONE_RIGHT}),
    (
        "multiple",
        {"choices": (Choice("A", is_right=True, credit=Fraction(1, 2)), Choice("B"))},
        {Fault.CREDITS_SHORT},
    ),
    ("matching", {"pairs": (Pair("Late", "Ring"), Pair("", "Wait"))}, {Fault.TOO_FEW_PAIRS}),
    ("matching", {"pairs": (Pair("Late", "Ring"), Pair("Lost", ""), Pair("", "Wait"))}, {Fault.UNPAIRED}),
    ("matching", {"pairs": (Pair("Late", "Ring"), Pair("Lost", "ring"))}, {Fault.SAME_OPTION_TWICE}),
    ("ordering", {"steps": (Step("A"), Step("B"))}, {Fault.TOO_FEW_STEPS}),
    ("ordering", {"steps": (Step("A"), Step("a"), Step(" "))}, {Fault.SAME_OPTION_TWICE, Fault.BLANK_OPTION}),
    ("short_text", {"accepted": ()}, {Fault.NOTHING_ACCEPTED}),
    ("short_text", {"accepted": (Typed(" "),)}, {Fault.NOTHING_ACCEPTED}),
    ("short_text", {"accepted": (Typed("x", Fraction(1, 2)),)}, {Fault.NO_FULL_CREDIT}),
    ("numeric", {"accepted": (Typed("many"),)}, {Fault.NOT_A_NUMBER}),
    ("numeric", {"accepted": (Typed("3", tolerance="-1"),)}, {Fault.NOT_A_NUMBER}),
    ("numeric", {"accepted": (Typed("3", tolerance="some"),)}, {Fault.NOT_A_NUMBER}),
    ("gaps", {"gaps": ()}, {Fault.GAPS_DIFFER, Fault.NOTHING_ACCEPTED}),
    ("gaps", {"stem": "Only [[1]] and [[3]] and [[2]]"}, {Fault.GAPS_DIFFER}),
    (
        "gaps",
        {"stem": "One [[1]]", "gaps": (Gap("choice", (Choice("A"), Choice("B"))),)},
        {Fault.NOT_ONE_RIGHT},
    ),
    ("gaps", {"stem": "One [[1]]", "gaps": (Gap("number", accepted=(Typed("x"),)),)}, {Fault.NOT_A_NUMBER}),
    ("spot_it", {"lines": (Line("A"), Line("B"), Line("C"))}, {Fault.NOTHING_BROKEN}),
    ("spot_it", {"lines": (Line("A", breaks="SIN-1"), Line(" "))}, {Fault.TOO_FEW_LINES, Fault.BLANK_OPTION}),
    ("spot_it", {"codes": ("SIN-1",)}, {Fault.BREAKS_UNCITED}),
]


@pytest.mark.parametrize(("kind", "changes", "expected"), FAULTY)
def test_what_must_not_be_published(kind: str, changes: dict[str, Any], expected: set[Fault]) -> None:
    content, key = compose(replace(AUTHORED[kind], **changes), numbered())
    assert set(publishing_faults(kind, content, key, [1])) == expected


def test_an_order_that_names_other_steps_must_not_be_published() -> None:
    content, key = sample("ordering")
    assert publishing_faults("ordering", content, replace(key, order=("z", "y")), [1]) == [Fault.NONE_RIGHT]


@pytest.mark.parametrize("kind", ["numeric", "gaps"])
def test_any_number_may_be_accepted(kind: str) -> None:
    changes: dict[str, Any] = {"accepted": (Typed("*"),), "units": ()}
    if kind == "gaps":
        changes = {"stem": "[[1]]", "gaps": (Gap("number", accepted=(Typed("*"),)),)}
    content, key = compose(replace(AUTHORED[kind], **changes), numbered())
    right = kind_of(kind).right_answer(content, key)
    assert publishing_faults(kind, content, key, [1]) == []
    assert (right[0].value, kind_of(kind).mark(content, key, right)) == ("0", 1)


def test_the_right_answer_leaves_out_what_has_no_key() -> None:
    content, _ = sample("matching")
    assert kind_of("matching").right_answer(content, KeyContent()) == ()
