from __future__ import annotations

from core.templatetags.piawai import kept
from standards.domain.clauses import ClauseContent
from standards.domain.differences import word_difference
from standards.templatetags.clauses import marked

PARTS = "standards/clause_parts.html"


def content(**parts: object) -> ClauseContent:
    return ClauseContent(title="Keep the promise", statement="We do what we said.", **parts)


def test_indicator_and_pitfalls_stand_in_words():
    parts = kept(PARTS, content(indicator_kind="quantity", indicator_target="98 %", pitfalls=("brush_off",)))

    assert "98 %" in parts
    assert "Quantity." in parts
    assert '<span class="pitfall">Brush-off</span>' in parts


def test_what_an_author_wrote_is_escaped():
    assert "&lt;b&gt;Because&lt;/b&gt;" in kept(PARTS, content(why="<b>Because</b>"))


def test_what_a_clause_leaves_out_takes_no_room():
    assert "<dt" not in kept(PARTS, content())


def test_a_difference_is_marked_and_escaped():
    assert marked(word_difference("Up to 5 & no more.", "Up to <b> & no more.")) == (
        "Up to <del>5</del><ins>&lt;b&gt;</ins> &amp; no more."
    )
