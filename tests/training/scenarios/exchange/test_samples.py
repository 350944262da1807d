"""Real files from ../shared/samples, with the counts of its README."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.training.scenarios.exchange.manuscripts import WORDS
from training.domain.scenario.exchange.records import Code, Counts, Parsed
from training.domain.scenario.exchange.twee import read_twee
from training.domain.scenario.graph import Scene

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "twee"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here"
)

COUNTS = {
    "libro-cliente-enojado.twee": (Counts(20, 18, 24, 0), {}),
    "libro-test.tw": (Counts(4, 2, 1, 0), {}),
    "extwee-storydataerror.twee": (Counts(7, 1, 0, 0), {Code.STORYDATA_BROKEN: 1, Code.SCRIPT_LEFT_OUT: 4}),
    "extwee-notes.twee": (Counts(3, 1, 0, 0), {Code.TEXT_BEFORE: 1}),
    "extwee-pasagemetadataerror.twee": (Counts(1, 1, 0, 0), {Code.METADATA_BROKEN: 1, Code.NO_TITLE: 1}),
    "extwee-emptytags.twee": (Counts(1, 1, 0, 0), {Code.NO_TITLE: 1}),
    "extwee-multipletags.twee": (Counts(3, 1, 0, 0), {}),
    "extwee-example.twee": (Counts(8, 6, 6, 0), {Code.SPECIAL_LEFT_OUT: 1}),
    "extwee-multipleScriptPassages.twee": (Counts(5, 1, 0, 0), {Code.SCRIPT_LEFT_OUT: 2}),
    "extwee-roundtrip4.twee": (Counts(8, 3, 2, 0), {Code.SCRIPT_LEFT_OUT: 4}),
    "cookbook-sugarcane-dungeon.twee.txt": (
        Counts(10, 9, 25, 0),
        {Code.CODE_IN_TEXT: 7, Code.SPECIAL_LEFT_OUT: 1},
    ),
    "cookbook-harlowe-markup.twee.txt": (Counts(2, 1, 0, 0), {}),
}


def read(name: str) -> Parsed:
    return read_twee((SAMPLES / name).read_bytes(), WORDS)


@pytest.mark.parametrize("name", COUNTS)
def test_the_file_holds_what_its_readme_says(name: str):
    parsed = read(name)

    assert (parsed.counts, dict(Counter(one.code for one in parsed.notes))) == COUNTS[name]


def test_the_angry_customer():
    manuscript = read("libro-cliente-enojado.twee").manuscript
    story = manuscript.story
    scene = story.scene("pasaje-1-antes-de-la-reunion")

    assert (story.title[:12], manuscript.slug) == ("Capítulo 2: ", "capitulo-2-el-cliente-enojado")
    assert (story.start, isinstance(story.by_key[story.start], Scene)) == ("start", True)
    assert [line.text[:26] for line in scene.lines] == ["De pie frente a la puerta,", "¿Qué le decís antes de ent"]
    assert [choice.target for choice in scene.choices] == [
        "pasaje-2a-motivarlo",
        "pasaje-2b-asegurarlo",
        "pasaje-2c-ponerlo-en-alerta",
    ]
    assert scene.choices[1].key == "le-garantizas-que-todo-va-a-salir-bien"
    assert not any("\r" in line.text for scene in story.scenes for line in scene.lines)


def test_names_of_the_maze_lead_where_they_should():
    story = read("cookbook-sugarcane-dungeon.twee.txt").manuscript.story

    assert story.start == "start"
    assert [choice.target for choice in story.scene("north").choices] == ["north", "south", "west", "east", "exit"]


def test_escaped_brackets_stay_words():
    story = read("cookbook-harlowe-markup.twee.txt").manuscript.story

    assert "``[[Escaped double square brackets]]``" in story.by_key["start"].text


def test_a_published_story_is_named_for_what_it_is():
    parsed = read("twine2-archive-not-twee.html")

    assert (parsed.is_refused, [one.code for one in parsed.notes]) == (True, [Code.PUBLISHED_HTML])
