"""A question's answers as its author writes them, text and key side by side. None of this is ever stored (see `stored`).

For each kind of question a stream, and how its blocks become the lists of an `Authored` and come back from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.domain.authoring import Authored, Choice


class ChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=1)
    is_right = blocks.BooleanBlock(label=_("This answer is right"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        rows=1,
        help_text=_("Why it is right or not, kindly. Learners read it after they have handed in."),
    )

    class Meta:
        icon = "radio-full"
        label = _("Answer")
        label_format = "{text}"


class ChoicesBlock(blocks.StreamBlock):
    option = ChoiceBlock()

    class Meta:
        max_num = 8


@dataclass(frozen=True)
class Written:
    """How one kind of question is written: `read` turns a stream's value into fields of `Authored`, `show` gives raw stream data back."""

    block: blocks.StreamBlock
    read: Callable[[Any], dict[str, Any]]
    show: Callable[[Authored], list[dict[str, Any]]]


def _read_choices(stream: Any) -> dict[str, Any]:
    return {
        "choices": tuple(
            Choice(block.value["text"], block.value["is_right"], block.value["feedback"] or "", id=block.id or "")
            for block in stream
        )
    }


def _show_choices(authored: Authored) -> list[dict[str, Any]]:
    return [
        {
            "type": "option",
            "id": choice.id,
            "value": {"text": choice.text, "is_right": choice.is_right, "feedback": choice.feedback},
        }
        for choice in authored.choices
    ]


_CHOICES = Written(ChoicesBlock(), _read_choices, _show_choices)
WRITTEN: Mapping[str, Written] = {"single": _CHOICES, "multiple": _CHOICES}
