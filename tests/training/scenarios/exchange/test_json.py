"""Scenarios in JSON: what is read, and what is said where it isn't."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.scenarios.exchange.manuscripts import WORDS, fee
from training.domain.scenario.exchange.json_format import content_of, read_json, write_json
from training.domain.scenario.exchange.records import Code, Counts, Parsed, Severity
from training.domain.scenario.exchange.schema import FORMAT, scenario_schema
from training.domain.scenario.exchange.validating import MOST_FAULTS

LEAST = {"format": FORMAT, "title": "T", "scenes": [], "endings": []}


def read(content: Any) -> Parsed:
    return read_json(content if isinstance(content, bytes) else json.dumps(content).encode(), WORDS)


def with_scene(**changes: Any) -> dict[str, Any]:
    return {**LEAST, "scenes": [{"key": "a", "lines": [], "choices": [], **changes}]}


def with_choice(**changes: Any) -> dict[str, Any]:
    return with_scene(choices=[{"key": "x", "text": "X", "target": "a", **changes}])


def test_the_example():
    parsed = read(write_json(fee()))

    assert (parsed.manuscript, parsed.notes, parsed.counts) == (fee(), (), Counts(4, 4, 4, 0))
    choice = json.loads(write_json(fee()))["scenes"][1]["choices"][0]
    assert choice["points"] == {"REL-2": 3}
    assert choice["if"] == [{"mood_at_least": 3}, {"not_chosen": "greeting/hurry"}]


def test_the_least_there_can_be():
    manuscript = read(LEAST).manuscript

    assert (manuscript.slug, manuscript.story.start, manuscript.story.start_mood) == ("t", "", 3)
    assert read(with_scene()).manuscript.story.start == "a"


def test_a_link_to_nowhere_is_said():
    parsed = read(with_choice(target="b"))

    assert [(note.code, note.severity) for note in parsed.notes] == [(Code.BROKEN_LINK, Severity.WARNING)]
    assert parsed.counts.broken_links == 1


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"{", Code.NOT_JSON, 1),
        (b'{\n"a": }', Code.NOT_JSON, 2),
        (b"[" * 100_000, Code.NOT_JSON, 0),
        (b'{"a": NaN}', Code.NOT_JSON, 0),
        (b'{"a": 1' + b"0" * 5000 + b"}", Code.NOT_JSON, 0),
        (b'{"a": 1, "a": 2}', Code.NAME_TWICE, 0),
        (b"\x00", Code.NOT_TEXT, 0),
        (b" ", Code.EMPTY_FILE, 0),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, code: Code, line: int):
    parsed = read(content)

    assert parsed.is_refused
    assert [(note.code, note.line) for note in parsed.notes] == [(code, line)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "The file must be of the type object."),
        ({}, "The file: “format” is missing."),
        ({**LEAST, "format": "other"}, "format: “other” isn't one of these: piawai-scenario-1."),
        ({**LEAST, "title": ""}, "title: “” doesn't have the form …."),
        ({**LEAST, "title": "x" * 256}, "title has more than 255 characters."),
        ({**LEAST, "slug": "No Slug"}, "slug: “No Slug” doesn't have the form"),
        ({**LEAST, "start": "a\n"}, "start: “a” doesn't have the form"),
        ({**LEAST, "colour": 1}, "The file: “colour” isn't known."),
        ({**LEAST, "minutes": 61}, "minutes must be between 1 and 60."),
        ({**LEAST, "minutes": True}, "minutes must be of the type integer."),
        ({**LEAST, "mode": ["x"]}, "mode: “…” isn't one of these: assessment, practice."),
        ({**LEAST, "persona": {"face": "nobody"}}, "persona.face: “nobody” isn't one of these: salmah, rizal."),
        (with_scene(lines=[{"text": 1}]), "scenes[0].lines[0].text must be of the type string."),
        (with_scene(choices=[{}] * 101), "scenes[0].choices must hold 0 to 100 entries."),
        (with_choice(points={"REL 1": 1}), "scenes[0].choices[0].points: “REL 1” isn't known."),
        (with_choice(points={"REL-1": 11}), "scenes[0].choices[0].points.REL-1 must be between -10 and 10."),
        (with_choice(**{"if": [{}]}), "scenes[0].choices[0].if[0] must hold 1 to 1 entries."),
        (with_choice(**{"if": [{"chosen": "a"}]}), "scenes[0].choices[0].if[0].chosen: “a” doesn't have the form"),
        (with_choice(critical=1), "scenes[0].choices[0].critical must be of the type boolean."),
    ],
)
def test_what_is_no_scenario_is_refused_with_its_path(content: Any, words: str):
    parsed = read(content)

    assert parsed.is_refused
    assert parsed.notes[0].words.startswith(words)
    assert parsed.notes[0].severity == Severity.ERROR


def test_only_so_much_is_said_and_only_so_much_read():
    many = [{"key": f"e-{number}"} for number in range(1200)]
    scenes = [{"key": f"s-{number}", "lines": [], "choices": []} for number in range(1200)]

    assert len(read({**LEAST, "endings": [{}] * 200}).notes) == MOST_FAULTS
    assert [note.code for note in read({**LEAST, "endings": many, "scenes": scenes}).notes] == [Code.TOO_MANY_PASSAGES]


def test_no_database_need_keep_what_it_cannot():
    story = read(with_scene(lines=[{"text": "a\x00b\ud800"}])).manuscript.story

    assert story.scene("a").lines[0].text == "a\ufffdb\ufffd"


KEYWORDS = {
    *("$schema", "title", "description", "type", "const", "enum", "pattern", "minLength", "maxLength", "minimum"),
    *("maximum", "items", "maxItems", "properties", "required", "additionalProperties", "propertyNames"),
    *("minProperties", "maxProperties"),
}


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    below = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    for one in below:
        if isinstance(one, dict):
            yield from schemas(one)


def test_the_schema_says_nothing_that_is_not_checked():
    for schema in schemas(scenario_schema(WORDS)):
        assert schema.keys() <= KEYWORDS
        assert schema.get("type") != "object" or "additionalProperties" in schema
        assert schema.get("type") != "array" or "maxItems" in schema


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=100)
@given(value=values, data=st.data())
def test_whatever_stands_anywhere_is_read_or_refused(value: Any, data: st.DataObject):
    content: Any = content_of(fee())
    place = content
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if data.draw(st.booleans()):
            place[key] = value
            break
        place = place[key]

    parsed = read(content)

    assert parsed.is_refused == any(note.severity == Severity.ERROR for note in parsed.notes)
    assert all(note.words for note in parsed.notes)
