"""Tables of questions to the last detail: what is read of each row and told of it, and what each column is written as."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from fractions import Fraction

import openpyxl
import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange import spreadsheets
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.records import Attachment, Entry
from quizzes.domain.exchange.saying import Unsayable
from quizzes.domain.exchange.spreadsheets import (
    quoted,
    read_csv,
    read_xlsx,
    unquoted,
    unsayable_in_a_table,
    write_csv,
    write_template,
    write_xlsx,
)
from quizzes.domain.exchange.tables import (
    COLUMNS,
    NUMBERED,
    all_columns,
    column_name,
    read_rows,
    read_share,
    write_rows,
    write_share,
)
from quizzes.domain.exchange.tables import reading as tables
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP
from quizzes.domain.questions import Picture
from tests.quizzes.domain.exchange.telling import told

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def one(**cells: str) -> Entry:
    """The question of one row, the third of its table; `answer_1` stands for “answer 1”."""
    columns = [name.replace("_", " ") for name in cells]
    (entry,) = read_rows([(1, columns), (3, list(cells.values()))]).entries
    return entry


AB = {"answer_1": "a", "answer_2": "b"}


@pytest.mark.parametrize(
    ("cells", "authored"),
    [
        (
            {
                "kind": "single",
                "question": " Q ",
                "right": "2",
                **AB,
                "feedback_1": "x",
                "credit_1": "50%",
                "general_feedback": "z",
            },
            Authored("single", "Q", "z", choices=(Choice("a", feedback="x", credit=HALF), Choice("b", True))),
        ),
        (
            {
                "kind": "Multiple  Choice",
                "question": "Q",
                "right": " 1; 3,",
                **AB,
                "answer_3": "c",
                "keep_order": "yes",
                "all_or_nothing": "X",
            },
            Authored(
                "multiple",
                "Q",
                choices=(Choice("a", True), Choice("b"), Choice("c", True)),
                keeps_order=True,
                is_all_or_nothing=True,
            ),
        ),
        (
            {"kind": "true/false", "question": "Q", "right": "TRUE"},
            Authored("true_false", "Q", choices=true_false_choices(True, "", "")),
        ),
        (
            {"kind": "true_false", "question": "Q", "right": "no", "feedback_1": "x", "feedback_2": "y", **AB},
            Authored("true_false", "Q", choices=true_false_choices(False, "x", "y")),
        ),
        (
            {
                "kind": "matching",
                "question": "Q",
                **AB,
                "match_1": "c",
                "match_2": "d",
                "match_3": "e",
                "feedback_1": "x",
            },
            Authored("matching", "Q", pairs=(Pair("a", "c", "x"), Pair("b", "d"), Pair("", "e"))),
        ),
        (
            {"kind": "ordering", "question": "Q", **AB, "answer_11": "k", "feedback_2": "x"},
            Authored("ordering", "Q", steps=(Step("a"), Step("b", "x"), Step("k"))),
        ),
        (
            {
                "kind": "short text",
                "question": "Q",
                **AB,
                "credit_2": "1/3",
                "feedback_1": "x",
                "feedback_3": "no",
                "mind_case": "1",
                "mind_accents": "true",
            },
            Authored(
                "short_text",
                "Q",
                accepted=(Typed("a", feedback="x"), Typed("b", THIRD)),
                otherwise="no",
                minds_case=True,
                minds_accents=True,
            ),
        ),
        (
            {
                "kind": "number",
                "question": "Q",
                "answer_1": "1",
                "tolerance_1": "0.5",
                "answer_2": "2",
                "credit_2": "0",
                "unit_1": "h",
                "unit_2": "min",
                "factor_2": "1/60",
                "unit_3": "d",
                "factor_3": "24.5",
                "unit_penalty": "10 %",
            },
            Authored(
                "numeric",
                "Q",
                accepted=(Typed("1", tolerance="0.5"), Typed("2", Fraction(0))),
                units=(Unit("h", "1"), Unit("min", "1/60"), Unit("d", "24.5")),
                unit_penalty=Fraction(1, 10),
            ),
        ),
        (
            {
                "kind": "gaps",
                "question": "[[1]] [[2]] [[3]]",
                "gaps": "Choice 2; text;number  3;",
                "right": "1",
                "answer_1": "a",
                "gap_1": "1",
                "feedback_1": "x",
                "answer_2": "b",
                "gap_2": "1",
                "credit_2": "50%",
                "feedback_3": "no",
                "gap_3": "1",
                "answer_4": "t",
                "gap_4": "2",
                "feedback_5": "other",
                "gap_5": "2",
                "answer_6": "7",
                "gap_6": "3",
                "tolerance_6": "1",
            },
            Authored(
                "gaps",
                "[[1]] [[2]] [[3]]",
                gaps=(
                    Gap(
                        CHOICE_GAP, choices=(Choice("a", True, "x"), Choice("b", credit=HALF)), otherwise="no", weight=2
                    ),
                    Gap(TEXT_GAP, accepted=(Typed("t"),), otherwise="other"),
                    Gap(NUMBER_GAP, accepted=(Typed("7", tolerance="1"),), weight=3),
                ),
            ),
        ),
        (
            {
                "kind": "spot it",
                "question": "Q",
                **AB,
                "speaker_1": "S",
                "match_2": "rel-1",
                "feedback_2": "x",
                "clauses": "rel-1; TAN-2, rel-1",
            },
            Authored("spot_it", "Q", lines=(Line("a", "S"), Line("b", "", "REL-1", "x")), codes=("REL-1", "TAN-2")),
        ),
    ],
)
def test_a_row_is_read_as(cells, authored):
    entry = one(**cells)
    assert entry.authored == authored
    assert (entry.line, entry.type_name, told(entry.notes)) == (3, cells["kind"], [])


SINGLE = {"kind": "single", "question": "Q", "right": "1", **AB}
NUMBER = {"kind": "number", "question": "Q", "answer_1": "1"}
GAPS = {"kind": "gaps", "question": "[[1]]", "gaps": "text", "answer_1": "a", "gap_1": "1"}


@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ({**SINGLE, "kind": "A_Riddle"}, ["3 error not_a_kind text=a riddle"]),
        ({**SINGLE, "kind": ""}, ["3 error not_a_kind text="]),
        ({**SINGLE, "question": " "}, ["3 error no_stem"]),
        ({**SINGLE, "right": "one"}, ["3 error unreadable_cell column=right text=one"]),
        ({**SINGLE, "right": "1, 3"}, ["3 error answer_is_no_option text=1, 3"]),
        ({**SINGLE, "right": "1111"}, ["3 error unreadable_cell column=right text=1111"]),
        ({**SINGLE, "credit_2": "half"}, ["3 error not_a_weight text=half"]),
        ({**SINGLE, "keep_order": "Maybe"}, ["3 error unreadable_cell column=keep order text=Maybe"]),
        ({**SINGLE, "all_or_nothing": "Maybe"}, ["3 error unreadable_cell column=all or nothing text=Maybe"]),
        ({**SINGLE, "mind_case": "Maybe"}, ["3 error unreadable_cell column=mind case text=Maybe"]),
        ({**SINGLE, "mind_accents": "Maybe"}, ["3 error unreadable_cell column=mind accents text=Maybe"]),
        ({**SINGLE, "published": "Maybe"}, ["3 error unreadable_cell column=published text=Maybe"]),
        ({**SINGLE, "difficulty": "4"}, ["3 error unreadable_cell column=difficulty text=4"]),
        ({**SINGLE, "kind": "true or false", "right": "1"}, ["3 error unreadable_cell column=right text=1"]),
        ({**NUMBER, "unit_1": "h", "factor_1": "0"}, ["3 error not_a_number text=0"]),
        ({**NUMBER, "unit_1": "h", "factor_1": "x"}, ["3 error not_a_number text=x"]),
        ({**NUMBER, "unit_1": "h", "factor_1": "0/5"}, ["3 error not_a_number text=0/5"]),
        ({**NUMBER, "unit_penalty": "x"}, ["3 error not_a_weight text=x"]),
        ({**NUMBER, "feedback_2": "x", "feedback_3": "y"}, ["3 error blank_option"]),
        ({**GAPS, "gaps": ""}, ["3 error unreadable_cell column=gaps text="]),
        ({**GAPS, "gaps": "word; text"}, ["3 error unreadable_cell column=gaps text=word; text"]),
        ({**GAPS, "gap_1": "2"}, ["3 error unreadable_cell column=gap 1 text=2"]),
        ({**GAPS, "gap_1": ""}, ["3 error unreadable_cell column=gap 1 text="]),
        ({**GAPS, "feedback_2": "x", "gap_2": "1", "feedback_3": "y", "gap_3": "1"}, ["3 error blank_option"]),
        ({**SINGLE, "tolerance_1": "1", "gap_2": "1"}, ["3 warning cell_unused what=tolerance 1, gap 2"]),
        ({**SINGLE, "unit_penalty": "10%"}, ["3 warning cell_unused what=unit penalty"]),
        ({**NUMBER, "right": "1"}, ["3 warning cell_unused what=right"]),
        ({**SINGLE, "question": "x" * 200_001}, ["3 error question_too_long most=200000"]),
    ],
)
def test_a_row_is_told(cells, notes):
    entry = one(**cells)
    assert told(entry.notes) == notes
    assert entry.is_importable == ("warning" in notes[0])
    assert entry.type_name == cells["kind"]


def test_a_row_as_long_as_it_may_be():
    rest = sum(map(len, ("single", "1", "a", "b")))
    assert one(**{**SINGLE, "question": "x" * (200_000 - rest)}).is_importable


def test_everything_about_a_question():
    entry = one(
        **SINGLE,
        clauses=" rel-1,TAN-2;rel-1 ",
        difficulty="Working  knowledge".replace("  ", " "),
        tags=' a  b, "c, d", ,',
        published="no",
        id="i" * 201,
        category="$course$/top/A/B//C",
    )
    assert entry == Entry(
        3,
        entry.authored,
        "single",
        "",
        "i" * 200,
        ("A", "B/C"),
        ("a b", "c, d"),
        ("REL-1", "TAN-2"),
        2,
        is_published=False,
    )


@pytest.mark.parametrize(
    ("said", "is_published"), [("", None), ("yes", True), ("Y", True), ("N", False), ("0", False), ("false", False)]
)
def test_published(said, is_published):
    assert one(**SINGLE, published=said).is_published is is_published


@pytest.mark.parametrize(
    ("said", "difficulty"), [("", None), ("1", 1), ("2", 2), ("3", 3), ("Basic", 1), ("working", 2), ("tricky", 3)]
)
def test_difficulty(said, difficulty):
    assert one(**SINGLE, difficulty=said).difficulty == difficulty


# The table as a whole

HEAD = ["kind", "question", "right"]
ROW = ["true or false", "Q", "true"]


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        ([], ["0 error no_column what=kind"]),
        ([(1, ["question"])], ["1 error no_column what=kind"]),
        ([(1, [""]), (2, ["kind", "x"])], ["2 error no_column what=question"]),
        ([(1, [*HEAD, "Stem"])], ["1 error column_twice what=question"]),
        ([(1, HEAD), (2, ["", " "])], ["0 error empty_file"]),
    ],
)
def test_tables_that_are_refused(rows, notes):
    parsed = read_rows(rows)
    assert parsed.is_refused
    assert told(parsed.notes) == notes


def test_blank_rows_unknown_columns_and_cells_beyond_the_last():
    parsed = read_rows(
        [
            (1, [" "]),
            (2, [*HEAD, "Colour", "", "Size"]),
            (3, ROW),
            (4, [""]),
            (5, [*ROW, "", "", "", "", "x"]),
            (6, ROW[:2]),
        ]
    )
    assert told(parsed.notes) == ["2 warning unknown_column what=Colour", "2 warning unknown_column what=Size"]
    assert [entry.line for entry in parsed.entries] == [3, 5, 6]
    assert [told(entry.notes) for entry in parsed.entries] == [
        [],
        ["5 error row_too_wide"],
        ["6 error unreadable_cell column=right text="],
    ]


def test_twenty_unknown_columns_are_named():
    parsed = read_rows([(1, [*HEAD, *map("x{}".format, range(25))]), (2, ROW)])
    assert len(parsed.notes) == 20


def test_as_many_questions_as_a_table_may_have(monkeypatch):
    monkeypatch.setattr(tables, "MOST_QUESTIONS", 2)
    assert len(read_rows([(1, HEAD), (2, ROW), (3, ROW), (4, [""])]).entries) == 2
    parsed = read_rows([(1, HEAD), (2, ROW), (3, ROW), (4, ROW)])
    assert parsed.is_refused
    assert told(parsed.notes) == ["4 error too_many_questions most=2"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Kind", "kind"),
        ("type", "kind"),
        ("Stem", "question"),
        (" Correct ", "right"),
        ("codes", "clauses"),
        ("Clause", "clauses"),
        ("general_feedback", "general feedback"),
        ("Answer 1", "answer 1"),
        ("answer_01", "answer 1"),
        ("OPTION500", "answer 500"),
        ("option 501", ""),
        ("answer 0", ""),
        ("answer", ""),
        ("answer 1 b", ""),
        ("colour", ""),
        ("", ""),
    ],
)
def test_names_of_columns(heading, name):
    assert column_name(heading) == name


def test_every_column_in_order():
    assert all_columns(2) == [
        *COLUMNS,
        *(f"{name} {number}" for number in (1, 2) for name in NUMBERED if name not in {"unit", "factor"}),
        *("unit 1", "factor 1", "unit 2", "factor 2"),
    ]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("50 %", HALF),
        ("0.5", HALF),
        ("50", HALF),
        ("1", Fraction(1)),
        ("1%", Fraction(1, 100)),
        ("0", Fraction(0)),
        ("+25%", Fraction(1, 4)),
        ("-0.25", -Fraction(1, 4)),
        ("33.33333%", THIRD),
        (" 1 / 3 ", THIRD),
        ("-1/3", -THIRD),
        ("2/2", Fraction(1)),
        ("3/2", None),
        ("1/0", None),
        ("101", None),
        ("x", None),
        ("", None),
    ],
)
def test_shares_are_read(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize(("share", "text"), [(HALF, "50%"), (-THIRD, "-33.33333%"), (Fraction(1, 999983), "1/999983")])
def test_shares_are_written(share, text):
    assert write_share(share) == text


# Writing


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        (
            Entry(
                1,
                Authored(
                    "single",
                    "Q",
                    "z",
                    choices=(Choice("a", True, "x"), Choice("b", credit=THIRD)),
                    keeps_order=True,
                    codes=("X-1",),
                ),
                external_id="q1",
                category=("A", "B"),
                tags=("t", "a, b", 'c "d"'),
                codes=("REL-1", "TAN-2"),
                difficulty=3,
                is_published=True,
            ),
            {
                "kind": "single choice",
                "question": "Q",
                "right": "1",
                "clauses": "REL-1, TAN-2",
                "difficulty": "3",
                "tags": 't, "a, b", "c ""d"""',
                "general feedback": "z",
                "keep order": "yes",
                "published": "yes",
                "id": "q1",
                "category": "$course$/top/A/B",
                "answer 1": "a",
                "feedback 1": "x",
                "answer 2": "b",
                "credit 2": "33.33333%",
            },
        ),
        (
            Entry(
                1,
                Authored(
                    "multiple", "Q", choices=(Choice("a", True), Choice("b"), Choice("c", True)), is_all_or_nothing=True
                ),
                is_published=False,
            ),
            {
                "kind": "multiple choice",
                "question": "Q",
                "right": "1, 3",
                "all or nothing": "yes",
                "published": "no",
                "answer 1": "a",
                "answer 2": "b",
                "answer 3": "c",
            },
        ),
        (
            Entry(1, Authored("true_false", "Q", choices=true_false_choices(True, "x", "y"))),
            {"kind": "true or false", "question": "Q", "right": "true", "feedback 1": "x", "feedback 2": "y"},
        ),
        (
            Entry(1, Authored("true_false", "Q", choices=true_false_choices(False, "", ""))),
            {"kind": "true or false", "question": "Q", "right": "false"},
        ),
        (
            Entry(1, Authored("matching", "Q", pairs=(Pair("a", "b", "x"), Pair("", "c")))),
            {"kind": "matching", "question": "Q", "answer 1": "a", "match 1": "b", "feedback 1": "x", "match 2": "c"},
        ),
        (
            Entry(1, Authored("ordering", "Q", steps=(Step("a", "x"), Step("b")))),
            {"kind": "ordering", "question": "Q", "answer 1": "a", "feedback 1": "x", "answer 2": "b"},
        ),
        (
            Entry(
                1,
                Authored(
                    "short_text",
                    "Q",
                    accepted=(Typed("a"), Typed("b", HALF, feedback="x")),
                    otherwise="no",
                    minds_case=True,
                    minds_accents=True,
                ),
            ),
            {
                "kind": "short text",
                "question": "Q",
                "mind case": "yes",
                "mind accents": "yes",
                "answer 1": "a",
                "answer 2": "b",
                "credit 2": "50%",
                "feedback 2": "x",
                "feedback 3": "no",
            },
        ),
        (
            Entry(
                1,
                Authored(
                    "numeric",
                    "Q",
                    accepted=(Typed("1", tolerance="2"),),
                    units=(Unit("h"), Unit("m", "1/60")),
                    unit_penalty=Fraction(1, 10),
                ),
            ),
            {
                "kind": "number",
                "question": "Q",
                "unit penalty": "10%",
                "answer 1": "1",
                "tolerance 1": "2",
                "unit 1": "h",
                "factor 1": "1",
                "unit 2": "m",
                "factor 2": "1/60",
            },
        ),
        (
            Entry(
                1,
                Authored(
                    "gaps",
                    "Q [[1]] [[2]]",
                    gaps=(
                        Gap(TEXT_GAP, accepted=(Typed("t"),), otherwise="no", weight=2),
                        Gap(CHOICE_GAP, choices=(Choice("a"), Choice("b", True, "x")), otherwise="none"),
                    ),
                ),
            ),
            {
                "kind": "gaps",
                "question": "Q [[1]] [[2]]",
                "gaps": "text 2; choice",
                "right": "4",
                "answer 1": "t",
                "gap 1": "1",
                "feedback 2": "no",
                "gap 2": "1",
                "answer 3": "a",
                "gap 3": "2",
                "answer 4": "b",
                "feedback 4": "x",
                "gap 4": "2",
                "feedback 5": "none",
                "gap 5": "2",
            },
        ),
        (
            Entry(1, Authored("spot_it", "Q", lines=(Line("a", "S"), Line("b", "", "REL-1", "x")), codes=("REL-1",))),
            {
                "kind": "spot it",
                "question": "Q",
                "clauses": "REL-1",
                "answer 1": "a",
                "speaker 1": "S",
                "answer 2": "b",
                "match 2": "REL-1",
                "feedback 2": "x",
            },
        ),
    ],
)
def test_a_question_is_written_as(entry, cells):
    columns, row = write_rows([entry])
    assert {name: cell for name, cell in zip(columns, row, strict=True) if cell} == cells
    order = [*COLUMNS, *(f"{name} {number}" for number in range(1, 10) for name in NUMBERED)]
    unit = [name for name in columns if name.startswith(("unit ", "factor ")) and name != "unit penalty"]
    assert columns == [*sorted(set(columns) - set(unit), key=order.index), *unit]


