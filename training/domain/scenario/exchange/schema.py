"""The JSON Schema of our scenarios (draft 2020-12): what `json_format` reads, and what training/schemas/ publishes."""

from __future__ import annotations

from typing import Any

from training.domain.scenario.conditions import ConditionKind
from training.domain.scenario.exchange.keys import KEY
from training.domain.scenario.exchange.records import (
    CODE,
    LONGEST_CLOCK,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_PASSAGE,
    LONGEST_SITUATION,
    LONGEST_SLUG,
    LONGEST_TITLE,
    MOST_CHOICES,
    MOST_MINUTES,
    MOST_PASSAGES,
    MOST_POINTS,
    SHORTEST_CLOCK,
    WIDEST_MOOD_CHANGE,
    Vocabulary,
)
from training.domain.scenario.graph import ANGRIEST, MOST_PLEASED

FORMAT = "piawai-scenario-1"
MOST_LINES = 500
MOST_POINTS_OF_RUN = 100_000
_OWN_KEY = f"^{KEY}$"
_ANY_KEY = f"^(?:{KEY})?$"

Schema = dict[str, Any]


def scenario_schema(words: Vocabulary) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Piawai scenario",
        "description": "A role-play. Empty texts and what is left out stand for what a draft doesn't say yet.",
        **_object(
            {
                "$schema": _text(500, "Where this schema is."),
                "format": {"const": FORMAT},
                "title": {**_text(LONGEST_TITLE), "minLength": 1},
                "slug": _key("The last part of the address; made of the title where it is missing.", LONGEST_SLUG),
                "ifid": {
                    "description": "Number of the scenario, kept when it is renamed.",
                    "type": "string",
                    "pattern": "^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$",
                },
                "introduction": _text(LONGEST_PASSAGE, "Who the learner is, where, and what is behind them."),
                "persona": _object(
                    {
                        "name": _text(LONGEST_NAME),
                        "face": _one_of(words.faces),
                        "kind": _one_of(words.customers),
                        "situation": _text(LONGEST_SITUATION),
                    }
                ),
                "minutes": _number(1, MOST_MINUTES, "What one run takes."),
                "mastery_score": {
                    "description": "The share of the best points that passes, such as 0.70.",
                    "type": "string",
                    "pattern": r"^(?:0(?:\.[0-9]{1,2})?|1(?:\.00?)?)$",
                },
                "mode": _one_of(words.modes),
                "start_mood": _number(ANGRIEST, MOST_PLEASED, "From angry to pleased."),
                "start": _key("The first scene; the one that stands first where it is empty."),
                "scenes": _list(_scene(words), MOST_PASSAGES),
                "endings": _list(_ending(words), MOST_PASSAGES),
            },
            required=("format", "title", "scenes", "endings"),
        ),
    }


def _scene(words: Vocabulary) -> Schema:
    line = _object({"who": _one_of(words.speakers), "text": _text()}, required=("text",))
    return _object(
        {
            "key": _own_key(),
            "lines": _list(line, MOST_LINES),
            "choices": _list(_choice(words), MOST_CHOICES),
            "seconds": _number(SHORTEST_CLOCK, LONGEST_CLOCK, "The time there is to choose."),
            "late": _key("The choice that is taken when it is up."),
        },
        required=("key", "lines", "choices"),
    )


def _choice(words: Vocabulary) -> Schema:
    return _object(
        {
            "key": _own_key(),
            "text": _text(),
            "target": _key("A scene or an ending."),
            "mood_change": _number(-WIDEST_MOOD_CHANGE, WIDEST_MOOD_CHANGE),
            "points": {
                "description": "Points by clause: 0 for one that the choice misses, less for one that it goes against.",
                "type": "object",
                "propertyNames": {"pattern": f"^{CODE}$"},
                "additionalProperties": _number(-MOST_POINTS, MOST_POINTS),
            },
            "pitfalls": _list({"enum": list(words.pitfalls)}, len(words.pitfalls)),
            "critical": {"description": "Whoever takes it has failed.", "type": "boolean"},
            "if": _list(_condition(), 20, "Offered where all of these hold."),
            "feedback": _text(),
        },
        required=("key", "text", "target"),
    )


def _condition() -> Schema:
    kinds = {kind.value: _operand(kind) for kind in ConditionKind}
    return {**_object(kinds), "minProperties": 1, "maxProperties": 1}


def _operand(kind: ConditionKind) -> Schema:
    if kind in {ConditionKind.MOOD_AT_LEAST, ConditionKind.MOOD_AT_MOST}:
        return _number(ANGRIEST, MOST_PLEASED)
    if kind.is_of_number:
        return _number(-MOST_POINTS_OF_RUN, MOST_POINTS_OF_RUN)
    if kind in {ConditionKind.CHOSEN, ConditionKind.NOT_CHOSEN}:
        return {"type": "string", "pattern": f"^{KEY}/{KEY}$", "maxLength": 2 * LONGEST_KEY + 1}
    return _own_key()


def _ending(words: Vocabulary) -> Schema:
    return _object(
        {"key": _own_key(), "kind": _one_of(words.ending_kinds), "title": _text(), "text": _text()}, required=("key",)
    )


def _object(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _list(items: Schema, most: int, description: str = "") -> Schema:
    return {**_said(description), "type": "array", "items": items, "maxItems": most}


def _text(most: int = LONGEST_PASSAGE, description: str = "") -> Schema:
    return {**_said(description), "type": "string", "maxLength": most}


def _number(least: int, most: int, description: str = "") -> Schema:
    return {**_said(description), "type": "integer", "minimum": least, "maximum": most}


def _one_of(words: tuple[str, ...]) -> Schema:
    return {"enum": ["", *words]}


def _own_key() -> Schema:
    return {"type": "string", "pattern": _OWN_KEY, "maxLength": LONGEST_KEY}


def _key(description: str, most: int = LONGEST_KEY) -> Schema:
    return {"description": description, "type": "string", "pattern": _ANY_KEY, "maxLength": most}


def _said(description: str) -> Schema:
    return {"description": description} if description else {}
