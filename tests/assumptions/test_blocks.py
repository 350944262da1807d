"""What Wagtail does with the values of our blocks."""

from __future__ import annotations

import pytest
from wagtail import blocks

from core.blocks import ReferenceBlock
from tests.factories.scenarios import publish_scenario


def test_a_char_block_is_searched_and_a_reference_block_is_not():
    class Plain(blocks.StructBlock):
        key = blocks.CharBlock()

    class Referring(blocks.StructBlock):
        key = ReferenceBlock()

    assert Plain().get_searchable_content({"key": "canary"}) == ["canary"]
    assert Referring().get_searchable_content({"key": "canary"}) == []


@pytest.mark.django_db
def test_nothing_of_a_scenario_is_in_the_search_index():
    page = publish_scenario()

    field = page._meta.get_field("nodes")
    assert field.stream_block.get_searchable_content(page.nodes) == []
