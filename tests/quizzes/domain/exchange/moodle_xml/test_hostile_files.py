"""Pictures that are none, and files made to harm."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

import pytest

from quizzes.domain.exchange import xml_tree
from quizzes.domain.exchange.moodle_xml import read_moodle_xml
from quizzes.domain.exchange.records import Code, Entry
from tests.quizzes.domain.exchange.moodle_xml.files import PNG, answer, codes, encoded, read


def with_file(content: str, name: str = "a.png", encoding: str = "base64") -> Entry:
    text = f'&lt;img src="@@PLUGINFILE@@/{name}" alt="A till"&gt; What?'
    file = f'<file name="{name}" encoding="{encoding}">{content}</file>'
    stem = f'<questiontext format="html"><text>{text}</text>{file}</questiontext>'
    (entry,) = read(f'<question type="truefalse">{stem}{answer("true", "100")}</question>').entries
    return entry


def test_pictures_are_what_they_hold_and_not_what_they_are_called():
    good = with_file(encoded(PNG), "../../etc/a.png")
    svg = with_file(encoded(b"<svg onload='x'/>"))
    page = with_file(encoded(b"<html>"), "a.jpg")
    webp = with_file(encoded(b"RIFF0000WAVE"))
    huge = with_file(encoded(PNG + bytes(5 * 1024 * 1024)))

    assert (good.picture.name, good.picture.content, good.picture.alt) == ("a.png", PNG, "A till")
    assert [each.picture for each in (svg, page, webp, huge)] == [None] * 4
    assert [codes(each)[-1] for each in (svg, page, webp, huge)] == [Code.PICTURE_REFUSED] * 4
    assert [each.is_published for each in (good, svg)] == [None, False]


@pytest.mark.parametrize(("content", "encoding"), [("no base64!", "base64"), ("iVBORw0", "base64"), ("x", "uuencode")])
def test_a_damaged_file_is_a_damaged_question(content, encoding):
    entry = with_file(content, encoding=encoding)

    assert (entry.authored, codes(entry)[-1]) == (None, Code.PICTURE_DAMAGED)


def laughs() -> str:
    names = "abcdefghi"
    more = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE quiz [<!ENTITY a "xxxxxxxxxx">{more}]><quiz><question type="essay"><name>&i;</name></question></quiz>'


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (laughs(), Code.FORBIDDEN_MARKUP, None),
        (f'<!DOCTYPE q [<!ENTITY a "{"x" * 50_000}">]><quiz>{"&a;" * 5_000}</quiz>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q [<!ENTITY a "&b;"><!ENTITY b "&a;">]><quiz>&a;</quiz>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q SYSTEM "http://127.0.0.1:9/x.dtd"><quiz/>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><quiz/>', Code.FORBIDDEN_MARKUP, None),
        ('<?xml version="1.0" encoding="x-nonsense"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ('<?xml version="1.0" encoding="utf-16"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ('<?xml version="1.0" encoding="utf-7"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ("<quiz>\n\n<question>&uarr;</question></quiz>", Code.NOT_WELL_FORMED, 3),
        ("<quiz>" + "<a>" * 100_000, Code.NESTED_TOO_DEEP, 1),
        ("<quiz></quiz>", Code.EMPTY_FILE, 0),
        ("", Code.NOT_WELL_FORMED, 1),
        ("<quiz>" + '<question type="essay"/>' * 5_001 + "</quiz>", Code.TOO_MANY_QUESTIONS, 1),
        (" " * (10 * 1024 * 1024 + 1), Code.FILE_TOO_LARGE, 0),
    ],
    ids=range(14),
)
def test_files_made_to_harm_are_refused_with_their_line(content, code, line):
    written = content.encode()
    tracemalloc.start()
    started = time.perf_counter()

    parsed = read_moodle_xml(written)

    seconds, (_, most) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (parsed.is_refused, parsed.entries, parsed.notes[0].code) == (True, (), code)
    assert line is None or parsed.notes[0].line == line
    assert (seconds < 10, most < 300 * 1024 * 1024) == (True, True)


def test_a_file_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 100)

    assert read("<a/>" * 100).notes[0].code == Code.NESTED_TOO_DEEP


def test_a_file_of_too_much_html_is_refused():
    assert read(f"<a>{'&lt;' * 200_001}</a>").notes[0].code == Code.TOO_MUCH_MARKUP


def test_an_entity_never_shows_another_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")

    parsed = read_moodle_xml(f'<!DOCTYPE q [<!ENTITY a SYSTEM "{secret.as_uri()}">]><quiz>&a;</quiz>'.encode())

    assert parsed.is_refused
    assert "canary" not in repr(parsed)


def test_a_declared_encoding_is_read_and_other_elements_are_named():
    source = '<?xml version="1.0" encoding="windows-1251"?><quiz><glossary/><question type="Ж"/></quiz>'

    parsed = read_moodle_xml(source.encode("windows-1251"))

    assert [each.code for each in parsed.notes] == [Code.ELEMENT_LOST]
    assert parsed.entries[0].type_name == "Ж"
