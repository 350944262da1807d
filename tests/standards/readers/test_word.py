"""Word documents as blocks: styles, numbers that Word counts, and what stands beside the text."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from standards.domain.importing import Block, BlockKind
from standards.readers.numbering import _written
from standards.readers.word import read_word
from tests.factories.documents import NAMESPACES, repacked, saved, with_body, word_file


def p(text: str, properties: str = "", inside: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


def numbered(text: str, list_id: int, depth: int | None = 0) -> str:
    level = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return p(text, f'<w:numPr>{level}<w:numId w:val="{list_id}"/></w:numPr>')


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


RULE = '<w:pStyle w:val="Rule"/>'
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%1(%2)")}'
    f"{level(2, 'upperRoman', '%3 of %5')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "-")}{level(1, "decimal", "%2", RULE)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="99"/></w:num>'
)


def texts(content: bytes) -> list[tuple[BlockKind, int, str, str]]:
    return [(block.kind, block.level, block.number, block.text) for block in read_word(content)]


def test_styles_tell_headings_from_text():
    blocks = read_word(
        word_file(("Title", "Handbook"), ("Heading 2", "Tills"), ("Normal", "Count.\tTwice."), ("Normal", " "))
    )

    assert blocks == [
        Block(BlockKind.HEADING, "Handbook", 0, place="paragraph 1"),
        Block(BlockKind.HEADING, "Tills", 2, place="paragraph 2"),
        Block(BlockKind.PARAGRAPH, "Count. Twice.", place="paragraph 3"),
        Block(BlockKind.PARAGRAPH, " ", place="paragraph 4"),
    ]


def test_a_companys_own_heading_style_counts_by_what_it_rests_on_or_its_outline_level():
    styles = (
        '<w:style w:styleId="Ours"><w:name w:val="Our heading"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Outlined"><w:name w:val="X"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
        '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    )
    body = "".join(
        p(style, f'<w:pStyle w:val="{style}"/>') for style in ("Ours", "Outlined", "Loop", "Missing", "TOC1")
    )
    own = p("Own", '<w:outlineLvl w:val="0"/>') + p("Text", '<w:pStyle w:val="H"/><w:outlineLvl w:val="9"/>')

    assert texts(with_body(body + own, styles=styles)) == [
        (BlockKind.HEADING, 2, "", "Ours"),
        (BlockKind.HEADING, 3, "", "Outlined"),
        (BlockKind.PARAGRAPH, 0, "", "Loop"),
        (BlockKind.PARAGRAPH, 0, "", "Missing"),
        (BlockKind.HEADING, 1, "", "Own"),
        (BlockKind.PARAGRAPH, 0, "", "Text"),
    ]


def test_numbers_are_counted_as_word_shows_them():
    body = (
        numbered("one", 1) + numbered("a", 1, 1) + numbered("b", 1, 1) + numbered("roman", 1, 2)
        + numbered("two", 1, None) + numbered("a again", 1, 1) + numbered("seven", 2)
        + numbered("bullet", 3) + numbered("undefined", 3, 5) + numbered("no list", 4) + numbered("none", 0)
    )  # fmt: skip

    assert texts(with_body(body, numbering=LISTS)) == [
        (BlockKind.NUMBERED, 0, "1.", "one"),
        (BlockKind.NUMBERED, 1, "1(a)", "a"),
        (BlockKind.NUMBERED, 1, "1(b)", "b"),
        (BlockKind.NUMBERED, 2, "I of 1", "roman"),
        (BlockKind.NUMBERED, 0, "2.", "two"),
        (BlockKind.NUMBERED, 1, "2(a)", "a again"),
        (BlockKind.NUMBERED, 0, "7.", "seven"),
        (BlockKind.LIST_ITEM, 0, "", "bullet"),
        (BlockKind.LIST_ITEM, 5, "", "undefined"),
        (BlockKind.PARAGRAPH, 0, "", "no list"),
        (BlockKind.PARAGRAPH, 0, "", "none"),
    ]


def test_a_style_can_bring_the_number():
    styles = '<w:style w:styleId="Rule"><w:name w:val="Rule"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'

    assert texts(with_body(p("Count.", '<w:pStyle w:val="Rule"/>'), styles=styles, numbering=LISTS)) == [
        (BlockKind.NUMBERED, 1, "1", "Count.")
    ]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (3, "upperLetter", "C"),
        (27, "lowerLetter", "27"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (4000, "upperRoman", "4000"),
        (5, "decimalZero", "5"),
    ],
)
def test_counts_are_written_in_their_form(number: int, form: str, written: str):
    assert _written(number, form) == written


def test_insertions_are_taken_and_deletions_reported():
    body = (
        '<w:p><w:r><w:t>Call </w:t></w:r><w:ins><w:r><w:t>back</w:t></w:r></w:ins>'
        "<w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
    )  # fmt: skip

    assert texts(with_body(body)) == [
        (BlockKind.PARAGRAPH, 0, "", "Call back"),
        (BlockKind.DELETED, 0, "", "never"),
    ]


def test_text_in_content_controls_and_text_boxes_is_found():
    box = (
        "<w:r><w:drawing><w:inline><w:docPr name='Box'/><w:txbxContent>"
        + p("In a box.")
        + "</w:txbxContent></w:inline></w:drawing></w:r>"
    )
    body = f"<w:sdt><w:sdtContent>{p('Controlled.', '', box)}</w:sdtContent></w:sdt>"

    assert texts(with_body(body)) == [
        (BlockKind.PARAGRAPH, 0, "", "Controlled."),
        (BlockKind.PARAGRAPH, 0, "", "In a box."),
    ]


def test_breaks_and_hyphens_stay_between_words():
    body = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/><w:t>three</w:t></w:r></w:p>"

    assert texts(with_body(body)) == [(BlockKind.PARAGRAPH, 0, "", "one two-three")]


def test_tables_and_pictures_are_blocks_of_their_own():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Till", "Float"
    content = saved(document)
    picture = (
        "<w:p><w:r><w:drawing><w:inline><w:docPr name='Picture 1' descr='The plan'/></w:inline></w:drawing></w:r></w:p>"
    )
    bare = "<w:p><w:r><w:pict/></w:r></w:p>"

    assert texts(content) == [(BlockKind.TABLE, 0, "", "Till | Float")]
    assert [entry for entry in texts(with_body(picture + bare)) if entry[0] == BlockKind.PICTURE] == [
        (BlockKind.PICTURE, 0, "", "The plan"),
        (BlockKind.PICTURE, 0, "", ""),
    ]


def test_words_in_each_other_are_read_once():
    # Word writes no paragraph inside of another; a file made to harm may, to have the same text read again and again.
    inner = p("deep")
    for _ in range(30):
        inner = f"<w:p>{inner}</w:p>"
    drawing = f"<w:p><w:r><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r></w:p>"

    blocks = read_word(with_body(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>{drawing}"))

    assert "".join(block.text for block in blocks).count("deep") == 2


def test_a_note_is_reported_once_however_often_it_is_cited():
    plain = with_body(p("Ouch.", "", '<w:r><w:footnoteReference w:id="2"/></w:r>' * 3))
    relations = (
        zipfile.ZipFile(io.BytesIO(plain))
        .read("word/_rels/document.xml.rels")
        .replace(
            b"</Relationships>",
            b'<Relationship Id="rNotes" Target="footnotes.xml" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>',
        )
    )
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{p("A tachyon.")}</w:footnote></w:footnotes>'
    changes = {"word/_rels/document.xml.rels": relations, "word/footnotes.xml": notes.encode()}

    content = repacked(plain, changes)

    assert [(block.kind, block.text) for block in read_word(content)] == [
        (BlockKind.PARAGRAPH, "Ouch."),
        (BlockKind.FOOTNOTE, "A tachyon."),
    ]
