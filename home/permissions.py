"""Who may open what in this app."""

from __future__ import annotations

from core.permissions import allowed
from people.middleware import SignedInRequest


def _supervises(request: SignedInRequest) -> bool:
    return bool(request.is_supervisor)


supervisors_only = allowed(_supervises, "supervisor")
