"""What a scenario is written in: scenes with their lines and choices, and endings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import ReferenceBlock
from standards.enums import Pitfall
from training.blocks import KEY_LENGTH, ClauseCodeBlock, KeyBlock
from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.graph import Choice, Ending, Line, Node, Scene
from training.enums import CONDITIONS, EndingKind, Speaker

WIDEST_MOOD_CHANGE = 2
MOST_POINTS = 10
SHORTEST_CLOCK, LONGEST_CLOCK = 5, 600
"""Seconds that a scene may give."""


class LineBlock(blocks.StructBlock):
    who = blocks.ChoiceBlock(label=_("Who"), choices=Speaker.choices, default=Speaker.THEM, search_index=False)
    text = blocks.TextBlock(label=_("Words"), max_length=600, search_index=False)

    class Meta:
        icon = "openquote"
        label = _("Line")


class PointsBlock(blocks.StructBlock):
    clause = ClauseCodeBlock(label=_("Clause"))
    points = blocks.IntegerBlock(
        label=_("Points"),
        min_value=-MOST_POINTS,
        max_value=MOST_POINTS,
        default=0,
        help_text=_("0 for a clause that the choice misses, less for one that it goes against."),
    )

    class Meta:
        icon = "order"
        label = _("Clause and points")


class ConditionBlock(blocks.StructBlock):
    """One thing that the run must have come to. `of` is a number, the key of a scene, or scene/choice, as the kind asks."""

    kind = blocks.ChoiceBlock(label=_("Offered if"), choices=list(CONDITIONS.items()), search_index=False)
    of = ReferenceBlock(
        label=_("… what"),
        max_length=2 * KEY_LENGTH + 1,
        help_text=_("A mood from 1 (angry) to 5 (pleased), points, the key of a scene, or scene/choice."),
    )

    class Meta:
        icon = "decimal"
        label = _("Condition")
        label_format = "{kind} {of}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["kind"] and cleaned["of"] and condition_of(cleaned) is None:
            raise blocks.StructBlockValidationError({"of": _misread(ConditionKind(cleaned["kind"]))})
        return cleaned


def condition_of(value: Any) -> Condition | None:
    """What a condition block says; None for one that is not filled in, or wrongly."""
    of = (value["of"] or "").strip()
    try:
        kind = ConditionKind(value["kind"])
        return Condition.parse({kind.value: int(of) if kind.is_of_number else of})
    except ValueError:
        return None


def _misread(kind: ConditionKind) -> ValidationError:
    """Says what stands behind a condition of this kind."""
    if kind.is_of_number:
        return ValidationError(_("Write a whole number."))
    if kind in {ConditionKind.CHOSEN, ConditionKind.NOT_CHOSEN}:
        return ValidationError(_("Write the keys of a scene and of a choice in it, such as greeting/ask-first."))
    return ValidationError(_("Write the key of a scene."))


class ScenarioChoiceBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"), help_text=_("Once in this scene, such as ask-first."))
    text = blocks.TextBlock(label=_("What the learner says"), max_length=400, search_index=False)
    target = KeyBlock(label=_("Leads to"), help_text=_("The key of a scene or an ending."))
    mood_change = blocks.IntegerBlock(
        label=_("Change of mood"), min_value=-WIDEST_MOOD_CHANGE, max_value=WIDEST_MOOD_CHANGE, default=0
    )
    points = blocks.ListBlock(PointsBlock(), label=_("Points by clause"))
    pitfalls = blocks.MultipleChoiceBlock(
        label=_("Pitfalls"),
        choices=Pitfall.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        search_index=False,
    )
    feedback = blocks.TextBlock(
        label=_("What came of it, and why"),
        max_length=600,
        search_index=False,
        help_text=_("Shown in the debrief; in a role-play for practice, after the choice too."),
    )
    is_critical = blocks.BooleanBlock(
        label=_("Critical"), required=False, help_text=_("Whoever takes it has not passed, whatever the points.")
    )
    conditions = blocks.ListBlock(
        ConditionBlock(),
        label=_("Offered only if"),
        default=[],
        help_text=_("All of them must hold. Without any, it is always offered."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Choice")
        label_format = "{key}"


class SceneBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"), help_text=_("Once in this scenario, such as greeting."))
    lines = blocks.ListBlock(LineBlock(), label=_("What appears"))
    choices = blocks.ListBlock(ScenarioChoiceBlock(), label=_("What the learner may say"))
    seconds = blocks.IntegerBlock(
        label=_("Seconds to choose"),
        required=False,
        min_value=SHORTEST_CLOCK,
        max_value=LONGEST_CLOCK,
        help_text=_("Left empty, there is no clock. People with extra time get more."),
    )
    late = KeyBlock(
        label=_("When the time is up"),
        required=False,
        help_text=_("The key of the choice that is then taken for them, such as say-nothing."),
    )

    class Meta:
        icon = "comment"
        label = _("Scene")
        label_format = "{key}"


class EndingBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"), help_text=_("Once in this scenario, such as stays."))
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=EndingKind.choices, search_index=False)
    title = blocks.CharBlock(label=_("Title"), max_length=120, search_index=False)
    text = blocks.TextBlock(label=_("What happens in the end"), max_length=1000, search_index=False)

    class Meta:
        icon = "tick"
        label = _("Ending")
        label_format = "{key}"


class NodesBlock(blocks.StreamBlock):
    scene = SceneBlock()
    ending = EndingBlock()

    class Meta:
        required = False


def with_ids(stream: Any) -> Any:
    """The same stream with an id that stays for every block in it: findings and the map lead to their block by it."""
    list(stream)  # What nobody has looked at is written as it came.
    return stream.stream_block.to_python(stream.get_prep_value())


def nodes_of(stream: Any) -> tuple[Node, ...]:
    """The scenes and endings of a stream, as they stand; a draft's gaps are empty strings."""
    return tuple(_ending(block.value) if block.block_type == "ending" else _scene(block.value) for block in stream)


def _scene(value: Any) -> Scene:
    return Scene(
        key=value["key"] or "",
        lines=tuple(Line(line["who"] or "", line["text"] or "") for line in value["lines"]),
        choices=tuple(map(_choice, value["choices"])),
        seconds=value["seconds"],
        late=value["late"] or "",
    )


def _choice(value: Any) -> Choice:
    return Choice(
        key=value["key"] or "",
        target=value["target"] or "",
        text=value["text"] or "",
        mood_change=value["mood_change"] or 0,
        points=tuple((entry["clause"], entry["points"] or 0) for entry in value["points"] if entry["clause"]),
        pitfalls=tuple(value["pitfalls"] or ()),
        feedback=value["feedback"] or "",
        is_critical=bool(value["is_critical"]),
        conditions=tuple(filter(None, map(condition_of, value["conditions"]))),
    )


def _ending(value: Any) -> Ending:
    return Ending(value["key"] or "", value["kind"] or "", value["title"] or "", value["text"] or "")
