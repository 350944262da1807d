"""What a clause says, its digest, and what changed between the texts in force and those that go live."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.clauses import WORDS_A_MINUTE, Change, ChangeType, ClauseContent, compare, reading_minutes

words = st.text(max_size=30)
contents = st.builds(
    ClauseContent,
    title=words,
    statement=words,
    why=words,
    indicator_target=words,
    pitfalls=st.lists(st.sampled_from(["apathy", "brush_off", "robotism"]), unique=True).map(tuple),
)
codes = st.sampled_from(["REL-1", "REL-2", "TIM-1", "TIM-2", "EMP-9"])


@given(contents)
def test_stored_content_comes_back_the_same(content):
    assert ClauseContent.from_mapping(content.as_mapping()) == content
    assert ClauseContent.from_object(content) == content


def test_unknown_keys_are_a_mistake():
    with pytest.raises(TypeError):
        ClauseContent.from_mapping({"title": "A", "statement": "B", "canary": "C"})


def test_a_source_without_pitfalls_has_none():
    source = dataclasses.replace(ClauseContent("A", "B"), pitfalls=None)

    assert ClauseContent.from_object(source).pitfalls == ()


@given(contents, contents)
def test_digests_are_equal_exactly_when_the_words_are(one, other):
    def said(content):
        return {**content.as_mapping(), "pitfalls": sorted(content.pitfalls)}

    assert (one.sha256 == other.sha256) == (said(one) == said(other))


@given(contents)
def test_the_order_of_pitfalls_does_not_count(content):
    turned = dataclasses.replace(content, pitfalls=tuple(reversed(content.pitfalls)))

    assert turned.sha256 == content.sha256


def test_the_digest_is_that_of_the_canonical_json():
    """A change here would make every clause look changed at its next publication."""
    assert (
        ClauseContent(title="Menepati janji", statement="We keep promises.", pitfalls=("b", "a")).sha256
        == "ad33fdab0563988dd296411ef266f7d0095be5c10ee8ce9caa7022fa9dac7191"
    )


@pytest.mark.parametrize(
    "field", [field.name for field in dataclasses.fields(ClauseContent) if field.name != "pitfalls"]
)
def test_every_field_counts(field):
    content = ClauseContent("A", "B")

    assert dataclasses.replace(content, **{field: "changed"}).sha256 != content.sha256


def test_words_are_counted_in_all_texts():
    assert ClauseContent(title="One two", statement="three", why="four  five", pitfalls=("six",)).words == 5


@given(st.dictionaries(codes, contents), st.dictionaries(codes, contents))
def test_applying_the_changes_gives_what_goes_live(before, live):
    in_force = {code: content.sha256 for code, content in before.items()}
    after = dict(in_force)
    for change in compare(in_force, live):
        if change.type is ChangeType.RETIRED:
            del after[change.code]
        else:
            assert (change.type is ChangeType.CHANGED) == (change.code in in_force)
            after[change.code] = change.content.sha256

    assert after == {code: content.sha256 for code, content in live.items()}


@given(st.dictionaries(codes, contents), st.dictionaries(codes, contents))
def test_each_code_changes_once_and_only_if_it_changed(before, live):
    in_force = {code: content.sha256 for code, content in before.items()}
    changed = [change.code for change in compare(in_force, live)]

    assert len(set(changed)) == len(changed)
    assert set(changed) == {
        code for code in {*in_force, *live} if in_force.get(code) != (live[code].sha256 if code in live else None)
    }


def test_live_order_first_retired_last():
    one, two = ClauseContent("A", "B"), ClauseContent("C", "D")

    assert compare({"REL-9": "x", "REL-2": one.sha256, "REL-1": "y"}, {"REL-3": two, "REL-1": one, "REL-2": one}) == [
        Change("REL-3", ChangeType.ADDED, two),
        Change("REL-1", ChangeType.CHANGED, one),
        Change("REL-9", ChangeType.RETIRED, None),
    ]


@given(st.lists(st.integers(min_value=0, max_value=5000), max_size=10))
def test_reading_takes_whole_minutes_and_at_least_one(counts):
    minutes = reading_minutes(counts)

    assert minutes >= 1
    assert minutes == 1 or abs(minutes * WORDS_A_MINUTE - sum(counts)) <= WORDS_A_MINUTE / 2
