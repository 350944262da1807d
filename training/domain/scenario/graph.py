"""A scenario as a frozen graph: scenes whose choices lead on, perhaps back, and endings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from training.domain.scenario.conditions import Condition

ANGRIEST, MOST_PLEASED = 1, 5


@dataclass(frozen=True)
class Character:
    """Whom the learner meets. `face` names a symbol (p-…) of the icons, `kind` one of the kinds of customer."""

    face: str
    kind: str
    name: str = ""
    situation: str = ""


@dataclass(frozen=True)
class Line:
    """What appears: `who` is "scene" (a stage direction), "them", or "thought" (what the learner knows)."""

    who: str
    text: str


@dataclass(frozen=True)
class Choice:
    """What the learner may say, where all `conditions` hold.

    points: pairs of a clause's code and the points for it; 0 for one that the choice misses, less for one that it goes against.
    is_critical: whoever takes it has failed, whatever the points.
    """

    key: str
    target: str
    text: str = ""
    mood_change: int = 0
    points: tuple[tuple[str, int], ...] = ()
    pitfalls: tuple[str, ...] = ()
    feedback: str = ""
    is_critical: bool = False
    conditions: tuple[Condition, ...] = ()

    @property
    def total(self) -> int:
        return sum(points for _, points in self.points)


@dataclass(frozen=True)
class Scene:
    """seconds: the time there is to choose, None for as much as one likes. late: key of the choice that is taken when it is up."""

    key: str
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    seconds: int | None = None
    late: str = ""

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True)
class Ending:
    key: str
    kind: str = ""
    title: str = ""
    text: str = ""


Node = Scene | Ending


@dataclass(frozen=True)
class Story:
    """A whole scenario in one language. `nodes` stand as their author ordered them; `start` is the key of a scene."""

    title: str
    introduction: str
    persona: Character
    start: str
    start_mood: int
    nodes: tuple[Node, ...]

    @cached_property
    def by_key(self) -> dict[str, Node]:
        """The first node of each key; a sound story has one."""
        return {node.key: node for node in reversed(self.nodes)}

    @property
    def scenes(self) -> Iterator[Scene]:
        return (node for node in self.nodes if isinstance(node, Scene))

    @property
    def endings(self) -> Iterator[Ending]:
        return (node for node in self.nodes if isinstance(node, Ending))

    def scene(self, key: str) -> Scene:
        """Raises KeyError where there is no such scene."""
        node = self.by_key[key]
        if not isinstance(node, Scene):
            raise KeyError(key)
        return node

    def after(self, scene_key: str, choice_key: str) -> Node:
        """Where a choice leads. Raises KeyError for a scene, choice or target that isn't there."""
        choice = self.scene(scene_key).choice(choice_key)
        if choice is None:
            raise KeyError(choice_key)
        return self.by_key[choice.target]

    def structure(self) -> dict[str, Any]:
        """Everything that no language changes, for JSON."""
        return {
            "persona": {"face": self.persona.face, "kind": self.persona.kind},
            "start": self.start,
            "start_mood": self.start_mood,
            "scenes": list(map(_scene_structure, self.scenes)),
            "endings": [{"key": ending.key, "kind": ending.kind} for ending in self.endings],
        }

    def wording(self) -> dict[str, Any]:
        """Everything that is said in a language, for JSON."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "persona": {"name": self.persona.name, "situation": self.persona.situation},
            "scenes": {scene.key: _scene_wording(scene) for scene in self.scenes},
            "endings": {ending.key: {"title": ending.title, "text": ending.text} for ending in self.endings},
        }

    @classmethod
    def compose(cls, structure: Mapping[str, Any], wording: Mapping[str, Any] | None = None) -> Self:
        """The story again, from what `structure` and `wording` gave; scenes before endings. Without words, a bare graph."""
        words = wording or {}
        scenes = [_compose_scene(entry, words.get("scenes", {}).get(entry["key"], {})) for entry in structure["scenes"]]
        endings = [Ending(**entry, **words.get("endings", {}).get(entry["key"], {})) for entry in structure["endings"]]
        return cls(
            title=words.get("title", ""),
            introduction=words.get("introduction", ""),
            persona=Character(**structure["persona"], **words.get("persona", {})),
            start=structure["start"],
            start_mood=structure["start_mood"],
            nodes=(*scenes, *endings),
        )


def digest(story: Story, mastery_score: Decimal, *, is_practice: bool = False) -> str:
    """SHA-256 of all that a run depends on, as canonical JSON: keys sorted, no spaces, UTF-8.

    is_practice: what came of a choice is told after it. Only then it joins in, as versions are older than this rule.
    """
    # 0.7 and 0.70 are one pass mark.
    rules = {"mastery_score": f"{mastery_score:.4f}"} | ({"mode": "practice"} if is_practice else {})
    return sha256_of({"structure": story.structure(), "wording": story.wording(), **rules})


def sha256_of(value: Mapping[str, Any]) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def shifted(mood: int, change: int) -> int:
    """The mood after a change, kept between angry (1) and pleased (5)."""
    return min(MOST_PLEASED, max(ANGRIEST, mood + change))


def _scene_structure(scene: Scene) -> dict[str, Any]:
    structure = {"key": scene.key, "choices": list(map(_choice_structure, scene.choices))}
    return structure | {"seconds": scene.seconds, "late": scene.late} if scene.seconds else structure


def _choice_structure(choice: Choice) -> dict[str, Any]:
    """What a choice doesn't use isn't there: it came later than the first versions, whose digests stay what they were."""
    structure: dict[str, Any] = {
        "key": choice.key,
        "target": choice.target,
        "mood_change": choice.mood_change,
        "points": [list(pair) for pair in choice.points],
        "pitfalls": list(choice.pitfalls),
    }
    if choice.is_critical:
        structure["critical"] = True
    if choice.conditions:
        structure["if"] = [condition.as_entry() for condition in choice.conditions]
    return structure


def _scene_wording(scene: Scene) -> dict[str, Any]:
    return {
        "lines": [{"who": line.who, "text": line.text} for line in scene.lines],
        "choices": {choice.key: {"text": choice.text, "feedback": choice.feedback} for choice in scene.choices},
    }


def _compose_scene(structure: Mapping[str, Any], wording: Mapping[str, Any]) -> Scene:
    choices = tuple(
        Choice(
            key=entry["key"],
            target=entry["target"],
            mood_change=entry["mood_change"],
            points=tuple((code, points) for code, points in entry["points"]),
            pitfalls=tuple(entry["pitfalls"]),
            is_critical=entry.get("critical", False),
            conditions=tuple(map(Condition.parse, entry.get("if", ()))),
            **wording.get("choices", {}).get(entry["key"], {}),
        )
        for entry in structure["choices"]
    )
    return Scene(
        key=structure["key"],
        lines=tuple(Line(**line) for line in wording.get("lines", ())),
        choices=choices,
        seconds=structure.get("seconds"),
        late=structure.get("late", ""),
    )
