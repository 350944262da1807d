"""What a question's stream stores: options and parts as learners read them. A block of it has no place for a key.

Ids of blocks are the ids of options and parts. Authors write in other blocks (`quizzes.blocks.authored`), key and text side by side.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import ReferenceBlock


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=1)
    part = ReferenceBlock(required=False)

    class Meta:
        icon = "radio-full"
        label = _("Answer")


class PartBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), required=False)
    kind = ReferenceBlock(required=False)
    speaker = blocks.CharBlock(label=_("Who speaks"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Part")


class PartsBlock(blocks.StreamBlock):
    option = OptionBlock()
    part = PartBlock()

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        return self._only_declared(super().get_prep_value(value))

    def get_api_representation(self, value: Any, context: Any = None) -> list[dict[str, Any]]:
        return self._only_declared(super().get_api_representation(value, context))

    def _only_declared(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Whatever a value holds in memory, nothing leaves it but what the blocks declare."""
        declared = {name: block.child_blocks for name, block in self.child_blocks.items()}
        return [
            {**item, "value": {name: part for name, part in item["value"].items() if name in declared[item["type"]]}}
            for item in items
        ]

    def get_searchable_content(self, value: Any) -> list[str]:
        return []
