"""Questions as tables: real files that hold none, what rows lack, and files made to harm."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange import spreadsheets
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.records import Attachment, Code, Entry, Parsed
from quizzes.domain.exchange.saying import Unsayable
from quizzes.domain.exchange.spreadsheets import (
    read_csv,
    read_xlsx,
    unsayable_in_a_table,
    write_csv,
    write_template,
    write_xlsx,
)
from quizzes.domain.exchange.tables import COLUMNS, NUMBERED, all_columns, read_share, write_share

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "people-csv"
HEAD = (
    "kind,question,right,answer 1,answer 2,feedback 1,credit 2,tolerance 1,clauses,difficulty,tags,published,gaps,gap 1"
)


def read(*rows: str, head: str = HEAD) -> Parsed:
    return read_csv("\n".join((head, *rows)).encode())


def first(*rows: str, head: str = HEAD) -> Entry:
    return read(*rows, head=head).entries[0]


def codes(found: Parsed | Entry) -> list[Code]:
    return [each.code for each in found.notes]


def workbook(*rows: list[object]) -> bytes:
    book, output = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(output)
    return output.getvalue()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here")
def test_tables_of_something_else_are_refused():
    for path in sorted(SAMPLES.iterdir()):
        assert read_csv(path.read_bytes()).is_refused, path.name
        assert read_xlsx(path.read_bytes()).is_refused, path.name


@pytest.mark.parametrize(("write", "read_back"), [(write_csv, read_csv), (write_xlsx, read_xlsx)])
def test_the_examples_of_the_template_come_back_whole(write, read_back):
    read_examples = read_back(write(examples())).entries

    assert [replace(entry, line=0, type_name="") for entry in read_examples] == examples()
    assert [entry.line for entry in read_examples] == list(range(2, 11))


def test_the_template_explains_every_column_and_is_empty():
    content = write_template(examples())
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["Questions", "Examples", "Columns"]
    assert [cell.value for cell in book["Questions"][1]] == all_columns(6)
    assert book["Columns"].max_row == 1 + len(COLUMNS) + len(NUMBERED)
    assert codes(read_xlsx(content)) == [Code.EMPTY_FILE]


def test_headings_as_people_write_them():
    entry = first("Single;Q?;1;yes;no", head="TYPE;Stem;Correct;Option_1; option 2")

    assert [choice.text for choice in entry.authored.choices] == ["yes", "no"]
    assert (entry.authored.choices[0].is_right, entry.type_name) == (True, "Single")


@pytest.mark.parametrize(("mark", "separator"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", "|")])
def test_encodings_and_separators(mark, separator):
    text = "\r\n".join(
        separator.join(row) for row in (["kind", "question", "right"], ["true or false", "Café?", "true"])
    )

    (entry,) = read_csv(text.encode(mark)).entries

    assert (entry.authored.stem, entry.line) == ("Café?", 2)


def test_lines_are_those_of_the_file():
    parsed = read('single,"two\nlines",1,a,b', "", "single,Q?,9,a,b")

    assert [entry.line for entry in parsed.entries] == [2, 5]
    assert codes(parsed.entries[1]) == [Code.ANSWER_IS_NO_OPTION]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("riddle,Q?", Code.NOT_A_KIND),
        ("single,,1,a,b", Code.NO_STEM),
        ("single,Q?,first,a,b", Code.UNREADABLE_CELL),
        ("single,Q?,1,a,b,,120 %", Code.NOT_A_WEIGHT),
        ("true or false,Q?,maybe", Code.UNREADABLE_CELL),
        ("single,Q?,1,a,b,,,,,hard", Code.UNREADABLE_CELL),
        ("single,Q?,1,a,b,,,,,,,perhaps", Code.UNREADABLE_CELL),
        ("gaps,Q [[1]],,a,,,,,,,,,poem,1", Code.UNREADABLE_CELL),
        ("gaps,Q [[1]],,a,,,,,,,,,text,2", Code.UNREADABLE_CELL),
        ("single,Q?,1,a,b,,,,,,,,,,too far", Code.ROW_TOO_WIDE),
        (f"single,{'x' * 100_000},1,{'y' * 100_001},b", Code.QUESTION_TOO_LONG),
    ],
)
def test_a_row_that_cannot_come_in_says_why(row, code):
    entry = first(row)

    assert (entry.authored, codes(entry)) == (None, [code])


def test_factors_and_feedback_for_two_other_answers():
    head = "kind,question,answer 1,unit 1,factor 1,feedback 2,feedback 3"

    assert codes(first("number,Q?,1,m,0", head=head)) == [Code.NOT_A_NUMBER]
    assert codes(first("number,Q?,1,m,1/0", head=head)) == [Code.NOT_A_NUMBER]
    assert codes(first("number,Q?,1,m,1,a,b", head=head)) == [Code.BLANK_OPTION]


def test_what_a_kind_has_no_use_for_is_said():
    entry = first("ordering,Q?,,a,b,,,0.5,,,,")

    assert codes(entry) == [Code.CELL_UNUSED]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("question,right", Code.NO_COLUMN),
        ("kind,question,Kind", Code.COLUMN_TWICE),
        ("kind,question", Code.EMPTY_FILE),
        ("", Code.NO_COLUMN),
    ],
)
def test_a_table_without_its_columns_is_refused(head, code):
    assert (read(head=head).is_refused, codes(read(head=head))) == (True, [code])


def test_unknown_columns_are_named():
    assert codes(read("single,Q?,x", head="kind,question,mood")) == [Code.UNKNOWN_COLUMN]
    assert codes(read("single,Q?,x", head="kind,question,answer 501")) == [Code.UNKNOWN_COLUMN]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("50 %", Fraction(1, 2)),
        ("50", Fraction(1, 2)),
        ("0.5", Fraction(1, 2)),
        ("1", Fraction(1)),
        ("-25%", Fraction(-1, 4)),
        ("+1/13", Fraction(1, 13)),
        ("33.33333", Fraction(1, 3)),
        ("3/2", None),
        ("1/0", None),
        ("half", None),
    ],
)
def test_shares(text, share):
    assert read_share(text) == share


def test_every_share_is_written_as_it_is_read():
    for share in (Fraction(1, 3), Fraction(1, 13), Fraction(33, 100), Fraction(-1, 7), Fraction(123457, 999983)):
        assert read_share(write_share(share)) == share


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "'x", "'=x", "''"])
def test_no_cell_is_a_formula_and_nothing_is_lost(text):
    entry = replace(examples()[0], authored=replace(examples()[0].authored, stem=text))

    content = write_csv([entry]).decode("utf-8-sig")

    assert f",'{text}," in content
    assert read_csv(content.encode()).entries[0].authored.stem == text
    assert read_xlsx(write_xlsx([entry])).entries[0].authored.stem == text


def test_a_workbook_with_formulas_is_refused_cell_by_cell():
    parsed = read_xlsx(workbook(["kind", "question", "right"], ["single", "=1+1", "=A1"]))

    assert (parsed.is_refused, [each.words for each in parsed.notes]) == (
        True,
        ["The cell B2 holds a formula. Put its value there.", "The cell C2 holds a formula. Put its value there."],
    )


def test_cells_that_are_no_text():
    head = ["kind", "question", "right", "answer 1", "tolerance 1", "answer 2"]

    numbers = read_xlsx(workbook(head, ["number", 12, None, 2.5, 1.0, -3]))
    truth = read_xlsx(workbook(head, ["true or false", date(2026, 11, 22), True]))

    assert [one.value for one in numbers.entries[0].authored.accepted] == ["2.5", "-3"]
    assert (numbers.entries[0].authored.stem, numbers.entries[0].authored.accepted[0].tolerance) == ("12", "1")
    assert truth.entries[0].authored.stem == "2026-11-22T00:00:00"
    assert truth.entries[0].authored.choices[0].is_right


def test_the_sheet_of_questions_is_read_wherever_it_stands():
    book, output = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["notes of mine"])
    sheet = book.create_sheet("questions")
    sheet.append(["kind", "question", "right"])
    sheet.append(["true or false", "Q?", "false"])
    book.save(output)

    assert len(read_xlsx(output.getvalue()).entries) == 1


def with_part(name: str, content: bytes) -> bytes:
    packed = io.BytesIO(workbook(["kind"]))
    output = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return output.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"no workbook",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
        lambda: workbook(["kind"])[:900],
        lambda: with_part("xl/media/a.bin", bytes(70 * 1024 * 1024)),
        lambda: with_part("../x", b""),
        lambda: with_part("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        lambda: with_part("xl/workbook.xml", b"<x/>"),
        lambda: with_part("xl/worksheets/sheet1.xml", b"<x><y></x>"),
    ],
    ids=range(8),
)
def test_a_workbook_made_to_harm_is_refused(make):
    parsed = read_xlsx(make())

    assert (parsed.is_refused, parsed.entries) == (True, ())
    assert codes(parsed)[0] in {Code.NOT_A_WORKBOOK, Code.NO_COLUMN}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('kind,question\nsingle,"never closed', Code.NOT_A_TABLE),
        ("kind,question\nsingle,a\0b", Code.NOT_TEXT),
        ("kind,question\nsingle," + "x" * 1_000_000, Code.NOT_A_TABLE),
        ("kind,question" + "," * 10_000, Code.NOT_A_TABLE),
        ("kind,question\n" + "single,Q?\n" * 5_001, Code.TOO_MANY_QUESTIONS),
        (" " * (10 * 1024 * 1024 + 1), Code.FILE_TOO_LARGE),
    ],
    ids=range(6),
)
def test_a_csv_made_to_harm_is_refused(content, code):
    parsed = read_csv(content.encode())

    assert (parsed.is_refused, codes(parsed)) == (True, [code])


def test_large_workbooks_and_ranges(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    many = read_xlsx(workbook(["kind", "question"], ["single", "a"], ["single", "b"]))
    monkeypatch.setattr(spreadsheets, "LARGEST_FILE", 10)

    assert codes(many) == [Code.NOT_A_TABLE]
    assert codes(read_xlsx(workbook(["kind"]))) == [Code.FILE_TOO_LARGE]


@pytest.mark.parametrize(
    ("authored", "reason"),
    [
        (None, Unsayable.UNFINISHED),
        (Authored("true_false", "Q?"), Unsayable.UNFINISHED),
        (replace(examples()[0].authored, general="x" * 33_000), Unsayable.TOO_LONG),
        (replace(examples()[0].authored, stem="a\x07b"), Unsayable.MISREAD),
        (examples()[0].authored, None),
    ],
)
def test_what_a_table_cannot_say(authored, reason):
    assert unsayable_in_a_table(Entry(0, authored)) == reason


def test_a_table_has_no_pictures():
    assert unsayable_in_a_table(replace(examples()[0], picture=Attachment("a.png", b"x"))) == Unsayable.PICTURE
