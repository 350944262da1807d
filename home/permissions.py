"""Who may open what in this app."""

from __future__ import annotations

from typing import Any

from core import clock
from core.permissions import allowed
from people.selectors import is_supervisor


def _supervises(user: Any) -> bool:
    return is_supervisor(user, clock.now())


supervisors_only = allowed(_supervises, "supervisor")
