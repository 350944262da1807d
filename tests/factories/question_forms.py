"""What the browser sends from the question form, for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.factories.standards import cite

Fields = dict[str, Any]


def listed(*items: Fields) -> dict[str, Any]:
    return streamfield([("item", item) for item in items])


def answers_typed(kind: str, feedback: str = "") -> Fields:
    """A sound question of each kind; `feedback` stands wherever feedback can."""
    said = {"feedback": f"{feedback}-1"}, {"feedback": f"{feedback}-2"}, {"feedback": f"{feedback}-3"}
    other = f"{feedback}-other"
    typed: Mapping[str, Fields] = {
        "single": {
            "options": streamfield(
                [
                    ("option", {"text": "Greet her", "is_right": "on", **said[0], "credit": ""}),
                    ("option", {"text": "Nod", **said[1], "credit": "33.33"}),
                    ("option", {"text": "Look away", **said[2], "credit": ""}),
                ]
            ),
            "is_shuffled": "on",
        },
        "multiple": {
            "options": streamfield(
                [
                    ("option", {"text": "The fee", "is_right": "on", **said[0], "credit": "60"}),
                    ("option", {"text": "The limit", "is_right": "on", **said[1], "credit": "40"}),
                    ("option", {"text": "My target", **said[2], "credit": "-50"}),
                ]
            ),
            "is_all_or_nothing": "on",
        },
        "true_false": {"answer": "false", "if_true": said[0]["feedback"], "if_false": said[1]["feedback"]},
        "matching": {
            "options": streamfield(
                [
                    ("pair", {"left": "Angry", "right": "Listen", **said[0]}),
                    ("pair", {"left": "Lost", "right": "Show the way", **said[1]}),
                    ("pair", {"left": "", "right": "Walk off", "feedback": ""}),
                ]
            )
        },
        "ordering": {
            "options": streamfield(
                [("step", {"text": text, **said[place]}) for place, text in enumerate(("Listen", "Repeat", "Act"))]
            )
        },
        "short_text": {
            "options": streamfield(
                [
                    ("accepted", {"value": "the shop*", **said[0], "credit": ""}),
                    ("accepted", {"value": "mine", **said[1], "credit": "50"}),
                ]
            ),
            "otherwise": other,
            "minds_case": "on",
        },
        "numeric": {
            "options": streamfield(
                [
                    ("accepted", {"value": "10–15", "tolerance": "", **said[0], "credit": ""}),
                    ("accepted", {"value": "20", "tolerance": "0.5", **said[1], "credit": "25"}),
                ]
            ),
            "otherwise": other,
            "unit_name": "minutes",
            "other_units": "hours = 60",
            "unit_penalty": "10",
        },
        "gaps": {
            "options": streamfield(
                [
                    (
                        "text",
                        {
                            "accepted": listed({"value": "name", **said[0], "credit": ""}),
                            "otherwise": other,
                            "weight": "2",
                        },
                    ),
                    (
                        "choice",
                        {
                            "choices": listed(
                                {"text": "time", "is_right": "on", **said[1], "credit": ""},
                                {"text": "price", **said[2], "credit": ""},
                            ),
                            "otherwise": other,
                            "weight": "1",
                        },
                    ),
                    (
                        "number",
                        {
                            "accepted": listed({"value": "3", "tolerance": "", **said[0], "credit": ""}),
                            "otherwise": other,
                            "weight": "1",
                        },
                    ),
                ]
            )
        },
        "spot_it": {
            "options": streamfield(
                [
                    ("line", {"speaker": "Customer", "text": "Can you help?", "breaks": "", **said[0]}),
                    ("line", {"speaker": "Clerk", "text": "Not my counter.", "breaks": "REL-1", **said[1]}),
                    ("line", {"speaker": "Customer", "text": "Oh.", "breaks": "", **said[2]}),
                ]
            )
        },
    }
    return typed[kind]


STEMS = {"gaps": "Say the [[1]], then the [[2]], within [[3]] minutes."}


def question_typed(kind: str, feedback: str = "", *, codes: Sequence[str] = ("REL-1",), **changes: Any) -> Fields:
    """All fields of the form; `changes` to any of them. kind_typed: a kind that the browser wasn't offered."""
    fields = {
        "kind": changes.pop("kind_typed", kind),
        "stem": STEMS.get(kind, "A customer waits. What now?"),
        "difficulty": "2",
        "tags": "",
        "general_feedback": f"{feedback}-general",
        "image": "",
        "image_alt": "",
        "question_clauses": inline_formset([{"clause": clause} for clause in cite(*codes)]),
    }
    return nested_form_data({**fields, **answers_typed(kind, feedback), **changes})


def as_posted(form: Any) -> Fields:
    """What the browser sends when a form is saved as it was shown."""
    fields: Fields = {}
    for name in form.fields:
        value = form[name].value()
        if name == "options":
            fields[name] = _posted_blocks(value.get_prep_value())
        elif isinstance(form.fields[name], forms.BooleanField):
            fields |= {name: "on"} if value else {}
        else:
            fields[name] = form.fields[name].prepare_value(value) or ""
    rows = form.formsets["question_clauses"]
    clauses = [{"id": row.instance.pk or "", "clause": row["clause"].value()} for row in rows.forms]
    fields["question_clauses"] = inline_formset(clauses, initial=rows.initial_form_count())
    return nested_form_data({**fields, "tags": ", ".join(f'"{tag}"' for tag in form.instance.tags.names())})


def _posted_blocks(raw: list[Any]) -> dict[str, Any]:
    blocks = streamfield([(block["type"], _posted_value(block["value"])) for block in raw])
    for place, block in enumerate(raw):
        blocks[str(place)]["id"] = block["id"] or ""
    return blocks


def _posted_value(value: dict[str, Any]) -> Fields:
    posted = {name: _posted_blocks(said) if isinstance(said, list) else said for name, said in value.items()}
    return {name: "on" if said is True else said for name, said in posted.items() if said not in (False, None)}
