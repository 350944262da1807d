"""Playing role-plays: starting, choosing, what the clock chooses, and practice from one of the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale

from people.models import User
from training.domain.scenario.graph import Choice, Ending
from training.domain.scenario.presenting import late_choice
from training.domain.scenario.running import gain, take
from training.domain.scenario.scoring import is_success, scaled_score
from training.models import (
    Playthrough,
    PlaythroughStep,
    ScenarioPage,
    ScenarioVersionText,
    StepClause,
)
from training.selectors.playing import Present, present_unscoped
from training.selectors.scenarios import newest_version_unscoped
from training.signals import scenario_ended


class NotPlayable(Exception):
    """The scenario is not published."""


class AlreadyDecided(Exception):
    """Another choice was taken for this decision."""


class ChoiceNotOffered(Exception):
    """The run isn't at this decision, or doesn't offer this choice there."""


class NoSuchDecision(Exception):
    """The run has no decision at this position."""


@transaction.atomic
def start_playthrough(
    *, learner: User, scenario: ScenarioPage, now: datetime, locale: Locale | None = None
) -> Playthrough:
    """Begin a run in the newest version; the run that is open already, if there is one.

    `locale` is the language to begin it in where the scenario has words in it, the source language for None. Raises NotPlayable.
    """
    User.objects.lock(learner)
    runs = Playthrough.objects.open().counting().filter(learner=learner, scenario=scenario)
    if begun := runs.select_related("version").first():
        return begun
    version = newest_version_unscoped(scenario)
    if version is None or not _is_live(scenario):
        raise NotPlayable
    words = ScenarioVersionText.objects.best_for([version.pk], locale or Locale.get_default())[version.pk]
    return Playthrough.objects.create(
        learner=learner,
        scenario=scenario,
        version=version,
        locale_id=words.locale_id,
        best_points=version.best_points,
        started_at=now,
    )


@transaction.atomic
def try_again(*, learner: User, playthrough: Playthrough, position: int, now: datetime) -> Playthrough:
    """Practice from the decision at `position` of a run that ended; the one that is open already, if there is one.

    It begins with the steps that led there, in the same version, and counts nowhere: not for the best result, programmes or
    statistics. Neither does it feed recall: who has just read the debrief knows what to say, and remembers nothing by it.
    Raises NoSuchDecision, NotPlayable; Playthrough.DoesNotExist for somebody else's run or one that is open.
    """
    User.objects.lock(learner)
    run = Playthrough.objects.ended().select_related("scenario", "version").get(pk=playthrough.pk, learner=learner)
    steps = list(run.steps.order_by("position"))
    if not 1 <= position <= len(steps):
        raise NoSuchDecision
    if begun := Playthrough.objects.open().filter(practice_of=run, from_position=position).first():
        return begun
    if not _is_live(run.scenario):
        raise NotPlayable
    practice = Playthrough.objects.create(
        learner=learner,
        scenario=run.scenario,
        version=run.version,
        locale_id=run.locale_id,
        practice_of=run,
        from_position=position,
        best_points=run.best_points,
        started_at=now,
    )
    _repeat(steps[: position - 1], practice)
    return practice


@transaction.atomic
def take_choice(
    *, learner: User, playthrough: Playthrough, position: int, choice_key: str, now: datetime
) -> PlaythroughStep:
    """Take a choice for the decision at `position`, counted from 1. The step's `playthrough` is as it stands afterwards.

    The same choice for the same position again gives the step that was taken. Where the scene's clock was faster, it is the
    step that the clock took. Raises AlreadyDecided for another choice, ChoiceNotOffered for what the run doesn't offer now;
    Playthrough.DoesNotExist for somebody else's run.
    """
    run = _lock_run(playthrough, learner)
    present = present_unscoped(run)
    for step in present.steps:
        if step.position == position:
            return _same_step(step, run, choice_key)
    if position != present.position:
        raise ChoiceNotOffered
    if late := _late(present, learner, now):
        return _take(present, late, now, is_late=True)
    choice = next((choice for choice in present.offered if choice.key == choice_key), None)
    if choice is None:
        raise ChoiceNotOffered
    return _take(present, choice, now)


@transaction.atomic
def let_time_pass(*, learner: User, playthrough: Playthrough, now: datetime) -> Playthrough:
    """Take the late choice of the scene that the run is at, if its time is up. The run as it stands afterwards.

    It is taken when somebody comes, and at that moment: the clock of the next scene begins when the learner gets to see it.
    """
    run = _lock_run(playthrough, learner)
    present = present_unscoped(run)
    late = _late(present, learner, now)
    return _take(present, late, now, is_late=True).playthrough if late else run


def _late(present: Present, learner: User, now: datetime) -> Choice | None:
    return late_choice(present.scene) if present.scene and present.is_time_up(learner, now) else None


def _take(present: Present, choice: Choice, now: datetime, *, is_late: bool = False) -> PlaythroughStep:
    run, before = present.run, present.state
    after = take(before, choice)
    step = PlaythroughStep.objects.create(
        playthrough=run,
        position=present.position,
        scene_key=before.key,
        choice_key=choice.key,
        points=gain(before, choice),
        mood_before=before.mood,
        mood_after=after.mood,
        chosen_at=now,
        is_late=is_late,
    )
    _cite(step, run, counts=(before.key, choice.key) not in before.taken)
    node = present.story.by_key[after.key]
    if isinstance(node, Ending):
        _end(run, node, after.points, after.has_failed, now)
    return step


def _is_live(scenario: ScenarioPage) -> bool:
    return bool(ScenarioPage.objects.live().filter(pk=scenario.pk).exists())


def _lock_run(playthrough: Playthrough, learner: User) -> Playthrough:
    """One choice at a time in each run: the second of two tabs sees what the first has taken."""
    runs = Playthrough.objects.select_for_update(of=("self",)).select_related("version")
    return runs.get(pk=playthrough.pk, learner=learner)


def _same_step(step: PlaythroughStep, run: Playthrough, choice_key: str) -> PlaythroughStep:
    if step.choice_key != choice_key and not step.is_late:
        raise AlreadyDecided
    step.playthrough = run
    return step


def _cite(step: PlaythroughStep, run: Playthrough, *, counts: bool) -> None:
    """Freeze the versions in force of the clauses that the choice cites; of one retired since, its last."""
    cited = run.version.citations.filter(scene_key=step.scene_key, choice_key=step.choice_key)
    StepClause.objects.bulk_create(
        StepClause(step=step, clause_version_id=in_force, points=points if counts else 0)
        for in_force, points in cited.order_by("pk").values_list("clause__current_version", "points")
    )


def _repeat(steps: Sequence[PlaythroughStep], practice: Playthrough) -> None:
    """Begin `practice` with these steps and what they cite."""
    names = ("position", "scene_key", "choice_key", "points", "mood_before", "mood_after", "chosen_at", "is_late")
    copies = PlaythroughStep.objects.bulk_create(
        PlaythroughStep(playthrough=practice, **{name: getattr(step, name) for name in names}) for step in steps
    )
    copy_of = {step.pk: copy for step, copy in zip(steps, copies, strict=True)}
    StepClause.objects.bulk_create(
        StepClause(step=copy_of[row.step_id], clause_version_id=row.clause_version_id, points=row.points)
        for row in StepClause.objects.filter(step__in=steps).order_by("pk")
    )


def _end(run: Playthrough, ending: Ending, points: int, has_failed: bool, now: datetime) -> None:
    run.ended_at = now
    run.ending_key = ending.key
    run.points = points
    run.scaled = scaled_score(points, run.best_points)
    run.is_success = is_success(points, run.best_points, run.version.mastery_score, has_failed)
    run.save(update_fields=["ended_at", "ending_key", "points", "scaled", "is_success"])
    if not run.is_practice:
        scenario_ended.send(sender=Playthrough, playthrough=run, now=now)
