"""What falls due, once: to be called every few minutes by cron or a timer."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.contributions import DueWork, due_work
from core.services import begin_due_work, finish_due_work, leave_broken_connection, only_one_at_a_time

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due: scheduled pages, mails, and files that a killed worker left unmade."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name, work in due_work().items() if not self._is_done(name, work)]
        if failed:
            raise CommandError(f"Not done, see the log: {', '.join(failed)}")

    def _is_done(self, name: str, work: DueWork) -> bool:
        """False where it failed; what another process is doing counts as done. One that fails keeps no other from being done."""
        try:
            with only_one_at_a_time(name=name) as is_ours:
                self.stdout.write(f"{name}: {self._do(name, work) if is_ours else 'being done by another run'}")
        except Exception:
            logger.exception("Due work failed: %s", name)
            leave_broken_connection()
            return False
        return True

    def _do(self, name: str, work: DueWork) -> int:
        begin_due_work(name=name, now=clock.now())
        try:
            done = work(now=clock.now())
        except Exception as error:
            leave_broken_connection()
            finish_due_work(name=name, error=error, now=clock.now())
            raise
        finish_due_work(name=name, done=done, now=clock.now())
        return done
