"""Starting, choosing, ending: what is recorded, once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from wagtail.models import Locale

from core.models import FactError
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import BEST, FEEBLE, begin, content, play, publish_scenario
from training.models import Playthrough, PlaythroughStep, ScenarioPage, ScenarioVersion, StepClause
from training.services.playing import AlreadyDecided, ChoiceNotOffered, NotPlayable, start_playthrough, take_choice
from training.signals import scenario_ended

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def learner() -> Any:
    return UserFactory()


@pytest.fixture
def scenario() -> ScenarioPage:
    return publish_scenario()


@pytest.fixture
def ended() -> Any:
    """What scenario_ended tells."""
    told: list[tuple[Playthrough, Any]] = []

    def hear(sender: Any, playthrough: Playthrough, now: Any, **kwargs: Any) -> None:
        told.append((playthrough, now))

    scenario_ended.connect(hear)
    yield told
    scenario_ended.disconnect(hear)


def choose(run: Playthrough, position: int, choice: str, learner: Any = None) -> PlaythroughStep:
    return take_choice(learner=learner or run.learner, playthrough=run, position=position, choice_key=choice, now=NOW)


def test_start_freezes_version_rules_and_language(learner, scenario):
    run = start_playthrough(learner=learner, scenario=scenario, now=NOW)
    assert (run.version, run.best_points, run.started_at) == (ScenarioVersion.objects.get(), 5, NOW)
    assert (run.locale, run.ended_at, run.is_success, run.duration) == (Locale.get_default(), None, None, None)
    assert str(run) == f"{learner}: The surprise fee"


def test_a_run_is_in_the_language_that_the_scenario_has_words_in(learner, scenario):
    run = start_playthrough(
        learner=learner, scenario=scenario, now=NOW, locale=Locale.objects.create(language_code="ms")
    )
    assert run.locale == Locale.get_default()


def test_start_twice_gives_the_open_run(learner, scenario):
    assert begin(learner, scenario) == begin(learner, scenario, now=LATER)
    assert Playthrough.objects.get().started_at == NOW


def test_start_after_an_ending_begins_anew(learner, scenario):
    first = play(learner, scenario, FEEBLE)
    second = begin(learner, scenario, now=LATER)
    assert second != first
    assert list(Playthrough.objects.open()) == [second]
    assert list(Playthrough.objects.ended()) == [first]


def test_start_refuses_what_is_taken_down_or_was_never_published(learner, scenario):
    scenario.unpublish()
    with pytest.raises(NotPlayable):
        begin(learner, scenario)
    draft = ScenarioPage(title="Draft", slug="draft")
    with pytest.raises(NotPlayable):
        begin(learner, publish_draft(draft, scenario))


def publish_draft(draft: ScenarioPage, beside: ScenarioPage) -> ScenarioPage:
    draft.live = False
    beside.get_parent().add_child(instance=draft)
    return draft


def test_choice_is_recorded_with_mood_points_and_clause_versions(learner, scenario):
    step = choose(begin(learner, scenario), 1, "hurry")
    assert (step.position, step.scene_key, step.choice_key) == (1, "greeting", "hurry")
    assert (step.points, step.mood_before, step.mood_after, step.chosen_at) == (1, 3, 2, NOW)
    cited = step.clauses.all()
    assert [(str(row.clause_version), row.points) for row in cited] == [("REL-1 v1", 0), ("REL-2 v1", 1)]
    assert (str(step), str(cited[0])) == ("1: greeting/hurry", "REL-1 v1")


def test_best_way_reaches_every_point(learner, scenario, ended):
    run = play(learner, scenario, BEST)
    assert (run.points, run.best_points, run.scaled, run.is_success) == (5, 5, Decimal(1), True)
    assert (run.ending_key, run.ended_at) == ("stays", NOW + timedelta(minutes=2))
    assert run.duration == timedelta(minutes=2)
    assert ended == [(run, run.ended_at)]


@pytest.mark.parametrize(
    ("choices", "result"),
    [
        (("listen", "sorry", "give"), (5, Decimal("1.0000"), True, "stays")),
        (("hurry", "whole-price"), (4, Decimal("0.8000"), True, "stays")),
        (("hurry", "sorry", "keep"), (3, Decimal("0.6000"), False, "leaves")),
        (("listen", "later"), (2, Decimal("0.4000"), False, "doubts")),
    ],
)
def test_every_way_has_the_same_denominator(learner, scenario, choices, result):
    run = play(learner, scenario, choices)
    assert (run.points, run.scaled, run.is_success, run.ending_key) == result
    assert run.best_points == 5


def test_share_just_below_the_pass_mark_fails(learner):
    run = play(learner, publish_scenario(mastery_score="0.81"), ("hurry", "whole-price"))
    assert (run.scaled, run.is_success) == (Decimal("0.8000"), False)


def test_same_choice_again_gives_the_same_step(learner, scenario, ended):
    run = begin(learner, scenario)
    first = choose(run, 1, "listen")
    assert choose(run, 1, "listen") == first
    last = choose(run, 2, "whole-price")
    again = choose(run, 2, "whole-price")
    assert again == last
    assert again.playthrough.ended_at == NOW
    assert (PlaythroughStep.objects.count(), StepClause.objects.count(), len(ended)) == (2, 2, 1)


def test_another_choice_for_a_decision_that_is_made_is_refused(learner, scenario):
    run = begin(learner, scenario)
    choose(run, 1, "listen")
    with pytest.raises(AlreadyDecided):
        choose(run, 1, "hurry")
    assert PlaythroughStep.objects.get().choice_key == "listen"


@pytest.mark.parametrize(
    ("position", "choice"), [(1, "whole-price"), (1, "shout"), (1, ""), (2, "listen"), (0, "listen"), (-1, "listen")]
)
def test_choice_that_is_not_offered_is_refused_and_the_run_unharmed(learner, scenario, position, choice):
    run = begin(learner, scenario)
    with pytest.raises(ChoiceNotOffered):
        choose(run, position, choice)
    assert not PlaythroughStep.objects.exists()
    assert choose(run, 1, "listen").position == 1


def test_choice_after_the_ending_is_refused(learner, scenario):
    run = play(learner, scenario, BEST)
    with pytest.raises(ChoiceNotOffered):
        choose(run, 3, "give")
    assert run.steps.count() == 2


def test_choice_in_somebody_elses_run_is_refused(learner, scenario):
    run = begin(learner, scenario)
    with pytest.raises(Playthrough.DoesNotExist):
        choose(run, 1, "listen", learner=UserFactory())
    assert not PlaythroughStep.objects.exists()


def test_run_goes_on_in_its_version_when_the_page_is_changed_and_taken_down(learner, scenario):
    run = begin(learner, scenario)
    choose(run, 1, "listen")
    draft = scenario.get_latest_revision_as_object()
    for choice in draft.nodes[1].value["choices"]:
        choice["key"] = f"new-{choice['key']}"
    draft.mastery_score = Decimal(1)
    draft.save_revision().publish()
    ScenarioPage.objects.get().unpublish()

    finished = choose(run, 2, "whole-price").playthrough

    assert (finished.version.number, finished.is_success, finished.best_points) == (1, True, 5)
    assert ScenarioVersion.objects.count() == 2


def test_receiver_that_fails_takes_the_last_choice_back(learner, scenario):
    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    run = begin(learner, scenario)
    choose(run, 1, "listen")
    scenario_ended.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            choose(run, 2, "whole-price")
    finally:
        scenario_ended.disconnect(fail)
    run.refresh_from_db()
    assert (run.ended_at, run.steps.count()) == (None, 1)


def test_mood_stays_between_angry_and_pleased(learner):
    told = content(start_mood=1)
    run = begin(learner, publish_scenario(**told))
    step = choose(run, 1, "hurry")
    assert (step.mood_before, step.mood_after) == (1, 1)


def test_ended_run_and_steps_are_facts(learner, scenario):
    run = Playthrough.objects.get(pk=play(learner, scenario).pk)
    run.points = 99
    with pytest.raises(FactError):
        run.save()
    step = run.steps.first()
    for fact in (
        run,
        step,
        step.clauses.first(),
        run.version,
        run.version.texts.first(),
        run.version.citations.first(),
    ):
        with pytest.raises(FactError):
            fact.save()
        with pytest.raises(FactError):
            fact.delete()


def test_open_run_may_still_change_but_not_go(learner, scenario):
    run = begin(learner, scenario)
    run.save()
    with pytest.raises(FactError):
        run.delete()
