"""Scenarios in by file, as drafts, and out again."""

from __future__ import annotations

import io
import json
import random
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from benchmarks.fuzzing import mutated
from quizzes.domain.exchange.records import LARGEST_FILE
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import CONTENT, make_persona, practice_page, publish_scenario
from tests.training.scenarios.exchange.manuscripts import fee
from training import forms
from training.blocks import scenarios as blocks
from training.domain.scenario.exchange import records
from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.exchange.records import WORDS, Code, Parsed
from training.domain.scenario.exchange.schema import scenario_schema
from training.domain.scenario.exchange.twee_writing import write_twee
from training.domain.scenario.graph import Character, Story
from training.models import Persona, ScenarioPage, ScenarioVersion
from training.selectors.moving import VOCABULARY, Outcome, manuscript_unscoped, plan_import
from training.services.moving import import_scenario

pytestmark = pytest.mark.django_db

FOREIGN = """\
:: StoryTitle
The late parcel

:: StoryData
{"ifid": "F2277A49-95C9-4B14-AE66-62526089F862", "start": "Counter"}

:: Counter
"Where is my parcel?"

[[Look it up->Found]]
[[Shrug->Gone]]
[[Run->Away]]

:: Found
There it is. <b>Good.</b>

:: Gone
He leaves.
"""


def parsed(content: str | bytes, name: str = "twee") -> Parsed:
    return FORMATS[name].read(content if isinstance(content, bytes) else content.encode(), VOCABULARY)


def bring(content: str | bytes, name: str = "twee", by=None):
    return import_scenario(parsed=parsed(content, name), by=by, now=NOW)


def draft_of(page: ScenarioPage) -> Story:
    return page.get_latest_revision_as_object().story


# What comes in


def test_a_foreign_story_becomes_a_draft():
    practice_page()
    author = UserFactory(is_superuser=True)

    imported = bring(FOREIGN, by=author)

    page = ScenarioPage.objects.get()
    story = draft_of(page)
    assert (imported.plan.outcome, page.live, page.slug, page.owner) == (Outcome.NEW, False, "the-late-parcel", author)
    assert (story.title, story.start, len(story.nodes)) == ("The late parcel", "counter", 3)
    assert [(choice.key, choice.target) for choice in story.scene("counter").choices] == [
        ("look-it-up", "found"),
        ("shrug", "gone"),
        ("run", "away"),
    ]
    assert {note.code for note in imported.plan.notes} == {Code.BROKEN_LINK, Code.CODE_IN_TEXT, Code.NO_PERSONA}
    assert not ScenarioVersion.objects.exists()


def test_the_same_file_again_changes_nothing():
    practice_page()
    first = bring(FOREIGN).page

    again = bring(FOREIGN)

    assert (again.plan.outcome, again.page) == (Outcome.SAME, first)
    assert first.revisions.count() == 1


