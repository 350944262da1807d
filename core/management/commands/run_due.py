"""What falls due, once: to be called every few minutes by cron or a timer."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.contributions import due_work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due: scheduled pages, mails, and files that a killed worker left unmade."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, work in due_work().items():
            # One that fails must not keep the others from being done.
            try:
                self.stdout.write(f"{name}: {work(now=clock.now())}")
            except Exception:
                logger.exception("Due work failed: %s", name)
                failed.append(name)
        if failed:
            raise CommandError(f"Not done, see the log: {', '.join(failed)}")
