from __future__ import annotations

from core.blocks import ReferenceBlock


def test_a_reference_is_never_translated():
    block = ReferenceBlock()

    assert block.get_translatable_segments("greeting") == []
    assert block.restore_translated_segments("greeting", ["salam"]) == "greeting"


def test_a_reference_is_never_searched():
    assert ReferenceBlock().get_searchable_content("greeting") == []
