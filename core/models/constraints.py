"""Conditions that constraints share."""

from __future__ import annotations

from django.db.models import Q


def exactly_one(*names: str) -> Q:
    """Of these nullable fields exactly one is filled in."""
    condition = Q()
    for filled in names:
        condition |= Q(**{f"{name}__isnull": name != filled for name in names})
    return condition
