"""What is written is read again, to the letter; through Twine, too."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.training.scenarios.exchange.manuscripts import WORDS, fee, manuscripts
from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.exchange.json_format import read_json
from training.domain.scenario.exchange.records import Code, Manuscript, Severity, Unsayable
from training.domain.scenario.exchange.saying import Unsaid, unsayable
from training.domain.scenario.exchange.twee import read_twee
from training.domain.scenario.exchange.twee_writing import write_twee
from training.domain.scenario.graph import Choice, Ending, Scene, Story

ABOUT_DRAFTS = {Code.BROKEN_LINK, Code.TEXT_TOO_LONG}
"""Said of what the drafts of the generator really lack."""


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(manuscript=manuscripts())
def test_a_draft_is_the_same_when_it_comes_back(name: str, manuscript: Manuscript):
    parsed = FORMATS[name].read(FORMATS[name].write(manuscript), WORDS)

    assert parsed.manuscript == manuscript
    assert {one.code for one in parsed.notes} <= ABOUT_DRAFTS


def through_twine(content: bytes) -> bytes:
    """What Twine 2 makes of a file that it imports and exports: passages sorted by name, texts trimmed, our data forgotten, its own added.

    After klembot/twinejs src/util/twee.ts.
    """
    header = re.compile(r"^::\s*(.*?(?:\\\s)?)\s*(\[.*?\])?\s*(\{.*?\})?\s*$")
    passages = {}
    for source in re.split(r"^::", content.decode(), flags=re.MULTILINE):
        if not source.strip():
            continue
        first, *lines = f":: {source}".split("\n")
        name, tags, data = header.match(first).groups()
        text = "\n".join(re.sub(r"^\\:", ":", line) for line in lines)
        passages[name] = (tags, data, text.strip())
    title, story_data = passages.pop("StoryTitle"), json.loads(passages.pop("StoryData")[2])
    kept = {name: value for name, value in story_data.items() if name in {"ifid", "start", "tag-colors", "zoom"}}
    written = [
        f":: StoryTitle\n{escaped(title[2].strip())}",
        f":: StoryData\n{json.dumps({**kept, 'format': 'Harlowe', 'format-version': '3.3.9'}, indent=2)}",
    ]
    for name, (tags, data, text) in sorted(passages.items()):
        written.append(f":: {name}{f' {tags}' if tags else ''} {data}\n{escaped(text)}\n")
    return "\n\n\n".join(written).encode()


def escaped(text: str) -> str:
    return re.sub(r"^::", r"\\::", text, flags=re.MULTILINE)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(manuscript=manuscripts())
def test_a_draft_goes_through_twine(manuscript: Manuscript):
    assert read_twee(through_twine(write_twee(manuscript)), WORDS).manuscript == manuscript


def test_the_order_of_twee_is_that_of_the_story():
    told = fee().story
    mixed = replace(fee(), story=replace(told, nodes=(told.nodes[3], *told.nodes[:3])))

    assert read_twee(through_twine(write_twee(mixed)), WORDS).manuscript == mixed


def test_the_example_as_twee():
    assert write_twee(fee()).decode() == EXAMPLE


EXAMPLE = """\
:: StoryTitle
The surprise fee


:: StoryData
{
  "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC",
  "start": "greeting",
  "tag-colors": {
    "piawai-settings": "purple",
    "piawai-scene": "blue",
    "piawai-ending": "green"
  },
  "zoom": 1
}


:: Piawai settings [piawai-settings] {"position":"0,0","size":"100,100"}
@slug surprise-fee
@introduction It is Friday, twenty to one.
@persona Puan Salmah
@face salmah
@customer loyal
@situation Runs a cake shop.
@mood 3
@minutes 8
@mastery 0.70
@mode practice
@order greeting price stays leaves


:: greeting [piawai-scene] {"position":"0,150","size":"100,100"}
@scene Puan Salmah steps up.
@them I was told it takes five minutes.
@clock 40
@late hurry

[[Five minutes it is.->price]]
@key listen
@points REL-1 2, REL-2 -1
@mood +1
@feedback You kept a promise.

[[Let’s be quick.->greeting]]
@key hurry
@points REL-1 0
@mood -1
@pitfalls rule_book, wrong_pace
@feedback Too fast.


:: price [piawai-scene] {"position":"150,150","size":"100,100"}
@thought Hers is a business account.

[[It is RM 5 a month.->stays]]
@key whole-price
@points REL-2 3
@if mood_at_least 3, not_chosen greeting/hurry
@feedback She decides.

[[It’s free.->leaves]]
@key lie
@points REL-2 -3
@mood -2
@critical
@feedback It isn’t.


:: stays [piawai-ending] {"position":"0,300","size":"100,100"}
@ending good
@title She stays
@text She signs.


:: leaves [piawai-ending] {"position":"150,300","size":"100,100"}
@ending bad
@title She leaves
@text She goes next door.

"""


def test_what_no_file_can_say():
    scene = Scene("a", (), (Choice("", "a"), Choice("x", "a"), Choice("x", "a", points=(("REL-1", 1), ("REL-1", 2)))))
    story = replace(fee().story, nodes=(scene, Ending("a"), Ending("")))

    assert unsayable(story) == [
        Unsaid(Unsayable.CHOICE_KEY, "a"),
        Unsaid(Unsayable.REPEATED_CHOICE, "a/x"),
        Unsaid(Unsayable.REPEATED_CLAUSE, "a/x"),
        Unsaid(Unsayable.REPEATED_NODE, "a"),
        Unsaid(Unsayable.NODE_KEY, "3"),
    ]
    assert unsayable(fee().story) == []


def test_what_is_too_much_for_the_editor_is_said():
    story: Story = fee().story
    many = tuple(Ending(f"e-{number}", "good", "T" * 121, "t" * 1001) for number in range(200))
    greeting = replace(story.scenes.__next__(), key="long")
    long = replace(greeting, choices=(replace(greeting.choices[0], text="t" * 401, feedback="f" * 601),))
    manuscript = replace(fee(), story=replace(story, introduction="i" * 1001, nodes=(long, *story.nodes, *many)))

    parsed = read_json(FORMATS["json"].write(manuscript), WORDS)

    assert parsed.manuscript == manuscript
    assert {one.severity for one in parsed.notes} == {Severity.WARNING}
    assert [one.code for one in parsed.notes].count(Code.TEXT_TOO_LONG) == 403
    assert any(one.code == Code.LARGE for one in parsed.notes)