def test_a_number_that_many_files_copy_makes_no_scenario_of_another():
    practice_page()
    bring(FOREIGN)

    bring(FOREIGN.replace("The late parcel", "Another story"))

    assert set(ScenarioPage.objects.values_list("slug", flat=True)) == {"the-late-parcel", "another-story"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_scenario_that_is_here_gets_a_new_draft_and_stays_published(name):
    page = publish_scenario()
    written = FORMATS[name].write(manuscript_unscoped(page)).decode()
    changed = written.replace("It is Friday", "It is Saturday").replace("The surprise fee", "The fee")

    same, imported = bring(written, name), bring(changed, name)

    page.refresh_from_db()
    assert (same.plan.outcome, imported.plan.outcome, imported.page) == (Outcome.SAME, Outcome.CHANGED, page)
    assert draft_of(page).introduction.startswith("It is Saturday")
    assert draft_of(page).title == "The fee"
    assert (page.live, page.title, page.introduction[:12]) == (True, "The surprise fee", "It is Friday")
    assert page.slug == CONTENT["slug"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_scenario_goes_to_another_piawai(name):
    page = publish_scenario()
    manuscript = manuscript_unscoped(page)
    written = FORMATS[name].write(manuscript)
    Page.objects.get(pk=page.pk).delete()
    Persona.objects.all().delete()

    imported = bring(written, name)

    assert manuscript_unscoped(imported.page) == manuscript
    assert imported.page.persona.character == page.persona.character
    assert bring(written, name).plan.outcome == Outcome.SAME


@pytest.mark.parametrize("name", FORMATS)
def test_everything_that_a_scenario_can_have_comes_in(name):
    practice_page()
    written = FORMATS[name].write(fee())

    imported = bring(written, name)

    assert manuscript_unscoped(imported.page) == fee()
    assert bring(written, name).plan.outcome == Outcome.SAME


def test_a_number_that_another_page_has_stays_with_it():
    index = practice_page()
    told = json.loads(FORMATS["json"].write(parsed(FOREIGN).manuscript))

    imported = bring(json.dumps({**told, "ifid": str(index.translation_key).upper()}), "json")

    assert imported.page.translation_key != index.translation_key
    assert manuscript_unscoped(imported.page).minutes == 8


def test_what_a_file_does_not_say_stays():
    page = publish_scenario(title="The late parcel", slug="the-late-parcel")

    bring(FOREIGN)

    draft = manuscript_unscoped(ScenarioPage.objects.get())
    assert draft.story.introduction == CONTENT["introduction"]
    assert draft.story.persona == page.persona.character
    assert (draft.minutes, draft.story.start) == (8, "counter")


def test_a_persona_that_is_here_stays_as_it_is_here():
    persona = make_persona()
    practice_page()
    told = Character("rizal", "loyal", persona.name, "Somebody else.")

    imported = bring(with_persona(told))

    assert imported.page.get_latest_revision_as_object().persona == persona
    assert Code.PERSONA_KEPT in {note.code for note in imported.plan.notes}
    assert Persona.objects.get().situation == "Runs a cake shop."


def with_persona(told: Character) -> str:
    lines = [f"@persona {told.name}", f"@face {told.face}", f"@customer {told.kind}", f"@situation {told.situation}"]
    return "\n".join((FOREIGN, ":: Piawai settings", *lines))


def test_half_a_persona_does_not_come_in():
    practice_page()

    imported = bring(with_persona(Character("rizal", "", "Half", "")))

    assert (imported.page.persona, Persona.objects.count()) == (None, 0)
    assert bring(with_persona(Character("rizal", "", "Half", ""))).plan.outcome == Outcome.SAME


def test_an_address_that_is_taken():
    index = practice_page()
    five = bring(FOREIGN.replace("The late parcel", "Five"))
    index.add_child(instance=Page(title="Else", slug="the-late-parcel"))

    refused = bring(FOREIGN)

    assert five.page.slug == "five-2"
    assert bring(FOREIGN.replace("The late parcel", "Five")).plan.outcome == Outcome.SAME
    assert (refused.page, refused.plan.notes[0].code) == (None, Code.ADDRESS_TAKEN)


def test_nothing_comes_in_where_it_may_not():
    stranger = UserFactory()
    without_index = bring(FOREIGN)
    practice_page()
    not_there = bring(FOREIGN, by=stranger)
    page = bring(FOREIGN).page
    changed = FOREIGN.replace("He leaves.", "He left.")
    not_theirs = bring(changed, by=stranger)
    page.locked, page.locked_by = True, UserFactory()
    page.save()
    locked = bring(changed, by=UserFactory(is_superuser=True))

    assert [each.plan.outcome for each in (without_index, not_there, not_theirs, locked)] == [Outcome.REFUSED] * 4
    assert without_index.plan.notes[0].code == Code.NO_PLACE
    assert locked.plan.notes[0].code == Code.NOT_YOURS
    assert draft_of(page).by_key["gone"].text == "He leaves."


def test_a_refused_file_leaves_nothing():
    practice_page()

    assert bring("no passages").page is None
    assert not ScenarioPage.objects.exists()


def test_limits_are_those_of_the_form():
    scene = blocks.SceneBlock().child_blocks
    choice = scene["choices"].child_block.child_blocks
    ending = blocks.EndingBlock().child_blocks
    fields = [
        *(scene["lines"].child_block.child_blocks["text"], choice["text"], choice["feedback"]),
        *(ending["title"], ending["text"], scene["key"]),
    ]
    columns = [
        *(ScenarioPage._meta.get_field("introduction"), ScenarioPage._meta.get_field("title")),
        *(Persona._meta.get_field("name"), Persona._meta.get_field("situation")),
    ]

    assert [block.field.max_length for block in fields] == [600, 400, 600, 120, 1000, 60]
    assert [column.max_length for column in columns] == [1000, 255, 80, 250]
    assert [
        *(records.LONGEST_LINE, records.LONGEST_CHOICE, records.LONGEST_FEEDBACK, records.LONGEST_ENDING_TITLE),
        *(records.LONGEST_ENDING, records.LONGEST_KEY, records.LONGEST_INTRODUCTION, records.LONGEST_TITLE),
        *(records.LONGEST_NAME, records.LONGEST_SITUATION),
    ] == [600, 400, 600, 120, 1000, 60, 1000, 255, 80, 250]


def test_the_published_schema_is_what_is_read():
    published = Path(forms.__file__).parent / "schemas" / "scenario.schema.json"

    assert json.loads(published.read_text()) == json.loads(json.dumps(scenario_schema(VOCABULARY)))


def test_spoilt_files_come_in_whole_or_not_at_all():
    practice_page()
    chance, seeds = random.Random(5), (FOREIGN.encode(), write_twee(fee()))

    for _ in range(30):
        told = parsed(mutated(seeds, (b"::", b"[[", b"]]", b"@points ", b"@key a", b"[script]", b"\xff"), chance))
        before = Page.objects.count(), Revision.objects.count()
        imported = import_scenario(parsed=told, by=None, now=NOW)
        came = (Page.objects.count() - before[0], Revision.objects.count() - before[1])
        expected = {Outcome.NEW: (1, 1), Outcome.CHANGED: (0, 1), Outcome.SAME: (0, 0), Outcome.REFUSED: (0, 0)}
        assert came == expected[imported.plan.outcome]
        assert told.manuscript is None or draft_of(imported.page).title == told.manuscript.story.title


# The commands


def run(name: str, *args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_import_by_command(tmp_path):
    practice_page()
    author = UserFactory(is_superuser=True)
    file = tmp_path / "parcel.twee"
    file.write_text(FOREIGN)
    command = ("import_scenario", str(file), "--format", "twee", "--by", author.email)

    tried = run(*command, "--dry-run")
    assert not ScenarioPage.objects.exists()
    done, again = run(*command), run(*command)

    assert tried[0].startswith("A new scenario: “The late parcel” (the-late-parcel).\nScenes: 1. Endings: 2.\nNothing")
    assert "Line 12: warning: A link leads to “Away”, which isn't there." in done[1]
    assert "Nothing was written." not in done[0]
    assert again[0].startswith("“The late parcel” (the-late-parcel) says this already.")
    assert ScenarioPage.objects.get().owner == author


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["nowhere.twee", "--format", "twee"], "can't be opened"),
        (["empty.json", "--format", "json"], "was refused"),
        (["empty.json", "--format", "json", "--by", "nobody@piawai.example"], "Nobody here"),
    ],
)
def test_import_by_command_says_why_not(tmp_path, args, reason):
    (tmp_path / "empty.json").write_text("{}")

    with pytest.raises(CommandError, match=reason):
        run("import_scenario", str(tmp_path / args[0]), *args[1:])


