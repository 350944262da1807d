"""What authors learn from play."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count, cycle, islice

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from people.models import User
from quizzes.selectors.statistics import ALL, Slice
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import BEST, FEEBLE, begin, play, play_again, pressing_content, publish_scenario
from tests.pages import signed_in
from training.models import ScenarioPage
from training.selectors.play_report import (
    PlayedScenario,
    clauses_in_play_unscoped,
    played_scenario_unscoped,
    played_scenarios_unscoped,
)
from training.services.playing import let_time_pass
from training.services.scenarios import publish_scenario_version

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/play/"
LATER = NOW + timedelta(days=30)
WAYS = (BEST, FEEBLE, ("listen", "later"), ("hurry", "sorry", "keep"))


def people(number: int) -> list[User]:
    return UserFactory.create_batch(number)


def play_all(scenario: ScenarioPage, number: int, ways: Sequence[Sequence[str]] = WAYS) -> list[User]:
    """So many people, each playing the next of these ways once."""
    learners = people(number)
    for learner, way in zip(learners, islice(cycle(ways), number), strict=True):
        play(learner, scenario, way)
    return learners


def played(scenario: ScenarioPage, part: Slice = ALL, number: int | None = None) -> PlayedScenario:
    found = played_scenario_unscoped(scenario.pk, Locale.get_default(), LATER, part, number)
    assert found is not None
    return found


@pytest.fixture
def editor() -> Client:
    return signed_in(UserFactory(role="Editors"))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response).decode().splitlines()


def test_only_first_runs_to_the_end_count() -> None:
    scenario = publish_scenario()
    learner, *_others = play_all(scenario, 5, [BEST])
    second = play(learner, scenario, FEEBLE, now=NOW + timedelta(days=1))
    play_again(second, 1, FEEBLE, now=NOW + timedelta(days=1))
    begin(UserFactory(), scenario)

    found = played(scenario).play

    assert (found.runs, found.passed, found.score) == (5, 1, 1)
    assert found.counts["greeting", "hurry"] == 0
    assert found.scenes[0].seconds == 60


def test_pause_and_late_choice_say_nothing_of_the_time_it_takes() -> None:
    scenario = publish_scenario(**pressing_content())
    for learner in people(5):
        run = begin(learner, scenario)
        let_time_pass(learner=learner, playthrough=run, now=NOW + timedelta(hours=3))
    assert played(scenario).play.scenes[0].seconds is None


def test_people_who_stopped_are_counted_where_they_stand() -> None:
    scenario = publish_scenario()
    finished = play_all(scenario, 5)
    for learner, way in zip(people(3), [(), ("listen",), ("listen", "sorry")], strict=True):
        play(learner, scenario, way)
    play(UserFactory(), scenario, ("listen",), now=LATER - timedelta(days=1))
    begin(finished[0], scenario, now=NOW + timedelta(days=1))

    scenes = played(scenario).play.scenes

    # One stands in the gift, which only two have come to: too few to say.
    assert [(scene.key, scene.left) for scene in scenes] == [("greeting", 1), ("price", 1), ("gift", None)]


def test_versions_are_told_apart() -> None:
    scenario = publish_scenario()
    learners = play_all(scenario, 5, [BEST])
    scenario.introduction = "It is Monday."
    scenario.save()
    publish_scenario_version(page=scenario, by=None, now=NOW)
    play(learners[0], scenario, FEEBLE, now=NOW + timedelta(days=1))

    assert played(scenario).version.number == 1
    assert played(scenario).runs == {2: 1, 1: 5}
    assert played(scenario, number=2).play.runs == 1
    assert [one.version.number for one in played_scenarios_unscoped(LATER)] == [1]

    for learner in learners[1:]:
        play(learner, scenario, FEEBLE, now=NOW + timedelta(days=1))
    assert played(scenario).version.number == 2


def test_part_is_by_the_day_of_the_ending_and_the_language() -> None:
    scenario = publish_scenario()
    play_all(scenario, 5)

    def runs(part: Slice) -> int:
        return played(scenario, part).play.runs

    day = NOW.date()
    assert runs(Slice(day - timedelta(days=1), day + timedelta(days=1), "en")) == 5
    assert runs(Slice(first_on=day + timedelta(days=2))) == 0
    assert runs(Slice(last_on=day - timedelta(days=2))) == 0
    assert runs(Slice(language="ms")) == 0


def test_nothing_of_a_scenario_that_was_never_published() -> None:
    assert played_scenario_unscoped(0, Locale.get_default(), LATER) is None
    draft = publish_scenario()
    draft.copy(update_attrs={"slug": "draft", "title": "Draft"}, keep_live=False)
    draft = ScenarioPage.objects.get(slug="draft")
    assert played_scenario_unscoped(draft.pk, Locale.get_default(), LATER) is None
    assert [one.page.slug for one in played_scenarios_unscoped(LATER)] == ["surprise-fee"]


def test_clauses_that_most_is_lost_on_come_first() -> None:
    play_all(publish_scenario(), 6, [("listen", "later")])

    first, second = clauses_in_play_unscoped()

    assert (first.clause.code, first.played.lost, first.played.people) == ("REL-2", 1, 6)
    assert (second.clause.code, second.played.lost) == ("REL-1", 0)


@pytest.mark.parametrize("number", [1, 3])
def test_reports_take_a_fixed_number_of_queries(number: int, django_assert_num_queries: Callable[..., object]) -> None:
    numbers = count(1)
    for _ in range(number):
        scenario = publish_scenario(slug=f"scenario-{next(numbers)}")
        play_all(scenario, 2 + 3 * number)
        play(UserFactory(), scenario, ("listen",))
    with django_assert_num_queries(7):
        played_scenarios_unscoped(LATER)
    with django_assert_num_queries(9):
        played(scenario)
    with django_assert_num_queries(7):
        clauses_in_play_unscoped()


def test_report_of_all_role_plays(editor: Client) -> None:
    scenario = publish_scenario()
    publish_scenario(slug="unplayed", title="=Unplayed")
    play_all(scenario, 32, [BEST, ("hurry", "whole-price"), FEEBLE, ("listen", "later")])

    text = page(editor, REPORT)

    assert reverse("scenario_play_report", args=[scenario.pk]) in text
    assert "example.com" not in text
    heading, first, second = exported(editor, f"{REPORT}?export=csv")
    assert heading == "Role-play,What to look at,Version,First runs,Passed,Average,Minutes,Left,Decisions to check"
    assert first == "The surprise fee,,1,32,50,60,2,0,0"
    assert second == "'=Unplayed,Too few runs,1,nobody yet,,,,,"


def test_report_of_a_role_play(editor: Client) -> None:
    scenario = publish_scenario()
    play_all(scenario, 32, [("listen", "later"), ("hurry", "whole-price")])

    text = page(editor, f"{REPORT}{scenario.pk}/")

    assert text.count('role="img"') == 2
    assert "check what is best" in text
    assert "Canary: she doubts (Mixed)" in text
    assert "Learner" not in text
    heading, greeting, price, gift = exported(editor, f"{REPORT}{scenario.pk}/?export=csv")
    assert heading.startswith("Scene,What is said,What to look at,First runs,Facility,Discrimination,")
    assert greeting.startswith(
        "greeting,I was told it takes five minutes.,Nearly everybody who did well elsewhere lost"
    )
    assert ",32,50,-100,60,0," in price
    assert ",nobody yet,,,,," in gift


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
def test_map_is_drawn_with_how_many_took_each_choice(editor: Client) -> None:
    scenario = publish_scenario()
    play_all(scenario, 6, [BEST, FEEBLE])

    text = page(editor, f"{REPORT}{scenario.pk}/")

    assert "listen (3)" in text
    # Nobody came to the gift.
    assert "give (" not in text
    assert 'href="#play-scene-1"' in text
    assert 'id="play-scene-3"' in text


def test_report_of_a_role_play_says_why_there_is_little(editor: Client) -> None:
    scenario = publish_scenario(**pressing_content())
    address = f"{REPORT}{scenario.pk}/"
    assert "First runs: nobody yet." in page(editor, address)

    play_all(scenario, 4)
    text = page(editor, address)
    assert "First runs: fewer than 5." in text
    assert 'role="img"' not in text
    assert "⚑" in text

    play_all(scenario, 4)
    text = page(editor, address)
    assert "First runs: 8." in text
    assert "there is no discrimination yet" in text


def test_version_is_chosen_in_the_address(editor: Client) -> None:
    scenario = publish_scenario()
    scenario.introduction = "It is Monday."
    scenario.save()
    publish_scenario_version(page=scenario, by=None, now=NOW)
    address = f"{REPORT}{scenario.pk}/"

    assert "Version 2. First runs" in page(editor, address)
    assert "Version 1. First runs" in page(editor, f"{address}?version=1")
    assert "Version 2. First runs" in page(editor, f"{address}?version=9")
    assert "Version 2. First runs" in page(editor, f"{address}results/?version=x")
    assert editor.get(f"{REPORT}{scenario.pk + 100}/").status_code == 404


def test_report_of_clauses(editor: Client) -> None:
    assert "No clause has been met often enough." in page(editor, f"{REPORT}clauses/")

    play_all(publish_scenario(), 6, [("listen", "later")])

    assert reverse("clause", args=["REL-2"]) in page(editor, f"{REPORT}clauses/")
    assert exported(editor, f"{REPORT}clauses/?export=csv")[1].startswith("REL-2,")


def test_ways_to_the_report(editor: Client) -> None:
    scenario = publish_scenario()
    address = reverse("scenario_play_report", args=[scenario.pk])
    assert address in page(editor, reverse("wagtailadmin_pages:edit", args=[scenario.pk]))
    assert address in page(editor, reverse("scenarios:index"))
    assert REPORT in page(editor, reverse("wagtailadmin_home"))
