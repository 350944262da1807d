"""What is written, and what can't be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizzes.domain.authoring import Authored, Gap, Typed
from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.moodle_xml import read_moodle_xml, unsayable_in_xml, write_moodle_xml
from quizzes.domain.exchange.records import Attachment, Entry
from quizzes.domain.exchange.saying import CantSay, Unsayable
from tests.quizzes.domain.exchange.moodle_xml.files import PNG


@pytest.mark.parametrize("name", FORMATS)
def test_what_could_not_be_read_is_not_written(name):
    into = FORMATS[name]

    assert into.unsayable(Entry(1, None)) == Unsayable.UNFINISHED
    with pytest.raises((ValueError, CantSay)):
        into.write([Entry(1, None)])


def test_writing_with_a_category_and_a_picture():
    cloze = Authored("gaps", "A [[1]]", gaps=(Gap("text", accepted=(Typed("x"),)),))
    entry = Entry(1, cloze, category=("A/B",), picture=Attachment("a b.png", PNG, 'A "till"'))

    (back,) = read_moodle_xml(write_moodle_xml([entry])).entries

    assert (back.category, back.picture) == (("A/B",), Attachment("a b.png", PNG, 'A "till"'))
    assert unsayable_in_xml(replace(entry, authored=replace(cloze, stem="{1:SA:=a} [[1]]"))) == Unsayable.MISREAD
