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

    def get_searchable_content(self, value: Any) -> list[str]:
        return []
