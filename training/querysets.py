from __future__ import annotations

from typing import Self

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
