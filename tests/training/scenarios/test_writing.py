"""What somebody who writes a scenario is told: findings of the linter, the map, and the draft to be played."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from standards.models import ChapterPage, Clause
from tests.factories.people import UserFactory
from tests.factories.scenarios import content, publish_scenario
from tests.standards.test_citations import change
from tests.training.scenarios.test_admin import edit
from training.admin_forms import MESSAGES, message
from training.domain.scenario.linting import Fault, FaultKind
from training.models import ScenarioPage

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
    assert not [kind for kind in FaultKind if "%(" in message(Fault(kind, "greeting"))]


def test_sound_story_is_said_to_be_sound(client, editor):
    assert "The story is sound." in findings(client, publish_scenario())


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
