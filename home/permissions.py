"""Who may open what in this app."""

from __future__ import annotations

from core.permissions import allowed, has_permission
from people.middleware import SignedInRequest


def _supervises(request: SignedInRequest) -> bool:
    return bool(request.is_supervisor)


supervisors_only = allowed(_supervises, "supervisor")


def _sees_others(request: SignedInRequest) -> bool:
    return bool(request.is_supervisor) or request.user.has_perm("people.view_all_people")


who_sees_others = allowed(_sees_others, "supervisor or people.view_all_people")
"""Supervisors of somebody today, and administrators; whom they see is the selectors' to say."""

sees_everybody = has_permission("people.view_all_people")
"""Administrators: the whole organisation."""
