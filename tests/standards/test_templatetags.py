from __future__ import annotations

from core.templatetags.piawai import in_language, kept
from standards.domain.clauses import ClauseContent, Wording
from standards.domain.differences import content_difference, word_difference
from standards.templatetags.clauses import in_short, in_words, language_names, marked, part_name


def parts_of(content: ClauseContent, language: str = "en") -> str:
    return kept("standards/clause_parts.html", Wording(content, language))


def content(**parts: object) -> ClauseContent:
    return ClauseContent(title="Keep the promise", statement="We do what we said.", **parts)


def test_indicator_and_pitfalls_stand_in_words():
    parts = parts_of(content(indicator_kind="quantity", indicator_target="98 %", pitfalls=("brush_off",)))

    assert "98 %" in parts
    assert "Quantity." in parts
    assert '<span class="pitfall">Brush-off</span>' in parts


def test_what_an_author_wrote_is_escaped():
    assert "&lt;b&gt;Because&lt;/b&gt;" in parts_of(content(why="<b>Because</b>"))


def test_parts_in_another_language_than_the_page_name_it():
    parts = parts_of(content(why="Kerana", you_decide="Sehingga RM 50."), "ms")

    assert '<dd lang="ms">Kerana</dd>' in parts
    assert '<strong>You decide:</strong> <span lang="ms">Sehingga RM 50.</span>' in parts
    assert 'lang="' not in parts_of(content(why="Because"))


def test_words_among_others_are_escaped_in_any_language():
    assert (in_language("<b>", "en"), in_language("<b>", "ms")) == ("&lt;b&gt;", '<span lang="ms">&lt;b&gt;</span>')


def test_languages_stand_in_words():
    assert (language_names(["ms"]), language_names(["en", "ms"])) == ("Malay", "English and Malay")


def test_what_a_clause_leaves_out_takes_no_room():
    assert "<dt" not in parts_of(content())


def test_a_difference_is_marked_and_escaped():
    assert marked(word_difference("Up to 5 & no more.", "Up to <b> & no more.")) == (
        "Up to <del>5</del><ins>&lt;b&gt;</ins> &amp; no more."
    )


def test_keys_that_changed_stand_in_words_and_parts_have_names():
    before = content(pitfalls=("brush_off",), indicator_kind="timing", why="Words.")
    after = content(pitfalls=("runaround",), indicator_kind="price", why="Other words.")

    parts = {part_name(part): marked(in_words(part)) for part in content_difference(before, after)}

    assert parts == {
        "Why": "<del>Words</del><ins>Other words</ins>.",
        "Kind of indicator": "<del>Timing</del><ins>Price</ins>",
        "Pitfalls": "<del>Brush-off</del><ins>Runaround</ins>",
    }


def test_in_short_only_the_words_around_a_change_are_told():
    before = "Nothing of all this that stands here so far has changed in any way but old."

    assert marked(in_short(word_difference(before, before.replace("old", "new")))) == (
        " … has changed in any way but <del>old</del><ins>new</ins>."
    )
