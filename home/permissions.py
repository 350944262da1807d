"""Who may open what in this app."""

from __future__ import annotations

from typing import Any

from core import clock
from core.permissions import allowed


def _supervises(user: Any) -> bool:
    from people.selectors import is_supervisor  # noqa: PLC0415  (this room knows no models)

    return is_supervisor(user, clock.now())


supervisors_only = allowed(_supervises, "supervisor")
