"""What all formats share, to the last detail: texts, labels, weights, pictures, trees of XML, keys, and the list of formats."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.digests import digest
from quizzes.domain.exchange import formats, texts, xml_tree
from quizzes.domain.exchange.checking import answers_in, fault_notes, faults_of
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.formats import FORMATS, Unsaid, divide
from quizzes.domain.exchange.gift.text import marked, one_line, text_of, unmarked
from quizzes.domain.exchange.identity import content_digest, external_id, source_key
from quizzes.domain.exchange.labels import Labels, labels_of, tags_of
from quizzes.domain.exchange.markup import Plain
from quizzes.domain.exchange.pictures import LARGEST_PICTURE, decoded, file_name, picture_type
from quizzes.domain.exchange.records import Attachment, Code, Entry, Note, Parsed, Severity, note, refused
from quizzes.domain.exchange.saying import GIFT, Unsayable, is_sayable_number, plain_number, tolerance_of
from quizzes.domain.exchange.tables import write_rows
from quizzes.domain.exchange.texts import Unreadable, decode
from quizzes.domain.exchange.weights import decimal_text, nearest_allowed, weight_of, weight_text
from quizzes.domain.exchange.xml_tree import XmlForbidden, XmlRefused, XmlTooDeep, read_tree
from quizzes.domain.kinds import CHOICE_GAP, TEXT_GAP
from quizzes.domain.questions import Picture
from tests.quizzes.domain.exchange.telling import told

TRUE = Authored("true_false", "Q", choices=true_false_choices(True, "", ""))

# Texts


def refusal(content: bytes) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        decode(content)
    assert caught.value.parsed.is_refused
    return told(caught.value.parsed.notes)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbf\xc3\xa9", "é"),
        ("é\n".encode("utf-16"), "é\n"),
        (b"\xfe\xff\x00a", "a"),
        (b"\xff\xfea\x00b", "a\ufffd"),
        ("\ufdd0\ufdef\ufdf0".encode(), "\ufffd\ufffd\ufdf0"),
    ],
)
def test_bytes_are_read_as(content, text):
    assert decode(content) == (text, ())


def test_lines_of_windows_1252_are_told():
    text, notes = decode(b"\xc3\xa9\n\xe9\n\x81\xe9")
    assert text == "é\né\n\ufffdé"
    assert told(notes) == ["2 warning read_as_cp1252"]


def test_as_much_as_a_text_may_hold(monkeypatch):
    assert refusal(b"a\x00") == ["0 error not_text"]
    monkeypatch.setattr(texts, "MOST_LINES", 2)
    monkeypatch.setattr(texts, "MOST_TAGS", 3)
    decode(b"a\nb\n<&<")
    assert refusal(b"a\nb\nc\n") == ["2 error too_many_lines most=2"]
    assert refusal(b"<&<&") == ["0 error too_much_markup most=3"]
    monkeypatch.setattr(texts, "LARGEST_FILE", 2 * 1024**2)
    decode(b" " * 2 * 1024**2)
    assert refusal(b" " * (2 * 1024**2 + 1)) == ["0 error file_too_large most=2"]


def test_large_numbers_are_told_with_commas(monkeypatch):
    monkeypatch.setattr(texts, "MOST_LINES", 1000)
    monkeypatch.setattr(texts, "MOST_TAGS", 1000)
    assert refusal(b"\n" * 1001) == ["1000 error too_many_lines most=1,000"]
    assert refusal(b"<" * 1001) == ["0 error too_much_markup most=1,000"]


def test_gift_s_escapes():
    assert unmarked(marked(r"\: \# \= \{ \} \~ \\ \n \x")) == ": # = { } ~ \\ \n \\x"
    assert one_line(marked(" a \n b\\nc ")) == "a b\nc"


@pytest.mark.parametrize(
    ("written", "usual", "text", "form"),
    [
        (" a \n b ", "plain", "a\nb", "plain"),
        (" a \n b ", "moodle", "a b", "moodle"),
        ("a\\n<i>b</i>", "moodle", "a\nb", "moodle"),
        ("a <b \\n c", "moodle", "a <b \n c", "moodle"),
        ("[html] a <br> b\n", "plain", "a\nb", "html"),
        ("[markdown]a\n*b*", "html", "a\nb", "markdown"),
        ("[other]a", "plain", "[other]a", "plain"),
    ],
)
def test_gift_s_texts(written, usual, text, form):
    plain, name = text_of(marked(written), usual)
    assert (plain.text, name) == (text, form)


def test_gift_s_texts_tell_what_is_lost():
    assert text_of("a\\n<i>b</i>", "moodle")[0].lost == ("i",)
    assert text_of("a <b> c", "plain")[0] == Plain("a <b> c")


# Labels


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        ([], Labels()),
        (["a  b", " ", "a b", "c"], Labels(tags=("a b", "c"))),
        (["REL-1", "clause: tan-2", "REL-1", "rel-1"], Labels(tags=("rel-1",), codes=("REL-1", "TAN-2"))),
        (["Difficulty: 2", "difficulty:4"], Labels(tags=("difficulty:4",), difficulty=2)),
        (
            ["piawai:all-or-nothing", "piawai:keeps-order", "piawai:minds-case", "piawai:minds-accents"],
            Labels(switches=("is_all_or_nothing", "keeps_order", "minds_case", "minds_accents")),
        ),
        (
            ["piawai:odd"],
            Labels(notes=(Note(5, Severity.WARNING, Code.TAG_UNREADABLE, (("text", "piawai:odd"),)),)),
        ),
    ],
)
def test_labels(tags, labels):
    assert labels_of(tags, 5) == labels


def test_labels_of_no_line():
    assert told(labels_of(["piawai:odd"]).notes) == ["0 warning tag_unreadable text=piawai:odd"]


def test_labels_are_applied_and_written():
    labels = labels_of(["piawai:keeps-order", "piawai:minds-case"])
    applied = labels.applied(TRUE)
    assert applied == replace(TRUE, keeps_order=True, minds_case=True)
    entry = Entry(1, applied, tags=("t",), codes=("REL-1", "x", "ABCDEF-1"), difficulty=3)
    assert tags_of(entry) == [
        "REL-1", "clause:x", "clause:ABCDEF-1", "t", "difficulty:3", "piawai:keeps-order", "piawai:minds-case",
    ]  # fmt: skip
    assert tags_of(Entry(1, None)) == []


def test_codes_among_tags():
    labels = labels_of(["REL-1", "R-1", "ABCDEF-1", "Clause: x", "REL-1234567890", "clause:", "a", "a"])
    assert (labels.codes, labels.tags) == (("REL-1", "X"), ("R-1", "ABCDEF-1", "REL-1234567890", "clause:", "a"))


# Notes


def test_notes_are_short():
    assert note(Severity.INFO, Code.EMPTY_FILE) == Note(0, Severity.INFO, Code.EMPTY_FILE, ())
    assert note(Severity.ERROR, Code.NOT_A_KIND, 3, b=1, a=" x \n y ").params == (("a", "x y"), ("b", "1"))
    assert note(Severity.ERROR, Code.NOT_A_KIND, text="x" * 80).params == (("text", "x" * 80),)
    assert note(Severity.ERROR, Code.NOT_A_KIND, text="x" * 81).params == (("text", "x" * 79 + "…"),)
    assert note(Severity.ERROR, Code.NOT_A_KIND, text=" " * 319 + "xy").params == (("text", "x"),)


def test_refused():
    parsed = refused(Code.NOT_A_KIND, 3, text="x")
    assert parsed == Parsed(notes=(Note(3, Severity.ERROR, Code.NOT_A_KIND, (("text", "x"),)),), is_refused=True)
    assert told(refused(Code.EMPTY_FILE).notes) == ["0 error empty_file"]


# Weights


@pytest.mark.parametrize(
    ("written", "weight"),
    [
        ("100", 1), ("-100", -1), ("0", 0), (" 12,5 ", Fraction(1, 8)), ("33.33333", Fraction(1, 3)), ("33.33", Fraction(1, 3)),
        ("33.3", Fraction(333, 1000)), ("-16.66667", -Fraction(1, 6)), ("33.34", Fraction(1, 3)), ("14.2857", Fraction(1, 7)),
        ("7.69231", Fraction(1, 13)), ("12.34", Fraction(617, 5000)), ("7.6923", Fraction(76923, 10**6)),
        ("100.0", 1), ("50.", Fraction(1, 2)),
        ("100.01", None), ("101", None), ("-100.1", None), ("+5", None), ("1e2", None), ("", None), ("1000", None), (".5", None),
    ],
)  # fmt: skip
def test_a_weight_is_read_as(written, weight):
    assert weight_of(written) == weight


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (Fraction(1), "100"), (Fraction(-1, 2), "-50"), (Fraction(1, 8), "12.5"), (Fraction(1, 16), "6.25"),
        (Fraction(1, 3), "33.33333"), (Fraction(-1, 6), "-16.66667"), (Fraction(1, 13), "7.69231"), (Fraction(1, 32), "3.125"),
        (Fraction(0), "0"), (Fraction(1, 999983), None), (Fraction(1, 64), "1.56250"), (Fraction(3, 2), None),
        (Fraction(1, 997), "0.10030"),
    ],
)  # fmt: skip
def test_a_weight_is_written_as(fraction, text):
    assert weight_text(fraction) == text


def test_the_nearest_weight_that_moodle_has():
    assert nearest_allowed(Fraction(34, 100)) == Fraction(1, 3)
    assert nearest_allowed(Fraction(-34, 100)) == -Fraction(1, 3)
    assert nearest_allowed(Fraction(1, 100)) == 0


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(3), "3"), (Fraction(-1, 4), "-0.25"), (Fraction(5, 2), "2.5"), (Fraction(1, 3), None),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"), (Fraction(1, 10**31), None),
    ],
)  # fmt: skip
def test_decimals(number, text):
    assert decimal_text(number) == text


@pytest.mark.parametrize(
    ("written", "plain", "tolerance"),
    [("1.50", "1.50", "1.50"), ("-2", "-2", "-2"), ("+2", "+2", "+2"), ("1e2", "100", "100"), ("1,5", "1.5", "1.5"), ("x", None, "x"),
     ("0.00", "0.00", ""), ("", None, ""), ("1" * 50, "1" * 50, "1" * 50), ("1" * 51, None, "1" * 51), ("1e-35", None, "1e-35")],
)  # fmt: skip
def test_numbers_as_digits(written, plain, tolerance):
    assert plain_number(written) == plain
    assert tolerance_of(written) == tolerance
    assert is_sayable_number(written) == (plain is not None)


def test_any_number_can_be_said():
    assert is_sayable_number("*")


# Pictures


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff...", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF1234WEBPVP8", "webp"),
        (b"RIFF1234WAVE", None),
        (b"RIFFWEBP", None),
        (b"<svg/>", None),
        (b"", None),
        (b"GIF8".ljust(LARGEST_PICTURE), "gif"),
        (b"GIF8".ljust(LARGEST_PICTURE + 1), None),
    ],
    ids=range(10),
)
def test_a_picture_is_known_by_its_first_bytes(content, kind):
    assert picture_type(content) == kind


def test_base64():
    assert decoded(" YW\nJj ") == b"abc"
    assert [decoded(damaged) for damaged in ("YWJ", "!!!!", "é")] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a b-c_1.png", "a b-c_1.png"),
        ("../x/y.png", "y.png"),
        ("C:\\x\\y.png", "y.png"),
        ("a?*:b.png", "a_b.png"),
        (" .a. ", "a"),
        ("..", "picture"),
        ("Xa.pngX", "Xa.pngX"),
        ("é.png", "é.png"),
        ("", "picture"),
        (f"ab{'c' * 99}", f"b{'c' * 99}"),
    ],
)
def test_names_of_files(name, kept):
    assert file_name(name) == kept


# Trees of XML


def test_a_tree():
    tree = read_tree(b'<a x="1">one<b>two &lt;</b>\n three<c/><b><c>four</c></b></a>')
    assert (tree.tag, tree.line, tree.attributes, tree.text) == ("a", 1, {"x": "1"}, "one\n three")
    assert [(child.tag, child.line, child.text) for child in tree.children] == [
        ("b", 1, "two <"),
        ("c", 2, ""),
        ("b", 2, ""),
    ]
    assert [child.line for child in tree.all("b")] == [1, 2]
    assert (tree.said("b"), tree.said("b", "c"), tree.said("c", "b"), tree.said()) == ("two <", "", "", "one\n three")
    assert (tree.first("b").text, tree.first("d"), tree.first("d", "b")) == ("two <", None, None)
    assert (tree.length(but="c"), tree.length(but="b"), tree.length(but="")) == (15, 10, 19)
    assert (tree.count("<"), tree.count("e"), tree.count("o")) == (1, 3, 3)


@pytest.mark.parametrize(
    ("content", "refusal", "line", "why"),
    [
        (b"<a>\n<b></a>", XmlRefused, 2, "mismatched tag"),
        (b"<!DOCTYPE a>\n<a/>", XmlForbidden, 1, "entities or a document type"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', XmlRefused, 1, "unknown encoding: klingon"),
        (b"<a>" * 40 + b"\n<b>", XmlTooDeep, 2, "too many elements inside each other"),
    ],
)
def test_xml_that_is_refused(content, refusal, line, why):
    with pytest.raises(XmlRefused) as caught:
        read_tree(content)
    assert (type(caught.value), caught.value.line, str(caught.value)) == (refusal, line, why)


def test_xml_in_an_encoding_of_several_bytes_is_refused_on_its_first_line():
    with pytest.raises(XmlRefused) as caught:
        read_tree(b'<?xml version="1.0" encoding="big5"?>\n<a/>')
    assert caught.value.line == 1
    assert "multi-byte encodings are not supported" in str(caught.value)


def test_as_much_as_a_tree_may_hold(monkeypatch):
    monkeypatch.setattr(xml_tree, "DEEPEST", 3)
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 4)
    assert read_tree(b"<a><b><c/></b><d/></a>").said("b", "c") == ""
    for too_much in (b"<a><b><c><d/></c></b></a>", b"<a><b/><b/><b/><b/></a>"):
        with pytest.raises(XmlTooDeep):
            read_tree(too_much)


# What a question lacks


def test_faults_are_told_as_warnings():
    assert faults_of(TRUE) == ()
    assert told(fault_notes(Authored("true_false", "", choices=TRUE.choices))) == ["0 warning no_stem"]
    assert told(fault_notes(Authored("true_false", "", choices=TRUE.choices), 4)) == ["4 warning no_stem"]


def test_how_many_answers_a_question_has():
    gaps = (Gap(CHOICE_GAP, choices=(Choice("a"), Choice("b"))), Gap(TEXT_GAP, accepted=(Typed("c"),)))
    everything = Authored(
        "gaps", "Q", choices=(Choice("a"),) * 2, pairs=(Pair("a", "b"),) * 3, steps=(Step("a"),) * 5, accepted=(Typed("a"),) * 7,
        lines=(Line("a"),) * 11, gaps=gaps,
    )  # fmt: skip
    assert (answers_in(everything), answers_in(None), answers_in(TRUE)) == (31, 0, 2)


# Keys


def test_the_key_of_an_id():
    assert source_key(Entry(1, TRUE, external_id="q1")) == "id::q1"
    assert source_key(Entry(1, TRUE, external_id="q" * 96)) == f"id::{'q' * 96}"
    for entry in (Entry(1, TRUE, external_id="q" * 97), Entry(1, TRUE, external_id="q1", category=("a",))):
        key = source_key(entry)
        assert key.startswith("id:")
        assert not key.startswith("id::")
        assert (len(key) < 100, external_id(key)) == (True, "")
    assert (external_id("id::q1"), external_id("id::id::x"), external_id("sha:1")) == ("q1", "id::x", "")


def test_the_key_of_an_id_is_its_own_within_its_category():
    keys = {
        source_key(Entry(1, None, external_id=name, category=path))
        for name in ("q1", "q2")
        for path in (("a",), ("b",))
    }
    assert len(keys) == 4
    first = Entry(1, TRUE, external_id="q1", category=("a",))
    assert source_key(first) == source_key(replace(first, authored=None, line=2, name="other"))


def test_the_key_of_a_question_without_an_id_is_what_it_says():
    entry = Entry(1, TRUE)
    others = [
        replace(entry, authored=replace(TRUE, stem="R")),
        replace(entry, authored=None),
        replace(entry, category=("a",)),
        replace(entry, picture=Attachment("a.png", b"1")),
        replace(entry, picture=Attachment("a.png", b"2")),
    ]
    keys = [source_key(one) for one in (entry, *others)]
    assert len(set(keys)) == 6
    assert all(key.startswith("sha:") and len(key) == 4 + len(hashlib.sha256().hexdigest()) for key in keys)
    assert source_key(replace(entry, line=7, name="x", tags=("y",))) == keys[0]


KINDS = (
    Authored("single", "Q", choices=(Choice("a", True, id="x"), Choice("b", id="y"))),
    Authored("matching", "Q", pairs=(Pair("a", "b", id="x"), Pair("c", "d", id="y"))),
    Authored("ordering", "Q", steps=(Step("a", id="x"), Step("b", id="y"))),
    Authored("short_text", "Q", accepted=(Typed("a", id="x"),)),
    Authored(
        "gaps",
        "Q [[1]] [[2]]",
        gaps=(
            Gap(CHOICE_GAP, choices=(Choice("a", True, id="x"), Choice("b", id="y")), id="g"),
            Gap(TEXT_GAP, accepted=(Typed("c", id="z"),), id="h"),
        ),
    ),
    Authored("spot_it", "Q", lines=(Line("a", "S", id="x"), Line("b", breaks="REL-1", id="y")), codes=("REL-1",)),
)


def renamed(authored: Authored) -> Authored:
    """With other ids everywhere."""

    def each(parts):
        return tuple(replace(part, id=f"{part.id}{part.id}") for part in parts)

    gaps = tuple(
        replace(gap, id=gap.id * 2, choices=each(gap.choices), accepted=each(gap.accepted)) for gap in authored.gaps
    )
    return replace(
        authored, choices=each(authored.choices), pairs=each(authored.pairs), steps=each(authored.steps),
        accepted=each(authored.accepted), lines=each(authored.lines), gaps=gaps,
    )  # fmt: skip


@pytest.mark.parametrize("authored", KINDS, ids=lambda one: one.kind)
def test_ids_and_blanks_at_the_ends_and_the_picture_do_not_matter_to_what_a_question_says(authored):
    said = content_digest(authored)
    assert content_digest(renamed(authored)) == said
    assert content_digest(replace(authored, stem=f" {authored.stem} ")) == said
    assert content_digest(replace(authored, picture=Picture(1, "A till"), codes=("REL-1", "TAN-1"))) == said
    assert content_digest(replace(authored, general="x")) != said
    assert content_digest(replace(authored, kind="multiple")) != said


def test_digests_are_those_of_yesterday():
    """A file that came in before the last release must be known again after it."""
    assert [content_digest(one)[:12] for one in KINDS] == DIGESTS
    assert source_key(Entry(1, KINDS[0], category=("a",), picture=Attachment("a.png", b"1")))[:16] == "sha:f98d7be01994"


DIGESTS = ["e0b5d1bee0f2", "8b25a19e7948", "3a73257f7d6c", "362f6224f9f1", "b5f33f11bca2", "f61d77c9767d"]

# Formats


def test_the_formats():
    assert [(one.name, one.label, one.suffix, one.media_type, one.has_pictures) for one in FORMATS.values()] == [
        ("gift", "GIFT", "gift", "text/plain", False),
        ("aiken", "Aiken", "txt", "text/plain", False),
        ("moodlexml", "Moodle XML", "xml", "application/xml", True),
        ("xlsx", "Excel (.xlsx)", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("csv", "CSV", "csv", "text/csv", False),
    ]
    assert list(FORMATS) == [one.name for one in FORMATS.values()]


def test_questions_are_divided_into_what_a_format_can_say_and_what_not():
    single = Entry(1, Authored("single", "Which?", choices=(Choice("a", True), Choice("b"))))
    unread, gaps = Entry(2, None), Entry(3, KINDS[4])
    assert divide([single, unread, gaps], FORMATS["gift"]) == (
        [single],
        [Unsaid(unread, Unsayable.UNFINISHED), Unsaid(gaps, Unsayable.KIND)],
    )
    assert divide([Entry(1, TRUE), single], FORMATS["aiken"]) == ([single], [Unsaid(Entry(1, TRUE), Unsayable.KIND)])


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_writes_what_it_reads(name):
    form = FORMATS[name]
    authored = Authored("single", "Café?", choices=(Choice("a", True), Choice("b")))
    (read,) = form.read(form.write([Entry(1, authored)])).entries
    assert read.authored == authored


# Examples

EXAMPLES = [
    {
        "kind": "single choice",
        "question": "A customer was promised the kettle until Saturday. Somebody else wants it on Friday. What do you do?",
        "right": "1",
        "general feedback": "What one of us promised, all of us keep.",
        "answer 1": "Keep it, and order another.",
        "feedback 1": "Yes: the promise is the shop’s.",
        "answer 2": "Sell it: Friday is today.",
        "feedback 2": "Then the promise was worth nothing.",
    },
    {
        "kind": "multiple choice",
        "question": "What does somebody need to hear before they agree to a repair?",
        "right": "1, 2",
        "answer 1": "The price",
        "answer 2": "How long it takes",
        "answer 3": "Your target for the month",
        "feedback 3": "That is ours, not theirs.",
    },
    {
        "kind": "true or false",
        "question": "A quick answer is worth more than a right one.",
        "right": "false",
        "feedback 1": "It has to be both.",
        "feedback 2": "Right: fast and wrong comes back.",
    },
    {
        "kind": "matching",
        "question": "Which answer fits which question?",
        "answer 1": "“Where is my order?”",
        "match 1": "I look it up while you wait.",
        "answer 2": "“May I bring it back?”",
        "match 2": "Within 30 days, with the receipt.",
        "match 3": "That isn’t my department.",
    },
    {
        "kind": "ordering",
        "question": "Bring the steps of a complaint into order.",
        "answer 1": "Listen",
        "answer 2": "Say sorry",
        "answer 3": "Solve it",
        "answer 4": "Ask whether it helped",
    },
    {
        "kind": "short text",
        "question": "What do you call somebody whose name you know?",
        "answer 1": "*name*",
        "feedback 1": "Yes, by their name.",
        "answer 2": "sir",
        "credit 2": "50%",
        "feedback 3": "You know the name: use it.",
    },
    {
        "kind": "number",
        "question": "Within how many minutes do we answer the door bell at the counter?",
        "answer 1": "2",
        "tolerance 1": "0.5",
        "feedback 1": "Yes.",
        "feedback 2": "Two minutes.",
        "unit 1": "minutes",
        "factor 1": "1",
        "unit 2": "seconds",
        "factor 2": "1/60",
    },
    {
        "kind": "gaps",
        "question": "We [[1]] what we promise within [[2]] days, and tell the [[3]] when we can’t.",
        "right": "1",
        "gaps": "choice; number; text",
        "answer 1": "keep",
        "gap 1": "1",
        "answer 2": "forget",
        "gap 2": "1",
        "feedback 2": "No.",
        "answer 3": "3",
        "gap 3": "2",
        "gap 4": "2",
        "feedback 4": "Three.",
        "answer 5": "customer",
        "gap 5": "3",
        "answer 6": "guest",
        "gap 6": "3",
    },
    {
        "kind": "spot it",
        "question": "Which line breaks what standard?",
        "answer 1": "Good morning. My kettle leaks.",
        "speaker 1": "Customer",
        "answer 2": "You must have dropped it.",
        "match 2": "REL-1",
        "speaker 2": "Aina",
        "feedback 2": "She hasn’t asked anything yet.",
        "answer 3": "I only bought it yesterday.",
        "speaker 3": "Customer",
    },
]


def test_the_examples_of_the_template():
    columns, *rows = write_rows(examples())
    told_apart = {"id", "clauses", "difficulty", "tags"}
    assert [
        {name: cell for name, cell in zip(columns, row, strict=True) if cell and name not in told_apart} for row in rows
    ] == EXAMPLES
    assert [(one.line, one.external_id, one.codes, one.difficulty, one.tags) for one in examples()] == [
        (0, f"example-{number}", ("REL-1",), 2, ("example",)) for number in range(1, 10)
    ]
    assert all(faults_of(one.authored) == () for one in examples())


def test_what_a_format_of_text_cannot_say_and_how_it_is_encoded():
    why_not, write = formats._as_text(GIFT), formats._encoded(lambda entries: "é" * len(list(entries)))
    assert [why_not(Entry(1, one)) for one in (None, TRUE, KINDS[4])] == [Unsayable.UNFINISHED, None, Unsayable.KIND]
    assert write([Entry(1, TRUE)] * 2) == "éé".encode()


def test_keys_of_questions_that_could_not_be_read_are_told_apart_by_their_pictures_and_categories_alone():
    bare = source_key(Entry(1, None))
    assert bare == "sha:" + digest({"parts": [[], "", ""]})
    assert source_key(Entry(5, None, name="x")) == bare
