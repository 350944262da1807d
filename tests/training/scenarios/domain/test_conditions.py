"""The one notation of conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import any_stories
from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.graph import Story


@given(any_stories())
def test_parse_reads_what_as_entry_gave(told: Story) -> None:
    for scene in told.scenes:
        for condition in (condition for choice in scene.choices for condition in choice.conditions):
            assert Condition.parse(condition.as_entry()) == condition


@pytest.mark.parametrize(
    ("entry", "condition"),
    [
        ({"mood_at_least": 3}, Condition(ConditionKind.MOOD_AT_LEAST, 3)),
        ({"points_at_most": -2}, Condition(ConditionKind.POINTS_AT_MOST, -2)),
        ({"not_visited": "story"}, Condition(ConditionKind.NOT_VISITED, scene="story")),
        ({"chosen": "story/own-story"}, Condition(ConditionKind.CHOSEN, scene="story", choice="own-story")),
    ],
)
def test_parse_reads_a_pair(entry: dict[str, int | str], condition: Condition) -> None:
    assert Condition.parse(entry) == condition


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"mood_at_least": 3, "visited": "story"},
        {"mood": 3},
        {"mood_at_least": "3"},
        {"mood_at_least": True},
        {"points_at_least": 2.5},
        {"visited": 3},
        {"visited": ""},
        {"visited": "story/own-story"},
        {"chosen": "story"},
        {"chosen": "/own-story"},
        {"chosen": None},
    ],
)
def test_parse_refuses_anything_else(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Condition.parse(entry)


@given(st.sampled_from(ConditionKind))
def test_kind_is_of_a_number_or_of_what_was_done(kind: ConditionKind) -> None:
    assert kind.is_of_number == ("at_" in kind)
