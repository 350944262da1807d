"""What somebody who writes a scenario is told: findings of the linter, the map, and the draft to be played."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from standards.models import ChapterPage, Clause
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import content, pressing_content, publish_scenario
from tests.standards.test_citations import change
from tests.training.scenarios.test_admin import edit, posted
from training.admin_forms.scenarios import MESSAGES, message
from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.linting import Fault, FaultKind
from training.models import Playthrough, ScenarioPage
from training.selectors.moving import VOCABULARY
from training.services.moving import import_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="Editors")
    client.force_login(user)
    return user


def findings(client, page: ScenarioPage) -> str:
    return client.get(reverse("scenario_findings", args=[page.pk])).content.decode()


def draft(page: ScenarioPage) -> Any:
    return ScenarioPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_every_finding_has_words():
    assert set(MESSAGES) == set(FaultKind)
    assert not [kind for kind in FaultKind if "%(" in message(Fault(kind, "mood_at_least: 5"))]
    assert "Mood is at least 5." in message(Fault(FaultKind.NEVER_HOLDS, "mood_at_least: 5"))


def test_sound_story_is_said_to_be_sound(client, editor):
    assert "The story is sound." in findings(client, publish_scenario())


@pytest.mark.parametrize("has_come_in", [False, True])
def test_blocks_have_lasting_ids_however_they_came(has_come_in):
    """Findings and the map lead to them, and are asked for after the form was loaded."""
    page = publish_scenario()
    if has_come_in:
        told = FORMATS["twee"].read(b":: Monday\nThe doors are shut.\n[[Wait->Monday]]\n", VOCABULARY)
        page = import_scenario(parsed=told, by=None, now=NOW).page
    first, second = draft(page), draft(page)
    scene = first.nodes[0]
    assert scene.id == second.nodes[0].id
    for part in ("lines", "choices"):
        ids = [block.id for block in scene.value[part].bound_blocks]
        assert ids == [block.id for block in second.nodes[0].value[part].bound_blocks]
    assert f"#block-{scene.id}-section" in preview(first, "map")


def test_draft_is_saved_and_each_finding_stands_at_its_block(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["choices"][0]["target"] = "nowhere"
    broken["scenes"][2]["choices"] = []
    assert edit(client, page, broken, publish=False).status_code == 302

    shown = findings(client, page)

    greeting, gift = draft(page).nodes[0], draft(page).nodes[2]
    hurry = greeting.value["choices"].bound_blocks[0]
    assert f'data-at="block-{hurry.id}-section"' in shown
    assert "There is no scene or ending “nowhere”." in shown
    assert f'<a href="#block-{gift.id}-section" class="finding-place">gift</a>' in shown
    assert "Must be mended:" in shown


def test_warning_is_told_and_does_not_block_publishing(client, editor):
    page = publish_scenario()
    told = content()
    told["scenes"][1]["choices"][0]["critical"] = True
    assert edit(client, page, told, publish=True).status_code == 302

    shown = findings(client, page)

    assert "Worth a look:" in shown
    assert "This choice fails the run, and yet earns more than any other here." in shown
    assert "Must be mended:" not in shown


def test_clause_that_changed_is_told_at_the_choices_that_cite_it(client, editor):
    page = publish_scenario()
    cited = ChapterPage.objects.get(translation_key=Clause.objects.get(code="RES-1").chapter_key)
    change(cited, code="RES-1")
    assert findings(client, page).count("RES-1 has changed. Look whether this still holds.") == 3


def preview(page: ScenarioPage, mode: str) -> str:
    return page.make_preview_request(preview_mode=mode).content.decode()


def test_map_shows_the_draft_with_its_problems_and_leads_to_the_blocks(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["choices"][0]["target"] = "nowhere"
    edit(client, page, broken, publish=False)

    shown = preview(draft(page), "map")

    address = f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#block-{draft(page).nodes[0].id}-section"
    assert "There is no scene or ending “nowhere”." in shown
    assert f'href="{address}"' in shown
    assert "Not there yet" in shown
    assert ("map-drawing" in shown) == bool(shutil.which("dot"))


def test_map_is_read_where_graphviz_is_missing(client, editor, monkeypatch):
    monkeypatch.setenv("PATH", "")
    shown = preview(publish_scenario(), "map")
    assert "map-drawing" not in shown
    assert "whole-price" in shown


@pytest.mark.parametrize("mode", ["map", ""])
def test_conditions_and_clocks_are_told_in_words(mode):
    shown = preview(publish_scenario(**pressing_content()), mode)
    assert "Offered only if: Mood is at least 3, Took the choice greeting/listen" in shown
    assert "taken when time is up" in shown
    assert "critical" in shown


def test_map_of_an_empty_draft_says_what_to_do(editor):
    assert "Nothing is written yet" in preview(ScenarioPage(title="New", slug="new"), "map")


def play(page: ScenarioPage, *taken: str) -> str:
    """What an editor who took these choices in the draft sees."""
    request = RequestFactory().get("/", {"taken": taken})
    return draft(page).make_preview_request(request, "play").content.decode()


def test_what_is_typed_is_played_before_it_is_saved(client, editor):
    page = publish_scenario()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    typed = content()
    typed["scenes"][1]["lines"][0]["text"] = "And is it free of charge?"
    assert client.post(address, posted(typed)).json()["is_valid"]
    shown = client.get(address, {"mode": "play", "taken": ["greeting/listen"]}).content.decode()
    assert "And is it free of charge?" in shown
    assert "And is it free" not in play(page, "greeting/listen")


def test_draft_is_played_without_a_trace(client, editor):
    page = publish_scenario(**pressing_content(mode="practice"))
    start = play(page)
    assert "I was told it takes five minutes." in start
    assert 'href="?mode=play&amp;taken=greeting/listen"' in start
    assert "90 seconds" in start

    onward = play(page, "greeting/hurry", "price/sorry")
    assert "Canary: sorry comes first." in onward
    assert "Not offered now: Mood is at least 3, Took the choice greeting/listen" in onward
    assert 'href="?mode=play&amp;taken=greeting/hurry"' in onward

    end = play(page, "greeting/listen", "price/whole-price")
    assert "5 of 5 points. Passed." in end
    assert not Playthrough.objects.exists()


def test_choice_that_is_not_there_or_not_offered_is_not_taken(client, editor):
    page = publish_scenario(**pressing_content())
    for wrong in ("price/listen", "greeting/nothing", "", "gift/give"):
        assert "One choice back" not in play(page, wrong)
    refused = play(page, "greeting/hurry", "price/sorry", "gift/give")
    assert "And what will you do about it?" in refused
    assert "Canary: she stays" not in refused


def test_broken_draft_is_played_until_it_breaks(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["choices"][0]["target"] = "nowhere"
    broken["scenes"][0]["choices"][1]["target"] = ""
    broken["scenes"][2]["choices"] = []
    edit(client, page, broken, publish=False)
    assert "there is no scene or ending “nowhere”" in play(page, "greeting/hurry")
    assert "this choice leads nowhere" in play(page, "greeting/listen")
    edit(client, page, content(start="gift", scenes=broken["scenes"]), publish=False)
    assert "no choice is offered" in play(page)


def test_end_of_a_draft_without_best_points_says_so(client, editor):
    page = publish_scenario()
    edit(client, page, content(start="stays"), publish=False)
    assert "Canary: she stays" in play(page)
    assert "The best points can’t be known yet" in play(page)


def test_empty_draft_has_nothing_to_play():
    assert "Nothing is written yet" in preview(ScenarioPage(title="New", slug="new"), "play")
