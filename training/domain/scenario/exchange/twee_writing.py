"""Writes a manuscript as Twee 3, our fields in the text of its passages."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from training.domain.scenario.exchange import fields
from training.domain.scenario.exchange.bodies import ENDING_TAG, SCENE_TAG
from training.domain.scenario.exchange.records import Manuscript
from training.domain.scenario.exchange.texts import escape, escape_lightly
from training.domain.scenario.exchange.twee_source import SETTINGS, SETTINGS_TAG, STORY_DATA, TITLE
from training.domain.scenario.graph import Choice, Ending, Node, Scene

_TILE, _GAP = 100, 50
_COLOURS = {SETTINGS_TAG: "purple", SCENE_TAG: "blue", ENDING_TAG: "green"}


def write_twee(manuscript: Manuscript) -> bytes:
    """A manuscript without anything `unsayable`."""
    story = manuscript.story
    columns = math.ceil(math.sqrt(len(story.nodes) or 1))
    passages = [
        _passage(TITLE, [escape_lightly(story.title)]),
        _passage(STORY_DATA, [json.dumps(_data(manuscript), indent=2, ensure_ascii=False)]),
        _passage(f"{SETTINGS} [{SETTINGS_TAG}] {_at(0, 0)}", _settings(manuscript)),
    ]
    for place, node in enumerate(story.nodes):
        row, column = divmod(place, columns)
        tag = ENDING_TAG if isinstance(node, Ending) else SCENE_TAG
        passages.append(_passage(f"{node.key} [{tag}] {_at(column, row + 1)}", _body(node)))
    return "\n\n".join(passages).encode() + b"\n"


def _passage(header: str, lines: Iterator[str] | list[str]) -> str:
    return "\n".join((f":: {header}", *lines)) + "\n"


def _at(column: int, row: int) -> str:
    """Where Twine draws the passage: in a grid, as written."""
    step = _TILE + _GAP
    return json.dumps({"position": f"{column * step},{row * step}", "size": f"{_TILE},{_TILE}"}, separators=(",", ":"))


def _data(manuscript: Manuscript) -> dict[str, object]:
    told = {"ifid": manuscript.ifid, "start": manuscript.story.start}
    return {**{name: value for name, value in told.items() if value}, "tag-colors": _COLOURS, "zoom": 1}


def _settings(manuscript: Manuscript) -> Iterator[str]:
    story = manuscript.story
    persona = story.persona
    yield from _told("slug", manuscript.slug)
    yield from _told("introduction", escape(story.introduction))
    yield from _told("persona", escape(persona.name))
    yield from _told("face", persona.face)
    yield from _told("customer", persona.kind)
    yield from _told("situation", escape(persona.situation))
    yield f"@mood {story.start_mood}"
    yield from _told("minutes", str(manuscript.minutes or ""))
    if manuscript.mastery_score is not None:
        yield f"@mastery {manuscript.mastery_score:.2f}"
    yield from _told("mode", manuscript.mode)
    yield from _told("order", " ".join(node.key for node in story.nodes))


def _told(name: str, value: str) -> Iterator[str]:
    """Nothing for what isn't said."""
    if value:
        yield f"@{name} {value}"


def _body(node: Node) -> Iterator[str]:
    return _ending(node) if isinstance(node, Ending) else _scene(node)


def _ending(ending: Ending) -> Iterator[str]:
    yield from _told("ending", ending.kind)
    yield from _told("title", escape(ending.title))
    yield from _told("text", escape(ending.text))


def _scene(scene: Scene) -> Iterator[str]:
    for line in scene.lines:
        yield f"@{line.who or 'line'} {escape(line.text)}".rstrip(" ")
    yield from _told("clock", str(scene.seconds or ""))
    yield from _told("late", scene.late)
    for choice in scene.choices:
        yield ""
        yield from _choice(choice)


def _choice(choice: Choice) -> Iterator[str]:
    yield f"[[{escape(choice.text)}->{choice.target}]]"
    yield f"@key {choice.key}"
    yield from _told("points", fields.written_points(choice.points))
    if choice.mood_change:
        yield f"@mood {choice.mood_change:+d}"
    yield from _told("pitfalls", ", ".join(choice.pitfalls))
    if choice.is_critical:
        yield "@critical"
    yield from _told("if", fields.written_conditions(choice.conditions))
    yield from _told("feedback", escape(choice.feedback))
