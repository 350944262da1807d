"""HTML and Markdown to plain text, mark by mark."""

from __future__ import annotations

import pytest

from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html, markdown_to_text, unescaped
from tests.quizzes.domain.exchange.telling import told


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("", Plain("")),
        (" a \n b ", Plain("a b")),
        ("a&nbsp;b", Plain("a b")),
        ("a<br>b<br/>c<BR >d", Plain("a\nb\nc\nd")),
        ("a<br><br><br>b", Plain("a\n\nb")),
        ("<p>a</p><p>b</p>", Plain("a\n\nb")),
        ("<div>a</div><div>b</div>c", Plain("a\nb\nc")),
        ("<div><div>a</div></div><div>b</div>", Plain("a\nb")),
        ("<h1>a</h1>b", Plain("a\n\nb", ("h1",))),
        ("<ul><li>a</li><li>b</li></ul>c", Plain("- a\n- b\n\nc", ("ul", "li"))),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>",
            Plain("a | b\nc", ("table", "tr", "td", "th")),
        ),
        ("x<sup>2n</sup>y<sub>0</sub>1", Plain("x²ⁿy₀1", ("sup", "sub"))),
        ("<b>a</b><i>b</i><b>c</b>", Plain("abc", ("b", "i"))),
        ("<span>a</span><font>b</font>", Plain("ab")),
        ("a<script>b<br>c</script>d", Plain("ad", ("script",))),
        ("a<style>b</script>c</style>d", Plain("ad", ("style",))),
        ("a<svg/>b", Plain("ab", ("svg",))),
        ("a</svg>b", Plain("ab", ("svg",))),
        ("a<svg><style>b</style>c</svg>d", Plain("ad", ("svg",))),
        ("a<!-- b > c -->d", Plain("ad")),
        ("a<!-- b > c", Plain("a")),
        ("a<!DOCTYPE b>c<?d?>e", Plain("ace")),
        ("a < b > c <", Plain("a < b > c <")),
        ("a<b", Plain("a<b")),
        ("a <3> b", Plain("a <3> b")),
        ("<customer>a</customer>", Plain("a", ("customer",))),
        ("<x-y>a", Plain("<x-y>a")),
        ('<span title="a>b">c</span>', Plain("c")),
        ("<span title='a>b'>c</span>", Plain("c")),
        ('<span title="a>b<br>c', Plain("b\nc")),
        ('<img src="a.png" alt="A &amp; b"><img SRC=c.png>', Plain("", (), (("a.png", "A & b"), ("c.png", "")))),
        ("<img alt='x'>", Plain("", (), (("", "x"),))),
        ('<a href=" /x ">b</a><a href="/x">c</a><a name="d">e</a>', Plain("bce", (), (), ("/x",))),
        ("&lt;b&gt; &#9999999999; &amp;", Plain("<b> \ufffd &")),
    ],
)
def test_html(source, plain):
    assert html_to_text(source) == plain


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("a\nb  \nc\\\n", Plain("a\nb\nc")),
        ("**a** __b__ *c* _d_ `e`", Plain("a b c d e", ("strong", "em", "code"))),
        ("# a\n###### b\n####### c #d", Plain("a\nb\n####### c #d", ("heading",))),
        ("2*3*4 a_b_c ** d ** * e *", Plain("2*3*4 a_b_c  d  * e *", ("strong",))),
        ('![A](a.png "t") ![](b.png)', Plain("", (), (("a.png", "A"), ("b.png", "")))),
        ('[A](/a "t") [B](/b) [C](/a)', Plain("A B C", (), (), ("/a", "/b"))),
        ("**a**\n<i>b</i> <img src=c alt=d> <a href=e>f</a>", Plain("a\nb f", ("strong", "i"), (("c", "d"),), ("e",))),
        ("[a](/x) <a href='/x'>b</a>", Plain("a b", (), (), ("/x",))),
        ("a < b", Plain("a < b")),
        ("a&amp;b", Plain("a&b")),
    ],
)
def test_markdown(source, plain):
    assert markdown_to_text(source) == plain


@pytest.mark.parametrize(
    "text", ["<b>", "</b>", "<br/>", "<P >", "<a href=x>", "<!-- x", "&amp;", "&#39;", "&#x27;", "a <i>b"]
)
def test_looks_like_html(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "a < b", "<name>", "<b", "< b>", "&", "a & b;", "&a;", "&#;", "<bold>", "<!x>"])
def test_looks_like_no_html(text):
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("&#65;&#x42;", "AB"), ("&#0000000065", "\ufffd"), ("&#xFFFFFFF;", "\ufffd"), ("&#12345678;a", "\ufffda")],
)
def test_references(text, plain):
    assert unescaped(text) == plain


def test_what_is_lost_is_told():
    plain = Plain("", ("b", "i"), (("a.png", "A"), ("b.png", "")), ("/x", "/y"))
    assert told(plain.notes(3)) == [
        "3 info formatting_lost what=b, i",
        "3 warning picture_lost what=A",
        "3 warning picture_lost what=b.png",
        "3 info link_lost what=/x",
        "3 info link_lost what=/y",
    ]
    assert told(Plain("", ("b",)).notes()) == ["0 info formatting_lost what=b"]
    assert Plain("a").notes(3) == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('"<b>a</b> <span title="b">c</span>', '"a c'),
        ("it's <b>a</b> <span title='>'>c</span>", "it's a c"),
        ("<b>'a > b'</b>", "'a > b'"),
        ('<b title="a>b" class=\'>\'>c</b> "d>e"', 'c "d>e"'),
        ('<b title="a>b">c</b> <b title="d>e">f</b>', "c f"),
        ("<b title='a>b' >c</b> <i x=\"y>z\">d</i>", "c d"),
        ("<b title=\"a>b</b> <b title='c>d'>e</b>", "b d'>e"),
        ("a <!---> b --> c", "a b --> c"),
        ("a<!>b", "ab"),
        ("a<!-- > -->b<!-- --> c", "ab c"),
        ("<!-- a -->", ""),
        ("<b>a</b", "a</b"),
        ("1 < 2 <b>a</b> > 3", "1 < 2 a > 3"),
    ],
)
def test_quotes_and_comments(source, text):
    assert html_to_text(source).text == text


def test_links_and_pictures_of_markdown_and_html_are_each_named_once_and_in_order():
    plain = markdown_to_text("[a](/1) ![b](/2) <a href='/3'>c</a> <img src='/4'> [d](/1)")
    assert (plain.text, plain.links, plain.pictures) == ("a c d", ("/1", "/3"), (("/2", "b"), ("/4", "")))
