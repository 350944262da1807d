"""A question's options. In the form a key stands beside each text; nothing but the text is ever stored."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

KEY_FIELDS = ("is_right", "feedback")
"""Names of what belongs to the answer key: in the form's blocks, never in the database's."""


class OptionBlock(blocks.StructBlock):
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


class OptionsBlock(blocks.StreamBlock):
    """The id of each block is the option's id. Whatever a value holds in memory, only texts go to rows and revisions."""

    option = OptionBlock()

    class Meta:
        max_num = 8

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        return [{**item, "value": _without_key(item["value"])} for item in super().get_prep_value(value)]

    def get_api_representation(self, value: Any, context: Any = None) -> list[dict[str, Any]]:
        return [
            {**item, "value": _without_key(item["value"])} for item in super().get_api_representation(value, context)
        ]

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


def _without_key(option: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in option.items() if name not in KEY_FIELDS}
