"""Blocks that several apps use."""

from __future__ import annotations

from typing import Any

from wagtail import blocks


class ReferenceBlock(blocks.CharBlock):
    """A key that other blocks or code refer to: never translated, never in a search index."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value

    def get_searchable_content(self, value: str) -> list[str]:
        return []