def test_columns_that_no_question_uses_are_left_out_but_kind_and_question():
    assert write_rows([]) == [["kind", "question"]]
    true, single = (Authored("true_false", "Q", choices=true_false_choices(True, "", "")), Authored("ordering", ""))
    assert write_rows([Entry(1, true), Entry(1, single)]) == [
        ["kind", "question", "right"],
        ["true or false", "Q", "true"],
        ["ordering", "", ""],
    ]


def test_a_question_that_could_not_be_read_is_not_written():
    with pytest.raises(ValueError, match=r"^A question that can't be read can't be written\.$"):
        write_rows([Entry(1, None)])


# CSV


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "＝1", "＋1", "－1", "＠a", "\na", "'a"])
def test_texts_that_a_spreadsheet_would_take_for_something_else(text):
    assert quoted(text) == f"'{text}"
    assert unquoted(f"'{text}") == text


def test_other_texts_stay():
    assert (quoted("a=1"), unquoted("'tis"), unquoted("=1"), quoted(""), unquoted("'")) == (
        "a=1",
        "'tis",
        "=1",
        "",
        "'",
    )


def test_a_csv_is_written_for_excel():
    question = Authored("true_false", "=Q\x01\r\na,", choices=true_false_choices(True, "", ""))
    assert write_csv([Entry(1, question)]) == b'\xef\xbb\xbfkind,question,right\r\ntrue or false,"\'=Q\na,",true\r\n'


