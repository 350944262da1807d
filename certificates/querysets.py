from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth import get_user_model

from core.models.facts import FactQuerySet


class CertificateQuerySet(FactQuerySet):
    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """One's own, those of the teams one supervises today, or everybody's for an administrator."""
        return self.filter(learner__in=get_user_model().objects.for_viewer(viewer, day=day))

    def named(self) -> Self:
        """Those whose holder is not erased. Of the others, whoever asks learns as little as of one that never was."""
        return self.exclude(holder__name="")
