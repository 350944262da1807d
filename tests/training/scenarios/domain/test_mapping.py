"""The map of a story: its outline, as source for graphviz and as text."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import choice, ending, scene, small_story, sound_stories, story, when
from training.domain.scenario.faults import Fault, FaultKind, Severity
from training.domain.scenario.graph import Story
from training.domain.scenario.mapping import MappedChoice, MappedNode, NodeKind, as_text, dot, outline


def shop() -> Story:
    """With a loop, a condition, a clock, a critical choice and a target that isn't there."""
    return story(
        replace(
            scene(
                "shop",
                when(choice("ask", "store"), mood_at_least=2),
                replace(choice("shout", "end"), is_critical=True),
                choice("wait", "nowhere"),
            ),
            seconds=30,
            late="wait",
        ),
        scene("store", choice("back", "shop")),
        ending("end"),
    )


FAULTS = [
    Fault(FaultKind.ALWAYS_FIRST),
    Fault(FaultKind.CHANGED_CLAUSE, "REL-1", 0, 1),
    Fault(FaultKind.NO_TARGET, "nowhere", 0, 2),
    Fault(FaultKind.CHANGED_CLAUSE, "REL-1", 0, 2),
    Fault(FaultKind.CHANGED_CLAUSE, "REL-1", 1, 0),
]


def test_outline_has_nodes_in_order_then_what_is_missing() -> None:
    assert outline(shop(), FAULTS) == (
        MappedNode(
            "shop",
            NodeKind.START,
            Severity.ERROR,
            (
                MappedChoice("ask", 1, is_conditional=True),
                MappedChoice("shout", 2, is_critical=True, severity=Severity.WARNING),
                MappedChoice("wait", 3, is_late=True, severity=Severity.ERROR),
            ),
        ),
        MappedNode(
            "store",
            NodeKind.SCENE,
            Severity.WARNING,
            (MappedChoice("back", 0, leads_back=True, severity=Severity.WARNING),),
        ),
        MappedNode("end", NodeKind.ENDING),
        MappedNode("nowhere", NodeKind.MISSING, Severity.ERROR),
    )


def test_outline_counts_the_choices_that_counts_are_given_for() -> None:
    mapped = outline(small_story(), counts={("price", "tell"): 3, ("price", "later"): 0})
    assert [[one.count for one in node.choices] for node in mapped] == [
        [None, None],
        [3, 0, None],
        [None, None],
        [],
        [],
    ]


def test_outline_of_a_story_without_a_start_has_none() -> None:
    assert [node.kind for node in outline(replace(small_story(), start="nowhere"))] == [
        *[NodeKind.SCENE] * 3,
        *[NodeKind.ENDING] * 2,
    ]


def test_text_shows_everything_by_sign() -> None:
    assert as_text(outline(shop(), FAULTS, counts={("store", "back"): 2})) == (
        "▶ ✖ shop\n"
        "    ◇ ask → store\n"
        "    ⚑ ▲ shout → end\n"
        "    ◷ ✖ wait → nowhere\n"
        "▲ store\n"
        "    ▲ back (2) ↺ shop\n"
        "■ end\n"
        "? ✖ nowhere\n"
    )


def test_dot_shows_problems_by_more_than_their_class() -> None:
    shown = dict(line.strip().split(" [", 1) for line in dot(outline(shop(), FAULTS)).splitlines() if " n" in line[:4])
    assert shown["n0"] == (
        'id="map-0", class="node start is-error", shape="box", label="▶ ✖ shop", tooltip="shop", URL="#node-0", '
        'peripheries="2"];'
    )
    assert shown["n1"].endswith('URL="#node-1", style="dashed"];')
    assert shown["n3"] == (
        'id="map-3", class="node missing is-error", shape="plaintext", label="? ✖ nowhere", tooltip="nowhere", '
        'peripheries="2"];'
    )
    assert shown["n0 -> n1"] == (
        'class="choice is-conditional", label="◇ ask", tooltip="ask", URL="#node-0", style="dashed"];'
    )
    assert 'class="choice is-warning is-critical"' in shown["n0 -> n2"]
    assert 'penwidth="2"' in shown["n0 -> n2"]
    assert shown["n1 -> n0"].endswith('URL="#node-1", constraint="false"];')


@given(sound_stories(), st.text(max_size=20))
def test_no_key_breaks_out_of_its_string(told: Story, key: str) -> None:
    odd = replace(told, nodes=(*told.nodes, replace(ending("odd"), key=key)))
    lines = dot(outline(odd)).splitlines()
    assert len(lines) == 5 + len(odd.nodes) + sum(len(one.choices) for one in odd.scenes)
    string = r'"(?:[^"\\]|\\.)*"'
    assert all(re.fullmatch(rf"  n\d+(?: -> n\d+)? \[(?:\w+={string}(?:, )?)+\];", line) for line in lines[4:-1])


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
def test_graphviz_draws_keys_as_they_are() -> None:
    odd = '</text>"\\N\\ &quot; <b>\x00\n'
    source = dot(outline(story(scene("shop", choice(odd, "end")), ending("end"))))
    drawn = subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, text=True, check=True)
    assert drawn.stderr == ""
    svg = ElementTree.fromstring(drawn.stdout)
    texts = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(" ".join((text or "").split()) for text in texts) == sorted(
        ["▶ shop", "■ end", '</text>"\\N\\ &quot; <b>']
    )
    assert {element.get("id") for element in svg.iter("{http://www.w3.org/2000/svg}g")} >= {"map-0", "map-1"}
