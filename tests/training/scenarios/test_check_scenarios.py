"""The check of published role-plays that fails a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from standards.models import ChapterPage
from tests.factories.people import NOW
from tests.factories.scenarios import publish_scenario
from tests.factories.standards import edit_clause, publish, publish_chapter, retire
from training.models import ScenarioPage
from training.selectors.checking import checked_scenarios_unscoped

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def chapter() -> ChapterPage:
    return publish_chapter("Reliability", ("REL-1", "REL-2", "RES-1"))


@pytest.fixture
def scenario(chapter: ChapterPage) -> ScenarioPage:
    return publish_scenario()


def check(*options: str) -> list[str]:
    """What is printed when it passes."""
    output = StringIO()
    call_command("check_scenarios", *options, stdout=output)
    return output.getvalue().splitlines()


def check_failing(*options: str) -> list[str]:
    """What is printed when it fails."""
    output = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("check_scenarios", *options, stdout=output)
    assert refused.value.returncode == 1
    return output.getvalue().splitlines()


def test_sound_role_plays_pass(scenario: ScenarioPage) -> None:
    assert check("--warnings", "--drafts") == ["Checked: 1. Errors: 0. Warnings: 0."]


def test_retired_clause_is_an_error_at_its_choices(scenario: ScenarioPage, chapter: ChapterPage) -> None:
    retire(chapter, "RES-1", now=LATER)

    assert check_failing() == [
        "The surprise fee (surprise-fee)",
        "  error: price → sorry: No clause RES-1 is in force.",
        "  error: gift → give: No clause RES-1 is in force.",
        "  error: gift → keep: No clause RES-1 is in force.",
        "Checked: 1. Errors: 3. Warnings: 0.",
    ]


def test_changed_clause_is_a_warning_which_fails_where_asked_to(scenario: ScenarioPage, chapter: ChapterPage) -> None:
    publish(
        edit_clause(chapter, "RES-1", reason="It was unclear.", kind="substantive", statement="We do more."), now=LATER
    )

    assert check()[-1] == "Checked: 1. Errors: 0. Warnings: 3."
    assert check_failing("--warnings")[1] == (
        "  warning: price → sorry: RES-1 has changed. Look whether this still holds."
    )


def test_drafts_are_checked_where_asked_to(scenario: ScenarioPage) -> None:
    lost = {"type": "ending", "value": {"key": "lost", "kind": "bad", "title": "Lost", "text": "She is lost."}}
    scenario.nodes = scenario.nodes.stream_block.to_python([*scenario.nodes.raw_data, lost])
    scenario.save_revision()

    assert check() == ["Checked: 1. Errors: 0. Warnings: 0."]
    assert check_failing("--drafts") == [
        "The surprise fee (surprise-fee, draft)",
        "  error: lost: No way through the story leads here. Point a choice to “lost”, or delete it.",
        "Checked: 2. Errors: 1. Warnings: 0.",
    ]


def test_finding_about_the_whole_story_names_no_place(scenario: ScenarioPage) -> None:
    scenario.start = "nowhere"
    scenario.save_revision()
    assert check_failing("--drafts")[1].startswith("  error: There is no scene to start with: ")


def test_what_is_not_published_is_not_checked(scenario: ScenarioPage) -> None:
    scenario.unpublish()
    assert check() == ["Checked: 0. Errors: 0. Warnings: 0."]


@pytest.mark.parametrize("number", [1, 3])
def test_check_takes_a_fixed_number_of_queries(
    chapter: ChapterPage, number: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for place in range(number):
        publish_scenario(slug=f"scenario-{place}")
    with django_assert_num_queries(8):
        list(checked_scenarios_unscoped())