def test_a_csv_with_something_to_say_about_its_encoding():
    parsed = read_csv("kind,question,right,colour\ntrue or false,Café?,true,'=x\n".encode("cp1252"))
    assert told(parsed.notes) == ["2 warning read_as_cp1252", "1 warning unknown_column what=colour"]


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (b"\xff\xfe\x00\x00", ["0 error not_text"]),
        (b'kind,question\n"single', ["2 error not_a_table what=unexpected end of data"]),
        (b"kind,question\n\n" + b"," * 5_000, ["3 error not_a_table what=too many columns"]),
        (b"kind,question\n" + b"x" * 140_000, ["2 error not_a_table what=field larger than field limit (131072)"]),
    ],
)
def test_csvs_that_are_refused(content, notes):
    parsed = read_csv(content)
    assert parsed.is_refused
    assert told(parsed.notes) == notes


def test_as_many_columns_as_a_csv_may_have(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_COLUMNS", 3)
    assert not read_csv(b"kind,question,right\ntrue or false,Q,true").is_refused
    assert told(read_csv(b"kind,question,right\ntrue or false,Q,true,").notes) == [
        "2 error not_a_table what=too many columns"
    ]


def test_the_separator_is_the_one_that_makes_most_of_the_headings():
    parsed = read_csv(b'\n"kind"; question ;"right";a,b,c\ntrue or false;Q;true\n')
    assert told(parsed.notes) == ["2 warning unknown_column what=a,b,c"]
    assert [entry.authored.stem for entry in parsed.entries] == ["Q"]
    (entry,) = read_csv(b"kind|question|right\ntrue or false|Q,a,b|true").entries
    assert entry.authored.stem == "Q,a,b"


# Workbooks


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book, output = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    book.save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("'=a", "=a"),
        ("a\r\nb", "a\nb"),
        (3, "3"),
        (3.0, "3"),
        (0.5, "0.5"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 1, 2), "2026-01-02T00:00:00"),
        (datetime.fromisoformat("2026-01-02T03:04"), "2026-01-02T03:04:00"),
        (time(3, 4), "03:04:00"),
    ],
)
def test_a_cell_is_read_as(value, text):
    (entry,) = read_xlsx(workbook(["kind", "question"], ["ordering", value])).entries
    assert (entry.line, entry.authored.stem) == (2, text)


