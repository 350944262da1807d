"""Our own JSON: what home/content/ has in YAML, in one object, after `schema`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from training.domain.scenario.conditions import Condition
from training.domain.scenario.exchange.keys import slug_of
from training.domain.scenario.exchange.records import (
    LONGEST_SLUG,
    MOST_PASSAGES,
    Code,
    Counts,
    Manuscript,
    Parsed,
    Refused,
    Severity,
    Vocabulary,
    note,
    refuse,
)
from training.domain.scenario.exchange.schema import FORMAT, scenario_schema
from training.domain.scenario.exchange.sizes import size_notes
from training.domain.scenario.exchange.texts import decode, keepable
from training.domain.scenario.exchange.validating import faults
from training.domain.scenario.graph import Character, Choice, Ending, Line, Scene, Story

USUAL_MOOD = 3
_RESERVED = re.compile("[\ufdd0-\ufdef]")
"""What `decode` takes for its own."""


def read_json(content: bytes, words: Vocabulary) -> Parsed:
    try:
        text, notes = decode(content)
        manuscript = manuscript_of(_valid(_loaded(text), words))
    except Refused as refused:
        return refused.parsed
    places = len(manuscript.story.nodes)
    if places > MOST_PASSAGES:
        return refuse(Code.TOO_MANY_PASSAGES, most=f"{MOST_PASSAGES:,}").parsed
    links = [choice.target for scene in manuscript.story.scenes for choice in scene.choices]
    broken = [target for target in links if target not in manuscript.story.by_key]
    found = [note(Severity.WARNING, Code.BROKEN_LINK, name=target) for target in broken]
    counts = Counts(places, places, len(links), len(broken))
    return Parsed(manuscript, notes, counts).with_notes((*found, *size_notes(manuscript.story)))


def write_json(manuscript: Manuscript) -> bytes:
    """A manuscript without anything `unsayable`."""
    written = json.dumps(content_of(manuscript), indent=2, ensure_ascii=False)
    return _RESERVED.sub(_as_escape, written).encode() + b"\n"


def _as_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


@lru_cache
def _schema(words: Vocabulary) -> dict[str, Any]:
    return scenario_schema(words)


def _valid(told: Any, words: Vocabulary) -> Mapping[str, Any]:
    wrong = faults(told, _schema(words))
    if wrong:
        raise Refused(wrong)
    content: Mapping[str, Any] = told
    return content


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise refuse(Code.NOT_JSON, error.lineno, what=error.msg) from None
    except ValueError as error:
        raise refuse(Code.NOT_JSON, what=error) from None
    except RecursionError:
        raise refuse(Code.NOT_JSON, what="nested too deep") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in pairs:
        if name in told:
            raise refuse(Code.NAME_TWICE, name=name)
        told[name] = keepable(value) if isinstance(value, str) else value
    return told


def _no_number(written: str) -> None:
    raise ValueError(written)


def content_of(manuscript: Manuscript) -> dict[str, Any]:
    """As in a file. What isn't said, isn't there."""
    story, persona = manuscript.story, manuscript.story.persona
    optional = {
        "slug": manuscript.slug,
        "ifid": manuscript.ifid,
        "introduction": story.introduction,
        "persona": _said(
            {"name": persona.name, "face": persona.face, "kind": persona.kind, "situation": persona.situation}
        ),
        "minutes": manuscript.minutes,
        "mastery_score": "" if manuscript.mastery_score is None else f"{manuscript.mastery_score:.2f}",
        "mode": manuscript.mode,
    }
    return {
        "format": FORMAT,
        "title": story.title,
        **_said(optional),
        "start_mood": story.start_mood,
        "start": story.start,
        "scenes": [_scene_content(scene) for scene in story.scenes],
        "endings": [
            {"key": ending.key, **_said({"kind": ending.kind, "title": ending.title, "text": ending.text})}
            for ending in story.endings
        ],
    }


def _scene_content(scene: Scene) -> dict[str, Any]:
    return {
        "key": scene.key,
        "lines": [{"who": line.who, "text": line.text} for line in scene.lines],
        "choices": [_choice_content(choice) for choice in scene.choices],
        **_said({"seconds": scene.seconds, "late": scene.late}),
    }


def _choice_content(choice: Choice) -> dict[str, Any]:
    return {
        "key": choice.key,
        "text": choice.text,
        "target": choice.target,
        "mood_change": choice.mood_change,
        "points": dict(choice.points),
        "pitfalls": list(choice.pitfalls),
        **_said({"critical": choice.is_critical, "if": [one.as_entry() for one in choice.conditions]}),
        "feedback": choice.feedback,
    }


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}


def manuscript_of(content: Mapping[str, Any]) -> Manuscript:
    """Of what the schema allows."""
    scenes = [_scene(scene) for scene in content["scenes"]]
    endings = [
        Ending(ending["key"], ending.get("kind", ""), ending.get("title", ""), ending.get("text", ""))
        for ending in content["endings"]
    ]
    persona = content.get("persona", {})
    score = content.get("mastery_score")
    story = Story(
        title=content["title"],
        introduction=content.get("introduction", ""),
        persona=Character(
            face=persona.get("face", ""),
            kind=persona.get("kind", ""),
            name=persona.get("name", ""),
            situation=persona.get("situation", ""),
        ),
        start=content.get("start") or next((scene.key for scene in scenes), ""),
        start_mood=content.get("start_mood", USUAL_MOOD),
        nodes=(*scenes, *endings),
    )
    return Manuscript(
        story=story,
        slug=content.get("slug") or slug_of(story.title, LONGEST_SLUG),
        ifid=content.get("ifid", ""),
        minutes=content.get("minutes"),
        mastery_score=None if score is None else Decimal(score),
        mode=content.get("mode", ""),
        is_ours=True,
    )


def _scene(content: Mapping[str, Any]) -> Scene:
    return Scene(
        key=content["key"],
        lines=tuple(Line(line.get("who", ""), line["text"]) for line in content["lines"]),
        choices=tuple(map(_choice, content["choices"])),
        seconds=content.get("seconds"),
        late=content.get("late", ""),
    )


def _choice(content: Mapping[str, Any]) -> Choice:
    return Choice(
        key=content["key"],
        target=content["target"],
        text=content["text"],
        mood_change=content.get("mood_change", 0),
        points=tuple(content.get("points", {}).items()),
        pitfalls=tuple(content.get("pitfalls", ())),
        feedback=content.get("feedback", ""),
        is_critical=content.get("critical", False),
        conditions=tuple(map(Condition.parse, content.get("if", ()))),
    )
