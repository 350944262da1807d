"""From the blocks of a file to chapters and clauses; nothing is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.importing import (
    TITLE_LENGTH,
    Block,
    BlockKind,
    ChapterOutline,
    ClauseOutline,
    Outline,
    Reason,
    Unplaced,
    make_outline,
    prefixes_for,
    short_title,
    split_number,
)
from standards.validators import CODE_PATTERN


def heading(text: str, level: int = 1, **fields: str) -> Block:
    return Block(BlockKind.HEADING, text, level, **fields)


def numbered(text: str, number: str = "1.", depth: int = 0) -> Block:
    return Block(BlockKind.NUMBERED, text, depth, number)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def item(text: str) -> Block:
    return Block(BlockKind.LIST_ITEM, text)


def shape(outline: Outline) -> dict[str, list[str]]:
    """Chapter title → titles of its clauses."""
    return {chapter.title: [clause.title for clause in chapter.clauses] for chapter in outline.chapters}


def reported(outline: Outline) -> list[tuple[Reason, str]]:
    return [(entry.reason, entry.text) for entry in outline.unplaced]


def words(outline: Outline) -> Counter[str]:
    found = [outline.title, *(entry.text for entry in outline.unplaced)]
    for chapter in outline.chapters:
        found += [chapter.number, chapter.title, *chapter.introduction]
        for clause in chapter.clauses:
            found += [clause.number, clause.title, clause.statement, *clause.why]
    return Counter(word for text in found for word in text.split())


texts = st.lists(
    st.sampled_from(
        [
            "Greet",
            "every",
            "guest.",
            "1.2",
            "(a)",
            "RM",
            "5",
            "顾客",
            "ت4",
            "<b>x</b>",
            "•",
            "x" * 130,
            "\n",
            "\x07",
            "2.",
        ]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from(BlockKind),
        texts,
        st.integers(0, 4),
        st.sampled_from(["", "1.", "2.1", "(a)"]),
        st.sampled_from(["", "line 3"]),
    ),
    max_size=25,
)


@given(blocks)
def test_every_word_is_in_the_outline_or_in_the_report(found: list[Block]):
    outline = make_outline(found)

    lines = [(block.number, re.sub(r"[\x00-\x1f]", " ", block.text)) for block in found]
    given_words = Counter(word for number, text in lines if text.split() for word in f"{number} {text}".split())
    assert not given_words - words(outline)


@given(blocks, st.sets(st.sampled_from(["GRE-1", "GREE-7", "RM-2", "CA-1", "EVE-3", "XXX-1"])))
def test_codes_are_valid_and_new_and_titles_short(found: list[Block], taken: set[str]):
    outline = make_outline(found, taken=taken)

    codes = [clause.code for chapter in outline.chapters for clause in chapter.clauses]
    titles = [entry.title for chapter in outline.chapters for entry in (chapter, *chapter.clauses)]
    assert all(re.fullmatch(CODE_PATTERN, code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert not {code.partition("-")[0] for code in codes} & {code.partition("-")[0] for code in taken}
    assert all(0 < len(title) <= TITLE_LENGTH for title in titles)
    assert all(clause.statement for chapter in outline.chapters for clause in chapter.clauses)


def test_headings_become_chapters_and_numbered_paragraphs_clauses():
    outline = make_outline(
        [
            heading("1. Reliability"),
            paragraph("We keep what we promise."),
            item("Always"),
            numbered("Call back within a day. A promise is a promise."),
            numbered("By phone, not by mail.", "a)", depth=1),
            paragraph("Even on a Sunday."),
            numbered("Name the price.", "2."),
        ]
    )

    assert outline == Outline(
        title="",
        chapters=(
            ChapterOutline(
                title="Reliability",
                number="1.",
                introduction=("We keep what we promise.", "• Always"),
                clauses=(
                    ClauseOutline(
                        "REL-1",
                        "Call back within a day",
                        "Call back within a day. A promise is a promise.",
                        ("a) By phone, not by mail.", "Even on a Sunday."),
                        "1.",
                    ),
                    ClauseOutline("REL-2", "Name the price", "Name the price.", (), "2."),
                ),
            ),
        ),
        unplaced=(),
    )


def test_numbers_that_were_typed_count_as_numbers():
    outline = make_outline(
        [
            heading("2 Tills"),
            paragraph("2.1 Count it twice."),
            paragraph("(a) in the morning"),
            paragraph("2.2 Lock it."),
        ]
    )

    (chapter,) = outline.chapters
    assert [(clause.number, clause.statement, clause.why) for clause in chapter.clauses] == [
        ("2.1", "Count it twice.", ("(a) in the morning",)),
        ("2.2", "Lock it.", ()),
    ]


def test_the_lowest_headings_with_text_are_clauses():
    outline = make_outline(
        [
            heading("Tills"),
            heading("Opening", 2),
            heading("Counting", 3),
            paragraph("Count the float."),
            numbered("Twice."),
            heading("Closing", 2),
            item("Lock it."),
            heading("Cleaning", 2),
            paragraph("Wipe it."),
        ]
    )

    (chapter,) = outline.chapters
    assert [(clause.title, clause.statement, clause.why) for clause in chapter.clauses] == [
        ("Counting", "Count the float.", ("1. Twice.",)),
        ("Closing", "Lock it.", ()),
        ("Cleaning", "Wipe it.", ()),
    ]
    assert reported(outline) == [(Reason.HEADING_ALONE, "Opening")]


def test_a_heading_over_numbered_clauses_goes_to_the_report():
    outline = make_outline([heading("Tills"), heading("Opening", 2), numbered("Count."), numbered("Sign.", "2.")])

    assert shape(outline) == {"Tills": ["Count", "Sign"]}
    assert reported(outline) == [(Reason.HEADING_OVER_CLAUSES, "Opening")]


def test_a_heading_alone_above_chapters_is_the_documents_title():
    handbook = [heading("Handbook")]
    for title in ("Tills", "Guests"):
        handbook += [heading(title, 2), numbered("Do it."), numbered("Do it well.", "2.")]

    outline = make_outline(handbook)

    assert outline.title == "Handbook"
    assert shape(outline) == {"Tills": ["Do it", "Do it well"], "Guests": ["Do it", "Do it well"]}


def test_a_heading_alone_above_clauses_is_their_chapter():
    outline = make_outline(
        [heading("Tills", 0), *(b for t in ("Opening", "Closing") for b in (heading(t, 1), paragraph("Count.")))]
    )

    assert outline.title == ""
    assert shape(outline) == {"Tills": ["Opening", "Closing"]}


def test_a_title_of_its_own_style_stands_above_a_single_chapter():
    below = [heading("Tills", 2), numbered("Count."), numbered("Lock.")]

    assert make_outline([heading("Handbook", 0), *below]).title == "Handbook"
    assert make_outline([heading("Handbook", 1), *below]).title == ""


def test_several_highest_headings_or_a_later_one_are_chapters():
    outline = make_outline(
        [heading("Preface", 2), paragraph("Hello."), heading("Tills"), numbered("Count."), numbered("Lock.")]
    )

    assert outline.title == ""
    assert shape(outline) == {"Tills": ["Count", "Lock"]}
    assert reported(outline) == [(Reason.BEFORE_FIRST_CHAPTER, "Preface"), (Reason.BEFORE_FIRST_CHAPTER, "Hello.")]


def test_without_headings_outer_numbers_over_deeper_ones_are_headings():
    outline = make_outline(
        [
            heading("Agreement"),
            numbered("Service", "1."),
            numbered("Support. We answer.", "1.1", depth=1),
            numbered("Restrictions", "2."),
            numbered("No resale.", "2.1", depth=1),
            numbered("This one is a sentence.", "3."),
        ]
    )

    assert outline.title == "Agreement"
    assert shape(outline) == {"Service": ["Support"], "Restrictions": ["No resale", "This one is a sentence"]}


def test_numbers_of_one_depth_without_a_heading_go_to_the_report():
    outline = make_outline([paragraph("About us"), numbered("Smile"), numbered("Greet", "2.")])

    assert outline.chapters == ()
    assert reported(outline) == [
        (Reason.BEFORE_FIRST_CHAPTER, "About us"),
        (Reason.NUMBERED_WITHOUT_CHAPTER, "1. Smile"),
        (Reason.NUMBERED_WITHOUT_CHAPTER, "2. Greet"),
    ]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (BlockKind.TABLE, Reason.TABLE),
        (BlockKind.PICTURE, Reason.PICTURE),
        (BlockKind.FOOTNOTE, Reason.FOOTNOTE),
        (BlockKind.DELETED, Reason.DELETED),
        (BlockKind.MARKUP, Reason.MARKUP),
    ],
)
def test_what_is_no_text_is_reported_with_its_place_in_reading_order(kind: BlockKind, reason: Reason):
    outline = make_outline([heading("Empty"), Block(kind, "a | b", place="line 2"), heading("Alone"), paragraph("")])

    assert outline.unplaced == (
        Unplaced(Reason.HEADING_ALONE, "Empty", ""),
        Unplaced(reason, "a | b", "line 2"),
        Unplaced(Reason.HEADING_ALONE, "Alone", ""),
    )


def test_a_title_that_is_too_long_is_cut_and_reported_whole():
    long = "very " * 30 + "long"

    outline = make_outline([heading(long), paragraph("Text.")])

    (chapter,) = outline.chapters
    assert chapter.title == "very " * 23 + "…"
    assert reported(outline) == [(Reason.TITLE_TOO_LONG, long)]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("1. Greet", ("1.", 0, "Greet")),
        ("2.1 Greet", ("2.1", 1, "Greet")),
        ("2.1.3) Greet", ("2.1.3)", 2, "Greet")),
        ("(a) greet", ("(a)", 9, "greet")),
        ("(iv) greet", ("(iv)", 9, "greet")),
        ("b) greet", ("b)", 9, "greet")),
        ("1. 问候", ("1.", 0, "问候")),
        ("1.5 litres of water", ("", 0, "1.5 litres of water")),
        ("24 hours", ("", 0, "24 hours")),
        ("164.308(a)(4)(ii)(C) Access", ("", 0, "164.308(a)(4)(ii)(C) Access")),
        ("2024. A year", ("", 0, "2024. A year")),
        ("1.", ("", 0, "1.")),
    ],
)
def test_a_typed_number_is_told_from_words(text: str, split: tuple[str, int, str]):
    assert split_number(text) == split


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Greet every guest. Then smile.", "Greet every guest"),
        ("Mr. Lim says so.", "Mr. Lim says so"),
        ("Restrictions. a. You may not.", "Restrictions"),
        ("We stay, e.g. until noon, and longer", "We stay, e.g. until noon, and longer"),
        ("先问候。再微笑。", "先问候"),
        ("...", "..."),
        ("x" * 130, "x" * 118 + " …"),
        ("ab " * 60, "ab " * 39 + "…"),
    ],
)
def test_a_title_is_the_first_sentence_or_the_first_words(text: str, title: str):
    assert short_title(text.strip()) == title


@pytest.mark.parametrize(
    ("title", "prefixes"),
    [
        ("Reliability", ["REL", "REL", "RELI", "RELIA", "RE", "RA"]),
        ("The Cash Desk", ["CAS", "CD", "CAS", "CASH"]),
        ("Über uns", ["UBE", "UU"]),
        ("准时", ["CA", "CB"]),
        ("X", ["XA", "XB"]),
    ],
)
def test_prefixes_come_from_the_title(title: str, prefixes: list[str]):
    assert list(islice(prefixes_for(title), len(prefixes))) == prefixes


def test_two_chapters_of_one_name_get_two_prefixes():
    chapter = [heading("Reliability"), numbered("Call."), numbered("Come.")]

    outline = make_outline([*chapter, *chapter], taken={"REL-9"})

    codes = [clause.code for made in outline.chapters for clause in made.clauses]
    assert codes == ["RELI-1", "RELI-2", "RELIA-1", "RELIA-2"]