def test_the_sheet_of_questions_is_found_by_its_name_and_else_the_first_is_taken():
    mine, other = [["kind", "question"], ["ordering", "mine"]], [["kind", "question"], ["ordering", "other"]]
    for content in (workbook(*other, QUESTIONS=mine), workbook(*mine, Sheet9=other)):
        (entry,) = read_xlsx(content).entries
        assert entry.authored.stem == "mine"


def test_formulas_are_refused_each_by_its_place():
    parsed = read_xlsx(workbook(["kind", "question"], ["=1+1", "a"], ["single", "=2"]))
    assert parsed.is_refused
    assert parsed.entries == ()
    assert told(parsed.notes) == ["2 error is_formula cell=A2", "3 error is_formula cell=B3"]


def test_a_hundred_formulas_are_named():
    assert len(read_xlsx(workbook(["kind", "question"], *[["=1", "=2"] for _ in range(60)])).notes) == 100


def test_workbooks_that_are_refused(monkeypatch):
    assert told(read_xlsx(b"PK").notes) == ["0 error not_a_workbook what=it is something else, or damaged"]
    rows = [["kind", "question"], ["ordering", "a"], ["ordering", "b"]]
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    assert len(read_xlsx(workbook(*rows)).entries) == 2
    assert told(read_xlsx(workbook(*rows, ["ordering", "c"])).notes) == ["4 error not_a_table what=too many rows"]
    monkeypatch.setattr(spreadsheets, "LARGEST_FILE", 1024**2)
    assert told(read_xlsx(b"x" * (1024**2 + 1)).notes) == ["0 error file_too_large most=1"]
    assert told(read_xlsx(b"x" * 1024**2).notes) == ["0 error not_a_workbook what=it is something else, or damaged"]