def test_export_by_command(tmp_path):
    page = publish_scenario()
    file = tmp_path / "fee.twee"

    said = run("export_scenario", page.slug, "--format", "twee", "-o", str(file))[0]

    assert said == "Written: fee.twee.\n"
    assert parsed(file.read_bytes()).manuscript == manuscript_unscoped(page)
    assert parsed(run("export_scenario", page.slug, "--format", "json")[0], "json").manuscript.slug == page.slug
    with pytest.raises(CommandError, match="no scenario with the address nowhere"):
        run("export_scenario", "nowhere", "--format", "twee")


def unsayable_draft() -> ScenarioPage:
    page = publish_scenario()
    page.nodes[0].value["key"] = ""
    page.save_revision(clean=False)
    return page


def test_what_no_file_can_say_is_not_written():
    with pytest.raises(CommandError, match=re.escape("has no key (number 1)")):
        run("export_scenario", unsayable_draft().slug, "--format", "twee")


# The admin


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def send(client: Client, content: str = FOREIGN, name: str = "parcel.twee", **data: str):
    file = SimpleUploadedFile(name, content.encode())
    return client.post(reverse("scenario_import"), {"file": file, **data})


def test_a_file_is_looked_at_before_it_comes_in(editor):
    practice_page()
    assert reverse("scenario_import") in editor.get(reverse("scenarios:index")).content.decode()

    sent = send(editor)
    looked = editor.get(sent.url).content.decode()
    assert not ScenarioPage.objects.exists()
    done = editor.post(sent.url, follow=True)
    again = editor.post(sent.url, follow=True).content.decode()

    assert "It becomes a new draft." in looked
    assert "One scene" in looked
    assert "one leads nowhere" in looked
    assert "<b>Good" not in looked
    assert "Away" in looked
    page = ScenarioPage.objects.get()
    assert done.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "came in as a draft" in done.content.decode()
    assert "Nothing came in: the draft says this already." in again
    assert "There is nothing to bring in" in editor.get(sent.url).content.decode()


