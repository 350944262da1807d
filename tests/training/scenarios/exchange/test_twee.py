"""Twee as it is found: what is read, and what is said about it by line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.training.scenarios.exchange.manuscripts import IFID, WORDS
from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.exchange.records import LONGEST_PASSAGE, Code, Counts, Parsed, Severity
from training.domain.scenario.exchange.twee import read_twee
from training.domain.scenario.graph import Ending, Line, Scene, Story

TITLE = ":: StoryTitle\nT\n\n"


def read(text: str | bytes) -> Parsed:
    return read_twee(text if isinstance(text, bytes) else text.encode(), WORDS)


def story_of(text: str | bytes) -> Story:
    parsed = read(text)
    assert parsed.manuscript, [note.words for note in parsed.notes]
    return parsed.manuscript.story


def said(parsed: Parsed) -> list[tuple[int, Code]]:
    return [(note.line, note.code) for note in parsed.notes]


def scene_of(text: str) -> Scene:
    """The scene that a passage of these lines makes."""
    return story_of(f"{TITLE}:: Start\n{text}\n\n:: a\nEnd.").scene("start")


# Files


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (b" \n\n", Code.EMPTY_FILE),
        (b"\x00\x01", Code.NOT_TEXT),
        (b"x" * (10 * 1024 * 1024 + 1), Code.FILE_TOO_LARGE),
        (b"\n" * 200_001, Code.TOO_MANY_LINES),
        (b"Once upon a time", Code.NO_PASSAGES),
        (b"<html><body>:: x", Code.PUBLISHED_HTML),
        (b":: StoryTitle\nT", Code.NO_STORY),
        (b":: a [script]\nx", Code.NO_STORY),
        (b":: StoryMenu\nx", Code.NO_STORY),
    ],
)
def test_what_is_no_story_is_refused(content: bytes, code: Code):
    parsed = read(content)

    assert (parsed.is_refused, [note.code for note in parsed.notes]) == (True, [code])
    assert parsed.notes[0].severity == Severity.ERROR


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n".join(f":: p{number}" for number in range(10_000)), 2004),
        ("\n".join(f":: p{number}" for number in range(2002)), 2001),
        (f":: a\n:: b\n{'x' * (LONGEST_PASSAGE + 1)}", 2),
        (f":: a\n:: {'b' * 2001}", 2),
    ],
)
def test_too_much_is_refused_with_its_line(text: str, line: int):
    parsed = read(text)

    assert parsed.is_refused
    assert [note.line for note in parsed.notes] == [line]


def test_as_much_as_may_be_is_read_quickly():
    text = TITLE + "\n".join(f":: P {n}\nText.\n[[Go on->P {n + 1}]]\n[[Or->P {n + 2}]]\n" for n in range(2000))
    began = time.process_time()

    parsed = read(text)

    assert (parsed.counts, time.process_time() - began < 10) == (Counts(2001, 2000, 4000, 3), True)


def test_windows_files():
    content = b"\xef\xbb\xbf" + TITLE.replace("\n", "\r\n").encode() + b":: Start\r\nCaf\xe9\r\n"

    parsed = read(content)

    assert said(parsed) == [(5, Code.READ_AS_CP1252)]
    assert parsed.manuscript.story.by_key["start"].text == "Café"


def test_utf_16():
    assert story_of(f"{TITLE}:: Start\nCafé".encode("utf-16")).by_key["start"].text == "Café"


# Headers


@pytest.mark.parametrize(
    ("header", "key", "codes"),
    [
        (":: An overgrown path", "an-overgrown-path", []),
        ("::An overgrown path", "an-overgrown-path", []),
        (':: Path [forest spooky] {"position":"600,400","size":"100,200"}', "path", []),
        (':: Path {"a":"[x]"}', "path", []),
        (":: Path[forest]", "path", []),
        (":: Path []", "path", []),
        (r":: \[Path\] \{1\} \\ end", "path-1-end", []),
        (r":: Path \]", "path", []),
        (r":: Path \}", "path", []),
        (":: Path [1] east", "path-1-east", []),
        (":: Path ]", "path", []),
        (":: Path }", "path", []),
        (":: Path {oops", "path-oops", []),
        (':: Path {b} c {"a":1}', "path-b-c", []),
        (':: Path {"position}', "path", [Code.METADATA_BROKEN]),
        (":: Path {1}", "path", [Code.METADATA_BROKEN]),
        ("::", "ending", [Code.NO_NAME]),
        (":: [tag]", "ending", [Code.NO_NAME]),
        (":: 漢字", "ending", []),
        (f":: {'long ' * 20}", "long-long-long-long-long-long-long-long-long-long-long-long", []),
        (f":: {'l' * 80}", "l" * 60, []),
    ],
)
def test_headers(header: str, key: str, codes: list[Code]):
    parsed = read(f"{TITLE}{header}\nx")

    assert [node.key for node in parsed.manuscript.story.nodes] == [key]
    assert [note.code for note in parsed.notes] == codes


def test_names_become_keys_that_are_unique():
    parsed = read(
        f"{TITLE}:: Start\n[[Back!]]\n[[back]]\n:: Back!\n:: back\n:: Back!\n:: ...\n:: back\n:: !!!\n[[x->Start]]"
    )
    story = parsed.manuscript.story

    assert [node.key for node in story.nodes] == ["start", "back-2", "back", "back-3", "ending", "back-4", "scene"]
    assert [choice.target for choice in story.scene("start").choices] == ["back-2", "back"]
    assert said(parsed) == [(9, Code.DUPLICATE_NAME), (11, Code.DUPLICATE_NAME)]


def test_lines_that_begin_like_headers():
    assert story_of(f"{TITLE}:: a\n\\::x\n\\:\\:y\n\\:z\n:w").by_key["a"].text == "::x\n::y\n:z\n:w"


# What stands for the whole


@pytest.mark.parametrize(
    ("data", "start", "codes"),
    [
        ('{"start": "b"}', "b", []),
        ('{"start": "gone"}', "start", []),
        ('{"start": 1, "ifid": 1}', "start", []),
        ("[1]", "start", [Code.STORYDATA_BROKEN]),
        ("[" * 100_000, "start", [Code.STORYDATA_BROKEN]),
        ("{", "start", [Code.STORYDATA_BROKEN]),
    ],
)
def test_story_data(data: str, start: str, codes: list[Code]):
    parsed = read(f"{TITLE}:: b\n[[Start]]\n:: Start\n[[b]]\n:: StoryData\n{data}")

    assert parsed.manuscript.story.start == start
    assert [note.code for note in parsed.notes] == codes


def test_without_any_word_of_it_the_story_starts_with_its_first_scene():
    parsed = read(f"{TITLE}:: a\nEnd.\n:: b\n[[a]]")

    assert parsed.manuscript.story.start == "b"
    assert said(parsed) == [(0, Code.NO_START)]
    assert story_of(f"{TITLE}:: a\nEnd.").start == ""


def test_titles_and_addresses():
    japanese = read(":: StoryTitle\n物語\n:: Start\nx").manuscript
    untitled = read(":: Begin\nx").manuscript
    nameless = read("::\nx")

    assert (japanese.slug, japanese.story.title) == ("scenario-846c39b0", "物語")
    assert (untitled.story.title, untitled.slug[:9], len(untitled.slug)) == ("Begin", "untitled-", 17)
    assert untitled.slug != read(":: Begin\ny").manuscript.slug
    assert (nameless.manuscript.story.title, Code.NO_TITLE in dict(said(nameless)).values()) == ("Untitled", True)
    assert story_of(":: StoryTitle\nA\n\n B  C\n:: StoryTitle\nD\n:: a").title == "A B  C"


def test_the_number_of_a_story():
    def number(ifid: str) -> str:
        return read(f'{TITLE}:: StoryData\n{{"ifid": "{ifid}"}}\n:: Start').manuscript.ifid

    assert [number(IFID), number(IFID.lower()), number("1")] == [IFID, IFID, ""]


def test_settings():
    parsed = read(
        f"{TITLE}:: Start\nx\n:: Piawai settings\n@slug the-fee\n@introduction It is\nFriday.\n\nignored\n@mood 9\n@minutes 8\n"
        f"@minutes 9\n@mastery 2\n@mode exam\n@face nobody\n@persona {'P' * 81}\n:: More [piawai-settings]\n@slug other"
    )
    manuscript = parsed.manuscript

    assert (manuscript.slug, manuscript.story.introduction, manuscript.minutes) == ("the-fee", "It is\nFriday.", 8)
    assert (manuscript.story.start_mood, manuscript.mastery_score, manuscript.mode) == (3, None, "")
    assert (manuscript.story.persona.face, manuscript.story.persona.name) == ("", "")
    assert said(parsed) == [
        (12, Code.FIELD_UNREADABLE),
        (14, Code.FIELD_TWICE),
        (15, Code.FIELD_UNREADABLE),
        (16, Code.FIELD_UNREADABLE),
        (17, Code.FIELD_UNREADABLE),
        (18, Code.FIELD_UNREADABLE),
    ]
    assert read(f"{TITLE}:: Start\nx\n:: Piawai settings\n@slug The Fee").manuscript.slug == "t"


def test_what_is_there_for_story_formats_is_left_out_unless_a_link_leads_to_it():
    parsed = read(
        f"{TITLE}:: Start\n[[StoryMenu]]\n:: StoryMenu\nx\n:: StoryAuthor\nDan\n:: Old [Twine.private]\nx\n:: Both [script stylesheet]"
    )

    assert [node.key for node in parsed.manuscript.story.nodes] == ["start", "storymenu"]
    assert said(parsed) == [(8, Code.SPECIAL_LEFT_OUT), (10, Code.SPECIAL_LEFT_OUT), (12, Code.SCRIPT_LEFT_OUT)]


# Links


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("[[a]]", [("a", "a")]),
        ("[[Go|a]]", [("Go", "a")]),
        ("[[Go->a]]", [("Go", "a")]),
        ("[[a<-Go]]", [("Go", "a")]),
        ("[[A -> B->a]]", [("A -> B", "a")]),
        ("[[a<-A <- B]]", [("A <- B", "a")]),
        ("[[A|B|a]]", [("A|B", "a")]),
        ("[[ Go -> a ]]", [("Go", "a")]),
        ("[[Tom &amp; J&#101;rry->a]]", [("Tom & Jerry", "a")]),
        ("* [[Go->a]], [[Stay->a]].", [("Go", "a"), ("Stay", "a")]),
        ("[[[Go->a]]]", [("Go", "a")]),
        ("[[x [[Go->a]]", [("Go", "a")]),
        ("(link-goto: \"Go\", 'a')", [("Go", "a")]),
        ("(link-reveal-goto:'Go','a')", [("Go", "a")]),
        ('(linkgoto:"a")', [("a", "a")]),
        ('<<link "Go" "a">><</link>>', [("Go", "a")]),
        ("<<button [[Go|a]]>><</button>>", [("Go", "a")]),
        ("[[Go|a][$x to 1]]", [("Go", "a")]),
        ("[[Go->]]", [("Go", "")]),
        ("[[Go->nowhere at all]]", [("Go", "nowhere-at-all")]),
    ],
)
def test_links(line: str, links: list[tuple[str, str]]):
    assert [(choice.text, choice.target) for choice in scene_of(line).choices] == links


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("(set: $m to [[0,0],[1,0]])", Code.LOOKS_LIKE_LINK),
        ("$m = [[0, 1]]", Code.LOOKS_LIKE_LINK),
        ("[[Help->https://example.org/]]", Code.EXTERNAL_LINK),
        ("[[javascript:alert(1)]]", Code.EXTERNAL_LINK),
        ("[[]]", None),
        ("`[[a]]`", None),
        ("``[[a]]`` and ` alone", None),
        ("{{{[[a]]}}}", None),
        ("[[a", None),
        ("[[a\n]]", None),
        ("<!-- [[a]] -->", Code.HIDDEN_LEFT_OUT),
        ("<script>\n[[a]]\n</script>", Code.HIDDEN_LEFT_OUT),
        ("(link-goto: $x, $y)", Code.CODE_IN_TEXT),
    ],
)
def test_what_only_looks_like_a_link(line: str, code: Code | None):
    parsed = read(f"{TITLE}:: Start\n{line}")

    assert parsed.counts.links == 0
    assert isinstance(parsed.manuscript.story.by_key["start"], Ending)
    assert code is None or code in [note.code for note in parsed.notes]


def test_verbatim_words_are_kept_and_comments_are_not():
    text = "See `[[a]]`. {{{(link-goto: 'a', 'b') <<link 'x' 'y'>>}}}<!-- no\n\nno -->\nEnd [[0,1]"

    assert story_of(f"{TITLE}:: Start\n{text}").by_key["start"].text == (
        "See `[[a]]`. {{{(link-goto: 'a', 'b') <<link 'x' 'y'>>}}}\n\nEnd [[0,1]"
    )


def test_a_name_that_looks_like_something_else_can_be_linked():
    story = story_of(f"{TITLE}:: Start\n[[1,2]]\n[[A->B]]\n[[x->Tom &amp; Jerry]]\n:: 1,2\n:: A->B\n:: Tom &amp; Jerry")

    assert [choice.target for choice in story.scene("start").choices] == ["1-2", "a-b", "tom-amp-jerry"]


def test_a_broken_link_leads_nowhere_even_where_its_name_looks_alike():
    parsed = read(f"{TITLE}:: Start\n[[x->START]]\n[[y->START]]\n[[z->gone]]\n[[w->...]]")
    targets = [choice.target for choice in parsed.manuscript.story.scene("start").choices]

    assert targets == ["start-2", "start-2", "gone", "nowhere"]
    assert said(parsed) == [(line, Code.BROKEN_LINK) for line in (5, 6, 7, 8)]


def test_choices_get_keys_of_their_words():
    scene = scene_of("[[Go->a]]\n[[Go->a]]\n[[!->a]]\n[[Go->a]]\n@key go-2\n[[x->a]]\n@key go-2\n[[y->a]]\n@key No Key")

    assert [choice.key for choice in scene.choices] == ["go", "go-3", "choice", "go-2", "go-2-2", "y"]


def test_only_so_many_choices():
    parsed = read(f"{TITLE}:: Start\n" + "[[Start]]\n" * 101)

    assert len(parsed.manuscript.story.scene("start").choices) == 100
    assert said(parsed) == [(105, Code.TOO_MANY_CHOICES)]


# Words and fields


def test_words_become_lines_and_links_among_them_stay_words():
    scene = scene_of(
        "Hello,\n  there.\n\nYou may [[go->a]] or [[stay->Start]].\n\n[[run->a]] ...\n@them Bye\nnow.\n\nGone."
    )

    assert scene.lines == (
        Line("scene", "Hello,\nthere."),
        Line("scene", "You may go or stay."),
        Line("them", "Bye\nnow."),
        Line("scene", "Gone."),
    )


def test_long_paragraphs_are_split():
    words = "One two three. " * 50 + "x" * 1300 + " " + "word " * 130
    parsed = read(f"{TITLE}:: Start\n[[a]]\n{words}\n:: a")
    lines = [line.text for line in parsed.manuscript.story.scene("start").lines]

    assert [note.code for note in parsed.notes] == [Code.LINE_SPLIT]
    assert max(map(len, lines)) <= 600
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_a_scene_in_our_notation():
    scene = scene_of(
        "@scene She comes.\n@line ?\n@clock 40\n@late wait\n[[Go->a]]\n@key wait\n@points REL-1: 2, REL-2=-1,REL-3 0\n@mood +1\n"
        "@pitfalls rule_book wrong_pace\n@critical\n@if visited Start, not_chosen Start/wait, points_at_most -2\n@feedback So\nit is."
    )
    choice = scene.choices[0]

    assert (scene.seconds, scene.late, [line.who for line in scene.lines]) == (40, "wait", ["scene", ""])
    assert choice.points == (("REL-1", 2), ("REL-2", -1), ("REL-3", 0))
    assert (choice.mood_change, choice.pitfalls, choice.is_critical) == (1, ("rule_book", "wrong_pace"), True)
    assert choice.feedback == "So\nit is."
    assert choice.conditions == (
        Condition(ConditionKind.VISITED, scene="start"),
        Condition(ConditionKind.NOT_CHOSEN, scene="start", choice="wait"),
        Condition(ConditionKind.POINTS_AT_MOST, number=-2),
    )


@pytest.mark.parametrize(
    "field",
    [
        "@points REL-1",
        "@points REL-1 11",
        "@points REL-1 1, REL-1 2",
        "@mood 3",
        "@mood x",
        "@pitfalls hole",
        "@critical no",
        "@if mood_at_least x",
        "@if visited",
        "@if chosen start",
        "@if chosen start/No Key",
        "@if visited No Such",
        "@if won start",
        "@key No Key",
    ],
)
def test_a_field_that_cannot_be_read_is_left_out(field: str):
    parsed = read(f"{TITLE}:: Start\n[[Go->a]]\n{field}\n:: a")
    choice = parsed.manuscript.story.scene("start").choices[0]

    assert said(parsed) == [(6, Code.FIELD_UNREADABLE)]
    assert (choice.points, choice.mood_change, choice.pitfalls, choice.is_critical, choice.conditions) == (
        *((), 0, (), False, ()),
    )


def test_fields_out_of_place():
    parsed = read(
        f"{TITLE}:: Start\n@key x\n@ending good\n@feedbak x\n@handle\n[[a]]\n@feedback x\n@feedback y\nz\n"
        ":: a\n@clock 4\n@late x\n@ending odd"
    )

    assert said(parsed) == [
        (5, Code.FIELD_OUT_OF_PLACE),
        (6, Code.FIELD_OUT_OF_PLACE),
        (7, Code.FIELD_UNKNOWN),
        (8, Code.FIELD_UNKNOWN),
        (11, Code.FIELD_TWICE),
        (14, Code.FIELD_OUT_OF_PLACE),
        (15, Code.FIELD_OUT_OF_PLACE),
        (16, Code.FIELD_UNREADABLE),
    ]


def test_what_looks_like_a_field_in_a_foreign_file_is_text():
    parsed = read(f"{TITLE}:: Start\n@handle\nmail")

    assert (parsed.notes, parsed.manuscript.story.by_key["start"].text) == ((), "@handle\nmail")


def test_endings():
    story = story_of(
        f"{TITLE}:: Start\n[[a]]\n:: a\n@ending good\nOne.\n\nTwo.\n:: Left alone\n"
        ":: b [piawai-ending]\n@text Three.\n\nFour.\n:: c [piawai-scene]"
    )

    assert story.nodes[1:] == (
        Ending("a", "good", "a", "One.\n\nTwo."),
        Ending("left-alone", "", "Left alone", ""),
        Ending("b", "", "", "Three.\n\nFour."),
        Scene("c"),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#0;", "\ufffd"),
        ("&#55296;", "\ufffd"),
        ("&#1114112;", "\ufffd"),
        ("&#x41;&#65;&nbsp;&copy;", "AA\xa0&copy;"),
    ],
)
def test_character_references(written: str, meant: str):
    assert scene_of(f"@them {written}\n[[a]]").lines[0].text == meant


@pytest.mark.parametrize(
    "piece",
    ["[[", "]]", "[[a", "[[a->", "[[0,", "(link-goto:", "(link-goto:'", "<<link '", "`", "``a`", "<!--", "<script", "{{{", "&#", "@key ",
     ":", "::\n", "[", "\\", "@them x\n", "[[a->b]]", "[[a->b]]\n", "$a", "(a:", "<a ", " ", "x. "],
)  # fmt: skip
def test_much_of_anything_is_read_in_time(piece: str):
    began = time.process_time()

    read(f"{TITLE}:: Start\n" + (piece * (LONGEST_PASSAGE // len(piece))))
    read(f":: {(piece * 2000)[:1990]}")

    assert time.process_time() - began < 10


def test_the_example_of_the_manual_is_read():
    manual = Path(__file__).parents[4] / "docs" / "features" / "scenario-formats.md"
    example = manual.read_text(encoding="utf-8").split("```")[1]

    parsed = read(example.lstrip())

    assert parsed.notes == ()
    assert (parsed.manuscript.slug, len(parsed.manuscript.story.nodes)) == ("surprise-fee", 3)
