"""`manage.py rebuild_status [--check]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.selectors.status import differences_unscoped, people_in_chunks_unscoped
from training.services.status import rebuild_status


class Command(BaseCommand):
    help = "Work out anew, from the facts, where everybody stands with every programme. With --check: only say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{rebuild_status()} statuses were not what the facts say; they are now.")
            return
        found = 0
        for learners in people_in_chunks_unscoped():
            for person, program in differences_unscoped(learners):
                self.stderr.write(f"Person {person}, programme {program}")
                found += 1
        if found:
            raise CommandError(f"{found} statuses are not what the facts say. Run rebuild_status without --check.")
        self.stdout.write("Every status is what the facts say.")