def test_a_changed_file_becomes_the_newest_draft(editor):
    publish_scenario(title="The late parcel", slug="the-late-parcel")
    sent = send(editor)

    looked = editor.get(sent.url).content.decode()
    done = editor.post(sent.url, follow=True).content.decode()

    assert "It becomes the newest draft of “The late parcel”" in looked
    assert "What is published stays." in done


def test_a_refused_file_says_why(editor):
    practice_page()
    sent = send(editor, "nothing", "story.json")

    looked = editor.get(sent.url).content.decode()

    assert "The file was refused" in looked
    assert "Line 1:" in looked
    assert editor.post(sent.url).url == sent.url


def test_much_to_say_is_paged(editor):
    practice_page()
    sent = send(editor, FOREIGN + "\n".join(f"[[to {number}->nowhere {number}]]" for number in range(60)))

    first, second = (editor.get(f"{sent.url}?p={page}").content.decode() for page in (1, 2))

    assert "63 things to know" in first
    assert (first.count("import-note--"), second.count("import-note--")) == (50, 13)


def test_a_file_that_cannot_be_taken(editor, monkeypatch):
    practice_page()
    unknown = send(editor, name="story.doc")
    empty = send(editor, "")
    monkeypatch.setattr(forms, "LARGEST_FILE", 10)
    large = send(editor)

    assert [each.status_code for each in (unknown, empty, large)] == [422] * 3
    assert "tell its format" in unknown.content.decode()
    assert "larger than 10 MB" in large.content.decode()
    assert editor.get(reverse("scenario_import_review", args=["gift", "0" * 64])).status_code == 404
    assert LARGEST_FILE == 10 * 1024 * 1024


def test_a_scenario_is_taken_along(editor):
    page = publish_scenario()
    address = reverse("scenario_export", args=[page.pk, "twee"])

    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    file = editor.get(address)

    assert address in edit
    assert file.headers["Content-Disposition"] == 'attachment; filename="surprise-fee.twee"'
    assert parsed(file.content).manuscript == manuscript_unscoped(page)
    assert editor.get(reverse("scenario_export", args=[page.pk, "gift"])).status_code == 404
    assert editor.get(reverse("scenario_file_schema")).json()["title"] == "Piawai scenario"


def test_a_draft_that_no_file_can_say_leads_back_to_the_editor(editor):
    page = unsayable_draft()

    response = editor.get(reverse("scenario_export", args=[page.pk, "json"]), follow=True)

    assert "A scene or ending has no key (number 1)." in response.content.decode()


def test_an_imported_draft_can_be_opened(editor):
    practice_page()
    page = bring(FOREIGN).page

    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_every_code_has_its_words():
    assert set(WORDS) == set(Code)


def test_a_plan_writes_nothing():
    practice_page()
    before = Page.objects.count()

    plan = plan_import(None, parsed(with_persona(Character("rizal", "loyal", "New", "New."))))

    assert (plan.outcome, plan.makes_persona) == (Outcome.NEW, True)
    assert (Page.objects.count(), Persona.objects.count()) == (before, 0)
