"""What somebody may see of a scenario, before, during and after a run."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from wagtail.models import Locale

from core.enums import Status
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import BEST, CODES, FEEBLE, begin, play, publish_scenario
from tests.factories.standards import edit_clause, publish, publish_chapter
from training.enums import Mood, PlayState
from training.models import ScenarioPage
from training.selectors.debriefs import Scale, debrief_for_learner, ended_playthrough_for_learner
from training.selectors.playing import open_playthrough_for_learner, playthrough_for_learner, scene_for_playthrough
from training.selectors.scenarios import (
    introduction_for_viewer,
    scenario_cards_for_learner,
    scenario_for_viewer,
    scenario_summaries_for_learner,
    story_of_version,
)
from training.services.playing import take_choice, try_again

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def learner():
    return UserFactory()


@pytest.fixture
def scenario():
    return publish_scenario()


@pytest.fixture
def locale():
    return Locale.get_default()


def summary(learner, scenario):
    return scenario_summaries_for_learner(learner, [scenario])[scenario.pk]


def test_summary_follows_the_runs(learner, scenario):
    def stands():
        found = summary(learner, scenario)
        return found.state, found.is_open, found.points

    assert stands() == (PlayState.NONE, False, None)
    play(learner, scenario, ["listen"])
    assert stands() == (PlayState.OPEN, True, None)
    play(learner, scenario, ["listen", "later"])
    assert stands() == (PlayState.FAILED, False, 2)
    begin(learner, scenario, now=LATER)
    assert stands() == (PlayState.OPEN, True, 2)
    play(learner, scenario, BEST, now=LATER)
    assert stands() == (PlayState.PASSED, False, 5)
    begin(learner, scenario, now=LATER)
    assert stands() == (PlayState.PASSED, True, 5)


def test_summary_names_the_best_run_and_of_equal_ones_the_first(learner, scenario):
    play(learner, scenario, FEEBLE)
    first = play(learner, scenario, BEST, now=LATER)
    play(learner, scenario, BEST, now=LATER + timedelta(days=1))
    best = summary(learner, scenario)
    assert (best.public_id, best.ended_at, best.scaled) == (first.public_id, first.ended_at, Decimal(1))
    assert (best.points, best.best_points) == (5, 5)


@pytest.mark.parametrize(
    ("choices", "status"),
    [([], Status.ASSIGNED), (["listen"], Status.IN_PROGRESS), (FEEBLE, Status.FAILED), (BEST, Status.PASSED)],
)
def test_summary_is_shown_with_shape_and_word(learner, scenario, choices, status):
    if choices:
        play(learner, scenario, choices)
    assert summary(learner, scenario).status is status


def test_summaries_tell_nothing_of_others_and_cost_one_query(learner, scenario, django_assert_num_queries):
    other = publish_scenario(slug="other")
    play(UserFactory(), scenario)
    with django_assert_num_queries(1):
        found = scenario_summaries_for_learner(learner, [scenario, other])
    assert {page: one.state for page, one in found.items()} == {scenario.pk: "none", other.pk: "none"}


def test_cards_are_those_of_live_scenarios_with_the_mood_to_begin_with(learner, scenario):
    publish_scenario(slug="down").unpublish()
    cards = scenario_cards_for_learner(learner)
    assert [(card.page, card.mood, card.summary.state) for card in cards] == [(scenario, Mood.UNSURE, PlayState.NONE)]


def test_scenario_is_found_while_live_and_afterwards_by_who_has_played_it(learner, scenario):
    played = UserFactory()
    begin(played, scenario)
    assert scenario_for_viewer(learner, "surprise-fee") == scenario
    assert scenario_for_viewer(learner, "unknown") is None
    scenario.unpublish()
    assert scenario_for_viewer(learner, "surprise-fee") is None
    assert scenario_for_viewer(played, "surprise-fee") == scenario


def test_scenario_is_not_found_by_who_is_gone(scenario):
    assert scenario_for_viewer(UserFactory(is_active=False), "surprise-fee") is None


def test_introduction_is_there_while_the_scenario_is_live(learner, scenario, locale):
    story = introduction_for_viewer(learner, scenario, locale)
    assert story is not None
    assert (story.title, story.persona.name) == ("The surprise fee", "Puan Salmah")
    scenario.unpublish()
    assert introduction_for_viewer(learner, ScenarioPage.objects.get(), locale) is None


def test_introduction_of_a_page_without_a_version_is_not_there(learner, scenario, locale):
    page = publish_scenario(slug="bare")
    page.translation_key = uuid.uuid4()
    assert introduction_for_viewer(learner, page, locale) is None


def test_runs_are_found_by_their_own_learner_and_scenario_only(learner, scenario):
    run = begin(learner, scenario)
    other = publish_scenario(slug="other")
    assert open_playthrough_for_learner(learner, scenario.slug) == run
    assert playthrough_for_learner(learner, scenario.slug, run.public_id) == run
    assert ended_playthrough_for_learner(learner, scenario, run.public_id) is None
    assert playthrough_for_learner(learner, other.slug, run.public_id) is None
    assert playthrough_for_learner(UserFactory(), scenario.slug, run.public_id) is None
    assert open_playthrough_for_learner(UserFactory(), scenario.slug) is None


def test_scene_at_the_start(learner, scenario, locale):
    scene = scene_for_playthrough(begin(learner, scenario), learner, locale, NOW)
    assert [(said.who, said.text, said.is_newest) for said in scene.conversation] == [
        ("scene", "Puan Salmah steps up.", True),
        ("them", "I was told it takes five minutes.", False),
    ]
    assert sorted(scene.choices) == [
        ("hurry", "Then let’s be quick."),
        ("listen", "Five minutes it is. What do you need it for?"),
    ]
    assert (scene.position, scene.about, scene.mood, scene.mood_before, scene.mood_was) == (
        1,
        3,
        Mood.UNSURE,
        None,
        None,
    )
    assert scene.mood_tiles == [True, True, True, False, False]
    assert (scene.choice_text("hurry"), scene.choice_text("shout")) == ("Then let’s be quick.", None)


def test_scene_shows_the_conversation_so_far_with_its_moods(learner, scenario, locale):
    scene = scene_for_playthrough(play(learner, scenario, ["listen"]), learner, locale, NOW)
    assert [(said.who, said.mood, said.is_newest) for said in scene.conversation] == [
        ("scene", Mood.UNSURE, False),
        ("them", Mood.UNSURE, False),
        ("me", Mood.CALM, False),
        ("them", Mood.CALM, True),
        ("thought", Mood.CALM, False),
    ]
    assert (scene.position, scene.mood, scene.mood_was) == (2, Mood.CALM, Mood.UNSURE)


@pytest.mark.parametrize("choices", [[], ["listen"], ["listen", "sorry"]])
def test_scene_costs_the_same_queries_however_long_the_run(
    learner, scenario, locale, choices, django_assert_num_queries
):
    begin(learner, scenario)
    play(learner, scenario, choices)
    run = open_playthrough_for_learner(learner, scenario.slug)
    with django_assert_num_queries(2):  # text, steps
        scene_for_playthrough(run, learner, locale, NOW)


def test_story_is_told_in_the_readers_language_else_in_the_source(learner, scenario, locale):
    version = begin(learner, scenario).version
    malay = Locale.objects.create(language_code="ms")
    assert story_of_version(version, malay).title == "The surprise fee"
    wording = scenario.story.wording()
    for title in ("Caj", "Caj yang mengejutkan"):
        version.texts.create(
            locale=malay, text={**wording, "title": title}, sha256=title.ljust(64, "0"), created_at=NOW
        )
    assert story_of_version(version, malay).title == "Caj yang mengejutkan"
    assert story_of_version(version, locale).title == "The surprise fee"


def test_debrief_of_a_run_worked_out_by_hand(learner, scenario, locale):
    run = play(learner, scenario, ["hurry", "later"])
    debrief = debrief_for_learner(run, locale)
    assert (debrief.ending.key, debrief.needed, debrief.duration) == ("doubts", 4, timedelta(minutes=2))
    first, second = debrief.steps
    assert (first.decision.points, first.decision.cost, first.is_strong, first.is_costly) == (1, 1, False, False)
    assert (second.decision.points, second.decision.cost, second.is_strong, second.is_costly) == (0, 3, False, True)
    assert (first.mood_before, first.mood_after, second.mood_after) == (Mood.UNSURE, Mood.UPSET, Mood.ANGRY)
    assert [(clause.code, clause.number, clause.content.title) for clause in first.clauses] == [
        ("REL-1", 1, "Title of REL-1"),
        ("REL-2", 1, "Title of REL-2"),
    ]
    assert second.pitfalls == ["Brush-off", "Runaround"]
    assert [(one.code, one.points, one.offered, one.percent, one.is_low) for one in debrief.subscores] == [
        ("REL-1", 0, 2, 0, True),
        ("REL-2", 1, 4, 25, True),
    ]
    assert [one.code for one in debrief.worth_another_look] == ["REL-1", "REL-2"]


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        (["listen", "whole-price"], [(False, False), (False, False)]),
        (["listen", "later"], [(True, True), (False, True)]),
        (["hurry", "later"], [(False, False), (False, True)]),
    ],
)
def test_debrief_folds_what_was_right_where_something_was_lost(learner, scenario, locale, choices, shown):
    steps = debrief_for_learner(play(learner, scenario, choices), locale).steps
    assert [(step.is_folded, step.is_open) for step in steps] == shown


def test_debrief_of_practice_folds_what_it_repeats_and_looks_at_its_own_decisions(learner, scenario, locale):
    run = play(learner, scenario, ["hurry", "later"])
    practice = try_again(learner=learner, playthrough=run, position=2, now=LATER)
    step = take_choice(learner=learner, playthrough=practice, position=2, choice_key="later", now=LATER)
    first, second = debrief_for_learner(step.playthrough, locale).steps
    assert (first.is_repeated, first.is_folded, second.is_folded, second.is_open) == (True, True, False, True)


def test_debrief_shows_the_clause_as_it_stood_at_the_choice(learner, locale):
    chapter = publish_chapter("Reliability", CODES)
    run = play(learner, publish_scenario())
    edit_clause(chapter, "REL-1", reason="Eleven complaints since June.", kind="substantive", statement="Never late.")
    publish(chapter, now=LATER)
    clause = debrief_for_learner(run, locale).steps[0].clauses[0]
    assert (clause.content.statement, clause.number, clause.is_in_force) == ("We do what REL-1 says.", 1, False)


def test_debrief_says_nothing_of_the_time_of_a_run_that_was_left(learner, scenario, locale):
    run = begin(learner, scenario)
    take_choice(learner=learner, playthrough=run, position=1, choice_key="listen", now=NOW)
    step = take_choice(learner=learner, playthrough=run, position=2, choice_key="whole-price", now=LATER)
    debrief = debrief_for_learner(step.playthrough, locale)
    assert debrief.duration is None
    assert debrief.worth_another_look == []


@pytest.mark.parametrize("choices", [["listen", "later"], ["hurry", "sorry", "keep"]])
def test_debrief_costs_the_same_queries_however_long_the_run(
    learner, scenario, locale, choices, django_assert_num_queries
):
    run = play(learner, scenario, choices)
    run = ended_playthrough_for_learner(learner, scenario, run.public_id)
    with django_assert_num_queries(7):
        debrief_for_learner(run, locale)


@pytest.mark.parametrize(
    ("points", "needed", "expected"),
    [
        (0, 24, (0, "start", 282, "end", True)),
        (34, 24, (400, "end", 282, "end", True)),
        (17, 34, (200, "middle", 400, "end", False)),
        (17, 3, (200, "middle", 35, "start", True)),
    ],
)
def test_labels_of_the_scale_keep_inside_and_apart(points, needed, expected):
    scale = Scale(points, needed, 34)
    assert (
        scale.points_x,
        scale.points_anchor,
        scale.needed_x,
        scale.needed_anchor,
        scale.has_room_for_best,
    ) == expected