def test_what_a_written_workbook_looks_like():
    question = Authored("true_false", "=Q\x01", choices=true_false_choices(True, "", ""))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Entry(1, question)])))
    sheet = book["Questions"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["kind", "question", "right"],
        ["true or false", "'=Q", "true"],
    ]
    assert {
        (cell.data_type, cell.number_format, cell.alignment.wrap_text, cell.alignment.vertical)
        for row in sheet
        for cell in row
    } == {("s", "@", True, "top")}
    assert [[cell.font.b for cell in row] for row in sheet] == [[True] * 3, [False] * 3]
    assert (sheet.freeze_panes, sheet.sheet_format.defaultColWidth) == ("A2", 22)


def test_what_the_template_looks_like():
    book = openpyxl.load_workbook(io.BytesIO(write_template(examples()[:1])))
    rows = [list(row) for row in book["Columns"].iter_rows(values_only=True)]
    assert rows[0] == ["Column", "What goes there"]
    assert rows[1:17] == [[name, quoted(meaning)] for name, meaning in COLUMNS.items()]
    assert rows[17:] == [[f"{name} 1, {name} 2 …", meaning] for name, meaning in NUMBERED.items()]
    empty = list(book["Questions"].iter_rows(values_only=True))
    assert (empty[0], len(empty), {cell for row in empty[1:] for cell in row}) == (tuple(all_columns(6)), 51, {None})
    assert next(book["Examples"].iter_rows(values_only=True))[:2] == ("kind", "question")


