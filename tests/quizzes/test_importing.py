"""Questions of a file into the bank and back: what would come in, all of it or nothing, and the same file again changes nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import Collection

from quizzes.domain.authoring import Authored, Choice
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.records import Attachment, Code, Entry, Parsed
from quizzes.domain.keys import Unit
from quizzes.enums import Standing
from quizzes.models import AnswerKey, Question
from quizzes.selectors import exchange
from quizzes.selectors.exchange import entries_unscoped, plan_import_unscoped, questions_to_export_unscoped
from quizzes.services import import_questions, importing
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.standards import cite

pytestmark = pytest.mark.django_db

CHOICE = Authored("single", "Who goes first?", choices=(Choice("She", True, "Yes."), Choice("He")))


def png(colour: str = "red") -> bytes:
    output = io.BytesIO()
    Pillow.new("RGB", (2, 2), colour).save(output, "PNG")
    return output.getvalue()


def file_of(*entries: Entry) -> Parsed:
    return Parsed(entries)


def bring_in(*entries: Entry, publishes: bool = False) -> list[Question]:
    return list(import_questions(parsed=file_of(*entries), publishes=publishes, by=None, now=NOW).made)


def standings(*entries: Entry, publishes: bool = False) -> list[Standing]:
    return [each.standing for each in plan_import_unscoped(file_of(*entries), publishes=publishes).questions]


def everything() -> list[Entry]:
    """Of every kind, as they are written and read again."""
    return [replace(entry, line=0) for entry in entries_unscoped(questions_to_export_unscoped(), with_pictures=False)]


def test_every_kind_comes_in_goes_out_and_comes_back_as_it_was():
    cite("REL-1")
    bring_in(*examples(), publishes=True)

    out = everything()

    assert [entry.authored.kind for entry in out] == [entry.authored.kind for entry in examples()]
    assert [(entry.external_id, entry.codes, entry.tags) for entry in out] == [
        (entry.external_id, entry.codes, entry.tags) for entry in examples()
    ]
    assert set(standings(*out)) == {Standing.THERE}
    assert Question.objects.filter(live=True).count() == 9
    for each in FORMATS.values():
        sayable = [entry for entry in out if each.unsayable(entry) is None]
        back = each.read(each.write(sayable)).entries
        # Aiken has no ids and no feedback.
        assert set(standings(*back)) == {Standing.DRAFT if each.name == "aiken" else Standing.THERE}


def test_the_same_file_again_changes_nothing():
    cite("REL-1")
    first = bring_in(*examples(), publishes=True)
    keys = AnswerKey.objects.count()

    again = bring_in(*examples(), publishes=True)

    assert (len(first), again) == (9, [])
    assert (Question.objects.count(), AnswerKey.objects.count()) == (9, keys)


def test_what_is_here_stays_and_what_is_twice_comes_in_once():
    entry = Entry(1, CHOICE, external_id="q1", codes=("REL-1",))
    bring_in(entry)
    other = replace(entry, authored=replace(CHOICE, stem="Who goes last?"))

    assert standings(other, replace(entry, category=("A",)), replace(entry, category=("A",))) == [
        Standing.CHANGED,
        Standing.DRAFT,
        Standing.TWICE,
    ]


def test_without_an_id_it_is_known_by_what_it_says_in_its_category():
    (question,) = bring_in(Entry(1, CHOICE, category=("Till", "Opening"), tags=("mine",)))

    same = Entry(9, replace(CHOICE, stem=" Who goes first? "), category=("Till", "Opening"))

    assert standings(same, replace(same, category=())) == [Standing.THERE, Standing.DRAFT]
    assert sorted(tag.name for tag in question.tags.all()) == ["Till / Opening", "mine"]


def test_what_was_exported_from_here_is_known_again():
    question = publish_question()
    entry = everything()[0]

    assert entry.external_id == str(question.translation_key)
    assert standings(entry, replace(entry, external_id="x" * 36)) == [Standing.THERE, Standing.DRAFT]


def test_published_only_where_it_is_complete_and_asked_for():
    cite("REL-1")
    whole = Entry(1, CHOICE, external_id="1", codes=("REL-1",))
    entries = (
        whole,
        replace(whole, external_id="2", codes=()),
        replace(whole, external_id="3", is_published=False),
        replace(whole, external_id="4", codes=("REL-1", "NOPE-1")),
        replace(whole, external_id="5", authored=replace(CHOICE, choices=CHOICE.choices[:1])),
    )

    made = bring_in(*entries, publishes=True)

    assert [question.live for question in made] == [True, False, False, True, False]
    plan = plan_import_unscoped(file_of(*(replace(each, category=("A",)) for each in entries)), publishes=True)
    assert [[note.code for note in each.notes] for each in plan.questions] == [
        [],
        [Code.NO_CLAUSE],
        [],
        [Code.UNKNOWN_CLAUSE],
        [Code.TOO_FEW_OPTIONS],
    ]
    assert [each.is_worrying for each in plan.questions] == [False, False, False, True, True]


def test_a_dialogue_offers_the_clauses_that_are_in_force():
    cite("REL-1")
    spot = replace(examples()[8], codes=("REL-1", "NOPE-1"))

    (question,) = bring_in(spot)

    assert question.content.option_ids == ("REL-1",)


def test_at_most_so_many_are_published_at_once(monkeypatch):
    monkeypatch.setattr(exchange, "MOST_PUBLISHED", 1)
    cite("REL-1")

    plan = plan_import_unscoped(file_of(*examples()), publishes=True)

    assert set(plan.counts) == {Standing.DRAFT}
    assert [note.code for note in plan.notes] == [Code.TOO_MANY_TO_PUBLISH]


def test_what_the_database_has_no_room_for_is_refused():
    number = replace(examples()[6].authored, units=(Unit("m" * 31),))
    broken = Entry(1, CHOICE, picture=Attachment("a.png", b"\x89PNG\r\n\x1a\n"))

    plan = plan_import_unscoped(file_of(Entry(1, number), broken, Entry(2, None)), publishes=False)

    assert [[note.code for note in each.notes] for each in plan.questions] == [
        [Code.UNIT_TOO_LONG],
        [Code.PICTURE_DAMAGED],
        [],
    ]
    assert plan.coming_in == ()


def test_a_picture_of_far_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(exchange, "MOST_PIXELS", 3)

    assert standings(Entry(1, CHOICE, picture=Attachment("a.png", png()))) == [Standing.REFUSED]


def test_pictures_go_into_a_collection_of_their_own_once_each():
    picture = Attachment("till.png", png(), "A till with an open drawer")

    first, second = bring_in(
        Entry(1, CHOICE, picture=picture),
        Entry(2, replace(CHOICE, stem="And then?"), picture=replace(picture, alt="B")),
    )

    assert first.image_id == second.image_id
    assert (first.image_alt, second.image_alt) == ("A till with an open drawer", "B")
    assert first.image.collection == Collection.objects.get(name="Questions")
    (out, _) = entries_unscoped(questions_to_export_unscoped(), with_pictures=True)
    assert (out.picture.content, out.picture.alt) == (picture.content, picture.alt)
    assert FORMATS["csv"].unsayable(out) == "picture"
    xml = FORMATS["moodlexml"]
    cite("REL-1")
    back = xml.read(xml.write([out])).entries[0]
    assert (back.picture.content, back.picture.alt) == (picture.content, picture.alt)


def test_a_failure_leaves_nothing_behind(monkeypatch):
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(importing, "_make_drafts", fail)
    names = set(default_storage.listdir("original_images")[1]) if default_storage.exists("original_images") else set()

    with pytest.raises(RuntimeError):
        bring_in(Entry(1, CHOICE, picture=Attachment("gone.png", png("blue"))))

    assert (Question.objects.count(), get_image_model().objects.count()) == (0, 0)
    assert set(default_storage.listdir("original_images")[1]) == names


def test_a_refused_file_brings_in_nothing():
    parsed = FORMATS["moodlexml"].read(b"<test/>")

    imported = import_questions(parsed=parsed, publishes=True, by=None, now=NOW)

    assert (imported.made, imported.plan.is_refused) == ((), True)


def test_choosing_what_to_export():
    publish_question("one", codes=("REL-1",))
    bring_in(Entry(1, CHOICE, tags=("till",)))

    assert [
        entry.codes for entry in entries_unscoped(questions_to_export_unscoped(codes=["REL-1"]), with_pictures=False)
    ] == [("REL-1",)]
    assert questions_to_export_unscoped(tags=["till", "other"]).count() == 1
    assert questions_to_export_unscoped().count() == 2


def run(command: str, *args: str) -> tuple[str, str]:
    output, errors = io.StringIO(), io.StringIO()
    call_command(command, *args, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_the_commands(tmp_path: Path):
    editor = UserFactory()
    file = tmp_path / "questions.gift"
    file.write_text("::a:: Who goes first? {=She ~He}\n\n::b:: Tell us. {}\n")

    dry = run("import_questions", str(file), "--format", "gift", "--dry-run")
    wet = run("import_questions", str(file), "--format", "gift", "--by", editor.email)
    again = run("import_questions", str(file), "--format", "gift")
    out = run("export_questions", "--format", "gift", "--output", str(tmp_path / "out.gift"))
    aiken = run("export_questions", "--format", "moodlexml", "--output", str(tmp_path / "out.xml"), "--tag", "none")

    assert dry[0].splitlines()[-1] == "Nothing was written."
    assert "Line 3: error: An essay can't be brought in: nothing here marks free text." in dry[1]
    assert wet[0].splitlines() == ["Can’t come in: 1", "Comes in as a draft: 1", "Brought in: 1."]
    assert again[0].splitlines()[-1] == "Brought in: 0."
    assert (out[0], aiken[0]) == ("Written: 1. Left out: 0.\n", "Written: 0. Left out: 0.\n")
    assert Question.objects.count() == 1


def test_the_commands_say_what_they_leave_out(tmp_path: Path):
    bring_in(Entry(1, replace(CHOICE, choices=())))

    said = run("export_questions", "--format", "aiken", "--output", str(tmp_path / "out.txt"))

    assert said == (
        "Written: 0. Left out: 1.\n",
        "Left out: Who goes first? (It isn't finished: it couldn't be asked yet.)\n",
    )


def test_the_command_refuses_with_the_line(tmp_path: Path):
    file = tmp_path / "questions.xml"
    file.write_text("<quiz>\n&nbsp;</quiz>")

    with pytest.raises(CommandError, match=r"^The file was refused\. Nothing was written\.$"):
        run("import_questions", str(file), "--format", "moodlexml")
    with pytest.raises(CommandError, match="can't be opened"):
        run("import_questions", str(tmp_path / "missing"), "--format", "gift")
    file.write_text("Q {=a ~b}")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        run("import_questions", str(file), "--format", "gift", "--by", "nobody@piawai.example")
