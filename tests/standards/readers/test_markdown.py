"""Markdown as blocks: kinds, depths, numbers and places; and what is refused."""

from __future__ import annotations

import textwrap
import time

import pytest

from standards.domain.importing import Block, BlockKind
from standards.readers.limits import FileRefused
from standards.readers.markdown import read_markdown


def read(text: str) -> list[Block]:
    return read_markdown(textwrap.dedent(text).lstrip("\n").encode())


def test_headings_paragraphs_and_places():
    assert read("""
        # Tills

        Count *twice*,
        `never` once.

        > ## Quoted

            kept as it is
        """) == [
        Block(BlockKind.HEADING, "Tills", 1, place="line 1"),
        Block(BlockKind.PARAGRAPH, "Count twice, never once.", place="line 3"),
        Block(BlockKind.PARAGRAPH, "Quoted", place="line 6"),
        Block(BlockKind.PARAGRAPH, "kept as it is\n", place="line 8"),
    ]


def test_lists_have_numbers_and_depths():
    assert read("""
        3. Count
           again
           1) Coins

              and notes
        4. Lock
          1. Two spaces are meant as deeper
        - Loose
          1. Numbered in a loose list
        """) == [
        Block(BlockKind.NUMBERED, "Count again", 0, "3.", "line 1"),
        Block(BlockKind.NUMBERED, "Coins", 1, "1)", "line 3"),
        Block(BlockKind.PARAGRAPH, "and notes", place="line 5"),
        Block(BlockKind.NUMBERED, "Lock", 0, "4.", "line 6"),
        Block(BlockKind.NUMBERED, "Two spaces are meant as deeper", 1, "1.", "line 7"),
        Block(BlockKind.LIST_ITEM, "Loose", 0, place="line 8"),
        Block(BlockKind.LIST_ITEM, "Numbered in a loose list", 1, "1.", "line 9"),
    ]


def test_tables_and_pictures_stand_for_themselves():
    assert read("""
        | Till | Float |
        |------|-------|
        | A    | ![Coins](coins.png) |

        # Look ![Plan](plan.png)

        Text ![Door](door.png)
        """) == [
        Block(BlockKind.TABLE, "Till | Float | A", place="line 1"),
        Block(BlockKind.PICTURE, "Coins (coins.png)", place="line 3"),
        Block(BlockKind.HEADING, "Look ", 1, place="line 5"),
        Block(BlockKind.PICTURE, "Plan (plan.png)", place="line 5"),
        Block(BlockKind.PARAGRAPH, "Text ", place="line 7"),
        Block(BlockKind.PICTURE, "Door (door.png)", place="line 7"),
    ]


def test_links_keep_their_address():
    (block,) = read(
        "See [the rules](https://example.com/a) or <https://example.com/b>, *not [this](javascript:alert(1))*."
    )

    assert (
        block.text == "See the rules (https://example.com/a) or https://example.com/b, not [this](javascript:alert(1))."
    )


def test_links_by_reference_keep_their_address_but_not_all_of_a_long_one():
    blocks = read_markdown(b"[here]: https://example.com/" + b"x" * 200_000 + b"\n\n" + b"Look [here].\n\n" * 100)

    assert {block.text for block in blocks} == {"Look here (https://example.com/" + "x" * 480 + ")."}


def test_tags_are_left_out_and_counted_and_blocks_of_html_reported():
    assert read("""
        Be <b onclick="x()">kind</b>.

        <script>alert(1)</script>
        """) == [
        Block(BlockKind.PARAGRAPH, "Be kind.", place="line 1"),
        Block(BlockKind.MARKUP, "<script>alert(1)</script>\n", place="line 3"),
        Block(BlockKind.MARKUP, '2 tags, the first <b onclick="x()">'),
    ]


def test_settings_before_the_text_are_reported():
    assert read("""
        ---
        title: Handbook
        ---
        # Tills
        """) == [
        Block(BlockKind.MARKUP, "title: Handbook\n", place="line 1"),
        Block(BlockKind.HEADING, "Tills", 1, place="line 4"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted():
    assert read_markdown(b"\xef\xbb\xbf# Tills\r\n\r\n1. Count\r\n") == [
        Block(BlockKind.HEADING, "Tills", 1, place="line 1"),
        Block(BlockKind.NUMBERED, "Count", 0, "1.", "line 3"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("# Café\n\nnaïve\n".encode("cp1252"), "Line 1 isn't UTF-8. Save the file as UTF-8 text."),
        ("# Tills".encode("utf-16"), "Line 1 isn't UTF-8. Save the file as UTF-8 text."),
        (b"# Tills\n\0", "This isn't text: it holds zero bytes. Save the file as UTF-8 text."),
        (b"x" * (2 * 1024 * 1024 + 1), "A Markdown file may have 2 MB; this one is larger. Split it."),
        (
            b"a\n\n" + b"[" * 1_000,
            "The paragraph in line 3 is too long: at most 20,000 characters and 500 brackets.",
        ),
        (b"x " * 20_000, "The paragraph in line 1 is too long: at most 20,000 characters and 500 brackets."),
        (b"- " * 10_000 + b"deep", "Lists or quotations lie more than 49 deep in one another."),
        (b">" * 10_000 + b"deep", "Lists or quotations lie more than 49 deep in one another."),
    ],
)
def test_what_is_no_text_or_would_take_too_long_is_refused_at_once(content: bytes, reason: str):
    started = time.perf_counter()

    with pytest.raises(FileRefused) as refusal:
        read_markdown(content)

    assert str(refusal.value) == reason
    assert time.perf_counter() - started < 2
