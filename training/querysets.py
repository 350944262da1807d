from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef

from core.models.facts import FactQuerySet


class ScenarioVersionQuerySet(FactQuerySet):
    def newest(self) -> Self:
        """Of each scenario, the version with the highest number."""
        newer = self.model._default_manager.filter(scenario_key=OuterRef("scenario_key"), number__gt=OuterRef("number"))
        return self.exclude(Exists(newer))


class PlaythroughQuerySet(FactQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.exclude(ended_at=None)


class ProgramAssignmentQuerySet(models.QuerySet):
    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """One's own, those of the teams one supervises today, or everybody's for an administrator."""
        return self.filter(learner__in=get_user_model().objects.for_viewer(viewer, day=day))

    def open(self) -> Self:
        """Neither completed nor released."""
        return self.filter(completion=None, release=None)

    def latest_cycles(self) -> Self:
        """Of each person and programme, the newest assignment."""
        newer = self.model._default_manager.filter(
            learner=OuterRef("learner"), program=OuterRef("program"), cycle__gt=OuterRef("cycle")
        )
        return self.exclude(Exists(newer))