# What a table can't say


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry(1, None), Unsayable.UNFINISHED),
        (Entry(1, Authored("true_false", "Q")), Unsayable.UNFINISHED),
        (Entry(1, Authored("ordering", "Q", picture=Picture(1, "A till"))), Unsayable.PICTURE),
        (Entry(1, Authored("ordering", "Q"), picture=Attachment("a.png", b"")), Unsayable.PICTURE),
        (Entry(1, Authored("ordering", "Q", steps=(Step("x" * 32_001),))), Unsayable.TOO_LONG),
        (Entry(1, Authored("ordering", "Q", steps=(Step("x" * 32_000),))), None),
        (
            Entry(1, Authored("ordering", "Q", steps=tuple(Step(str(number)) for number in range(501)))),
            Unsayable.TOO_LONG,
        ),
        (Entry(1, Authored("ordering", "Q\x01")), Unsayable.MISREAD),
        (Entry(1, Authored("ordering", "")), Unsayable.MISREAD),
        (Entry(1, Authored("single", "'=Q", choices=(Choice("a"), Choice("b", True)))), None),
    ],
)
def test_what_a_table_cannot_say(entry, reason):
    assert unsayable_in_a_table(entry) == reason


# What is easily passed over


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        *[("single", column) for column in ("answer", "feedback", "credit")],
        *[("matching", column) for column in ("answer", "match", "feedback")],
        *[("ordering", column) for column in ("answer", "feedback")],
        *[("short text", column) for column in ("answer",)],
        *[("spot it", column) for column in ("answer", "speaker", "match", "feedback")],
    ],
)
def test_a_single_cell_makes_an_answer_however_far_to_the_right(kind, column):
    entry = one(**{"kind": kind, "question": "Q", "right": "", "answer_1": "a", "answer_2": "b", f"{column}_11": "50%"})
    authored = entry.authored
    assert len(authored.choices or authored.pairs or authored.steps or authored.accepted or authored.lines) == 3
    assert told(entry.notes) == []


