"""Encodings, markup, weights, categories, labels: what every format needs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.categories import category_of, category_path
from quizzes.domain.exchange.labels import labels_of, tags_of
from quizzes.domain.exchange.markup import html_to_text, looks_like_html, markdown_to_text, unescaped
from quizzes.domain.exchange.records import WORDS, Attachment, Code, Entry, Note, Parsed, Severity, note, refused
from quizzes.domain.exchange.texts import Unreadable, decode
from quizzes.domain.exchange.weights import ALLOWED, decimal_text, weight_of, weight_text
from quizzes.domain.kinds import Fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert decode(mark + "né\r\nü\r漢".encode(encoding)) == ("né\nü\n漢", ())


def test_a_line_of_another_encoding():
    text, notes = decode("a\nné\n".encode() + b"M\xfcller \x81\n" + "ü".encode())
    assert text == "a\nné\nMüller \ufffd\nü"
    assert [(one.line, one.code) for one in notes] == [(3, Code.READ_AS_CP1252)]


def test_what_is_no_text():
    with pytest.raises(Unreadable) as broken:
        decode(b"a\x00b")
    assert broken.value.parsed == refused(Code.NOT_TEXT)
    with pytest.raises(Unreadable) as large:
        decode(b"a" * (10 * 1024**2 + 1))
    assert large.value.parsed.notes[0].words == "The file is larger than 10 MB. Split it and bring in the parts."
    with pytest.raises(Unreadable) as colourful:
        decode(b"<p>&amp;" * 100_001)
    assert [one.code for one in colourful.value.parsed.notes] == [Code.TOO_MUCH_MARKUP]
    with pytest.raises(Unreadable) as long:
        decode(b"\r" * 200_001)
    assert [(one.line, one.code) for one in long.value.parsed.notes] == [(200_000, Code.TOO_MANY_LINES)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p>\n <p>Two<br/>lines</p>", "One\n\nTwo\nlines"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("m<sup>2</sup> H<sub>2</sub>O &lt;p&gt; &nbsp;x&#8364;", "m² H₂O <p> x€"),
        ("a < b <!-- no --> c <!DOCTYPE x> d <?php ?> e", "a < b c d e"),
        ("<script>x</script><style/>y<iframe></iframe>", "y"),
        ('a <p title="1 > 2">b</p> <p title=\'>c</p>', "a\n\nb\n\nc"),
        ("x <!-- open", "x <!-- open"),
        ("x <!-- open > y", "x"),
        ("1 <2> 3 <p", "1 <2> 3 <p"),
        ('<p title="never closed > after', "after"),
        ("<p '>' after", "' after"),
    ],
)
def test_html(source, text):
    assert html_to_text(source).text == text


def test_html_tells_what_it_left_out():
    plain = html_to_text("<b>a</b><img src=x.png alt='An &amp; X'><a href=\"http://x\">l</a><a name=x></a><B>")
    assert (plain.lost, plain.pictures, plain.links) == (("b",), (("x.png", "An & X"),), ("http://x",))
    assert [one.code for one in plain.notes(4)] == [Code.FORMATTING_LOST, Code.PICTURE_LOST, Code.LINK_LOST]


def test_markdown():
    plain = markdown_to_text(
        "# Title\n**bold**, *so* and __so__  \n`x` a_b_c 2*3 ![alt](p.png 't') [l](http://x)\n- <b>i</b>"
    )
    assert plain.text == "Title\nbold, so and so\nx a_b_c 2*3 l\n- i"
    assert plain.lost == ("strong", "em", "code", "heading", "b")
    assert (plain.pictures, plain.links) == ((("p.png", "alt"),), ("http://x",))
    assert markdown_to_text("plain").lost == ()


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("a<br>b", True),
        ("a &amp; b", True),
        ("</P >", True),
        ("<!--", True),
        ("the <name> of 3 < 4 & 5 > 4; R&D <people>", False),
    ],
)
def test_what_looks_like_html(text, looks):
    assert looks_like_html(text) == looks


def test_long_references_are_no_trap():
    assert unescaped(f"&#{'9' * 9000};&#x{'f' * 9000}&#65;") == "\ufffd\ufffdA"


@pytest.mark.parametrize(
    ("written", "weight"),
    [("50", "1/2"), ("-100", "-1"), ("33.33333", "1/3"), ("33.33", "1/3"), ("66,66667", "2/3"), ("66.66666", "2/3"),
     ("-16.667", "-1/6"), ("12.5", "1/8"), ("33", "33/100"), ("38.46154", "5/13"), ("0", "0"), ("38.4615401", "384615401/1000000000")],
)  # fmt: skip
def test_weights(written, weight):
    assert weight_of(written) == Fraction(weight)


@pytest.mark.parametrize("written", ["", "x", "101", "-100.1", "1e2", "--1", "1.2.3", "1" * 50])
def test_what_is_no_weight(written):
    assert weight_of(written) is None


@given(st.fractions(-1, 1))
def test_written_weights_are_read_back(fraction):
    written = weight_text(fraction)
    assert written is None or weight_of(written) == fraction


@given(st.fractions(-1, 1, max_denominator=400))
def test_every_simple_weight_can_be_written(fraction):
    assert weight_text(fraction) is not None


def test_moodles_own_weights_are_short():
    assert [weight_text(fraction) for fraction in ALLOWED if len(weight_text(fraction)) > 4] == [
        "83.33333", "66.66667", "33.33333", "16.66667", "14.28571", "11.11111",
    ]  # fmt: skip


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=9))
def test_decimals(number):
    assert Fraction(decimal_text(Fraction(number))) == Fraction(number)


def test_a_number_without_an_end_is_no_decimal():
    assert decimal_text(Fraction(1, 3)) is None


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("$course$/top/A/B", ("A", "B")),
        ("$module$/A // B", ("A / B",)),
        ("top/A", ("top", "A")),
        ("A/ /B", ("A", "B")),
        ("", ()),
        ("$system$/top", ()),
    ],
)
def test_categories(path, names):
    assert category_of(path) == (names, ())
    assert category_of(category_path(names)) == (names, ())


@given(
    st.lists(st.text("ab/ ", min_size=1).map(lambda text: " ".join(text.split())).filter(bool), max_size=4).map(tuple)
)
def test_written_categories_are_read_back(names):
    assert category_of(category_path(names)) == (names, ())


def test_long_category_names_are_cut():
    names, notes = category_of("x" * 300, line=2)
    assert names == ("x" * 250,)
    assert [(one.line, one.code) for one in notes] == [(2, Code.CATEGORY_TOO_DEEP)]


def test_labels():
    labels = labels_of([" REL-1 ", "rel-2", "clause: rel-1", "difficulty:2", "piawai:keeps-order", ""])
    assert (labels.codes, labels.tags) == (("REL-1",), ("rel-2",))
    assert (labels.difficulty, labels.switches, labels.notes) == (2, ("keeps_order",), ())
    entry = Entry(1, labels.applied(Authored("single", "?")), tags=labels.tags, codes=("REL-1", "x"), difficulty=2)
    assert tags_of(entry) == ["REL-1", "clause:x", "rel-2", "difficulty:2", "piawai:keeps-order"]


def test_everything_there_is_to_say_has_words():
    assert set(WORDS) == set(Code)
    assert {fault.value for fault in Fault} <= {code.value for code in Code}


def test_notes():
    long = note(Severity.ERROR, Code.BROKEN_GAP, 3, text="x " * 500)
    assert len(dict(long.params)["text"]) == 80
    assert long.words.startswith("The gap “x x x")
    parsed = Parsed((Entry(9, None, notes=(long,)), Entry(1, None)), (Note(5, Severity.INFO, Code.NO_GAPS),))
    assert [one.line for one in parsed.all_notes] == [3, 5]
    assert parsed.importable == ()
    assert Attachment("a.png", b"x").alt == ""
