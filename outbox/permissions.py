"""Who may open what in this app."""

from __future__ import annotations

from core.permissions import has_permission

RETRY = "outbox.retry_mail"

who_runs_the_outbox = has_permission(RETRY)
