"""Real files, with the counts that a right importer finds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from quizzes.domain.exchange.moodle_xml import read_moodle_xml
from quizzes.domain.exchange.records import Code, Parsed, Severity
from tests.quizzes.domain.exchange.moodle_xml.files import codes

SAMPLES = Path(__file__).parents[6] / "shared" / "samples" / "moodle-xml"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here")
@pytest.mark.parametrize(
    ("name", "kinds", "importable"),
    [
        ("multichoice", ["multichoice"], 1),
        ("broken_cloze_questions", ["cloze"] * 5, 0),
        ("nested_categories_with_questions", ["truefalse", "essay", "truefalse", "truefalse", "truefalse"], 4),
        ("error_invalid_grades", ["multichoice"], 1),
        ("html_chars_in_idnumbers", ["truefalse"], 1),
        ("multianswer", ["cloze"], 1),
        ("old_format_file", ["truefalse"] * 2, 2),
        ("qtype-numerical", ["numerical"], 1),
        ("qtype-essay", ["essay"], 0),
        ("qtype-description", ["description"], 0),
        ("qtype-multichoice", ["multichoice"], 1),
        ("qtype-ddwtos", ["gapselect"], 0),
        ("gapfill-ja", ["gapfill"] * 3, 0),
        ("formulas", ["formulas"] * 26, 0),
    ],
)
def test_real_files(name, kinds, importable):
    parsed = read_moodle_xml((SAMPLES / f"{name}.xml").read_bytes())

    assert [entry.type_name for entry in parsed.entries] == kinds
    assert len(parsed.importable) == importable
    assert all(entry.is_importable or codes(entry) for entry in parsed.entries)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here")
class TestWhatRealFilesSay:
    def sample(self, name: str) -> Parsed:
        return read_moodle_xml((SAMPLES / f"{name}.xml").read_bytes())

    def test_five_broken_clozes_have_five_reasons(self):
        reasons = [codes(entry) for entry in self.sample("broken_cloze_questions").entries]

        assert len({tuple(said) for said in reasons}) == 5

    def test_categories(self):
        found = [entry.category for entry in self.sample("nested_categories_with_questions").entries]

        assert found[0] == ("Iota",)
        assert found[3] == ("Iota", "Kappa", "Lambda")

    def test_ids_are_decoded_once(self):
        assert self.sample("html_chars_in_idnumbers").entries[0].external_id == "T & F"

    def test_weights_that_moodle_has_not(self):
        (entry,) = self.sample("error_invalid_grades").entries

        assert [(each.line, each.code) for each in entry.notes if each.severity == Severity.WARNING] == [
            (38, Code.WEIGHT_ROUNDED)
        ]
        assert [choice.credit for choice in entry.authored.choices] == [
            Fraction(-1, 2),
            None,
            None,
            Fraction(-1, 2),
            None,
        ]

    def test_the_first_picture_of_the_text_is_the_question_s(self):
        (cloze,) = self.sample("multianswer").entries
        (choice,) = self.sample("multichoice").entries

        assert (cloze.picture.name, cloze.picture.alt) == ("california-state-flag.png", "California flag")
        assert codes(cloze).count(Code.FILE_LOST) == 2
        assert (choice.picture, choice.is_published) == (None, False)

    @pytest.mark.parametrize(
        ("name", "root"), [("not-moodle-glossary", "GLOSSARY"), ("not-moodle-windows-1251", "test")]
    )
    def test_other_xml_is_refused_by_name(self, name, root):
        parsed = self.sample(name)

        assert parsed.is_refused
        assert f"“{root}”" in parsed.notes[0].words