@pytest.mark.parametrize("column", ["credit", "tolerance"])
def test_what_an_answer_that_is_missing_would_be_worth_is_an_answer_to_anything_else(column):
    entry = one(**{**NUMBER, "feedback_2": "x", f"{column}_3": "50%"})
    assert told(entry.notes) == ["3 error blank_option"]


@pytest.mark.parametrize("column", ["answer", "feedback", "credit", "tolerance", "gap"])
def test_each_cell_of_a_gap_s_answer_needs_its_gap(column):
    entry = one(**{**GAPS, f"{column}_2": "9"})
    assert told(entry.notes) == [f"3 error unreadable_cell column=gap 2 text={'9' if column == 'gap' else ''}"]


def test_feedback_to_any_other_answer_of_a_gap_to_choose_from_is_taken_once():
    entry = one(
        kind="gaps", question="[[1]]", gaps="choice", right="2", answer_1="a", gap_1="1", answer_2="b", gap_2="1",
        feedback_3="x", gap_3="1", feedback_4="y", gap_4="1",
    )  # fmt: skip
    assert entry.authored.gaps[0].otherwise == "x"


def test_a_kind_with_a_stroke_and_many_right_ones():
    entry = one(kind="True/False", question="Q", right="true")
    assert entry.authored.kind == "true_false"
    entry = one(kind="multiple", question="Q", right=",1 ;2, ", answer_1="a", answer_2="b")
    assert [choice.is_right for choice in entry.authored.choices] == [True, True]


