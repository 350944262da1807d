"""One person's run of a scenario, and each choice in it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Fact
from standards.models import ClauseVersion
from training.blocks import KEY_LENGTH
from training.models.scenarios import ScenarioPage, ScenarioVersion
from training.querysets import PlaythroughQuerySet


class Playthrough(Fact):
    """Ordinary while it is open; a fact once it has reached an ending. It stays in the version that it began in.

    One that tries again from a decision of another (`practice_of`, whose steps before `from_position` it begins with) is
    practice: it counts nowhere.
    """

    sealed_by = "ended_at"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="playthroughs")
    scenario = models.ForeignKey(ScenarioPage, on_delete=models.PROTECT, related_name="playthroughs")
    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="playthroughs")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    practice_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="practice_runs"
    )
    from_position = models.PositiveSmallIntegerField(null=True, blank=True)
    best_points = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    points = models.IntegerField(null=True, blank=True)
    scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    is_success = models.BooleanField(null=True, blank=True)

    objects: ClassVar[Any] = PlaythroughQuerySet.as_manager()

    class Meta:
        verbose_name = _("playthrough")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "scenario"], name="training_play_learner_scenario")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "scenario"],
                condition=Q(ended_at=None, practice_of=None),
                name="training_playthrough_one_open",
            ),
            models.UniqueConstraint(
                fields=["practice_of", "from_position"],
                condition=Q(ended_at=None),
                name="training_playthrough_one_open_practice",
            ),
            models.CheckConstraint(
                condition=Q(practice_of=None, from_position=None) | Q(practice_of__isnull=False, from_position__gte=1),
                name="training_playthrough_practice_from_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending_key="", points=None, scaled=None, is_success=None)
                | (
                    Q(ended_at__isnull=False, points__isnull=False, scaled__isnull=False, is_success__isnull=False)
                    & ~Q(ending_key="")
                ),
                name="training_playthrough_open_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.scenario}"

    @property
    def is_practice(self) -> bool:
        return self.practice_of_id is not None

    @property
    def duration(self) -> timedelta | None:
        """From the start to the ending; None while it is open."""
        return self.ended_at - self.started_at if self.ended_at else None

    def get_absolute_url(self) -> str:
        """Its debrief once it has ended, the player until then."""
        if self.ended_at:
            return reverse("debrief", args=[self.scenario.slug, self.public_id])
        if self.is_practice:
            return reverse("scenario_again", args=[self.scenario.slug, self.public_id])
        return reverse("scenario", args=[self.scenario.slug])


class PlaythroughStep(Fact):
    """One choice: the scene it was made in, how the customer felt before and after, what it earned. Positions count from 1.

    points: those that counted: a choice's own the first time that it is taken in a run. is_late: the scene's clock took it.
    """

    playthrough = models.ForeignKey(Playthrough, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    scene_key = models.CharField(max_length=KEY_LENGTH)
    choice_key = models.CharField(max_length=KEY_LENGTH)
    points = models.SmallIntegerField()
    mood_before = models.PositiveSmallIntegerField()
    mood_after = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step")
        ordering = ["playthrough", "position"]
        constraints = [
            models.UniqueConstraint(fields=["playthrough", "position"], name="training_playthroughstep_position_unique")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.scene_key}/{self.choice_key}"


class StepClause(Fact):
    """The version of a clause that was in force when a choice citing it was made, and the points that it earned for it."""

    step = models.ForeignKey(PlaythroughStep, on_delete=models.PROTECT, related_name="clauses")
    clause_version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="+")
    points = models.SmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "clause_version"], name="training_stepclause_unique")]

    def __str__(self) -> str:
        return str(self.clause_version)