def test_a_table_without_a_cell_for_the_kind_tells_so():
    (entry,) = read_rows([(1, ["question", "kind"]), (2, ["Q"])]).entries
    assert (entry.type_name, told(entry.notes)) == ("", ["2 error not_a_kind text="])


@pytest.mark.parametrize(
    ("text", "share"),
    [("1.5", Fraction(3, 200)), ("1.01", Fraction(101, 10_000)), ("2", Fraction(1, 50)), ("-1", -Fraction(1))],
)
def test_more_than_one_is_per_cent(text, share):
    assert read_share(text) == share


def test_right_answers_of_two_gaps_to_choose_from():
    gap = Gap(CHOICE_GAP, choices=(Choice("a", True), Choice("b")))
    columns, cells = write_rows([Entry(1, Authored("gaps", "[[1]] [[2]]", gaps=(gap, gap)))])
    assert dict(zip(columns, cells, strict=True))["right"] == "1, 3"


def test_large_and_endless_numbers_of_a_workbook():
    for value, text in ((1e16, "1e+16"), (123456789.0, "123456789"), (2 / 3, "0.6666666666666666")):
        (entry,) = read_xlsx(workbook(["kind", "question"], ["ordering", value])).entries
        assert entry.authored.stem == text


def test_empty_cells_say_nothing():
    (entry,) = read_xlsx(workbook(["kind", "question", "answer 1"], ["ordering", "a\r\rb", None])).entries
    assert (entry.authored.stem, entry.authored.steps) == ("a\n\nb", ())
