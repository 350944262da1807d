"""Bring employees of a file in: all that it says, or nothing. The same file again changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from core import clock
from people.domain.importing.planning import Plan
from people.domain.importing.rows import Parsed
from people.enums import Outcome
from people.management.importing import ImportCommand, content_of, person_of
from people.readers import LARGEST_FILE, read_people
from people.selectors.importing import people_not_in_file_unscoped, plan_people_import_unscoped
from people.services import Imported, import_people


class Command(ImportCommand):
    help = (
        "Bring employees of a table (CSV or XLSX) in: who is new joins, others move, change or leave as it says. "
        "Prints by row what can't come in, and why; then nothing is written. Who isn't in the file stays as they are."
    )

    by_help = "who brings them in, for their history and their invitations; without it, nobody"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--invite", action="store_true", help="mail an invitation to everybody who is new")

    def handle(self, *args: Any, **options: Any) -> None:
        parsed = read_people(content_of(options["file"], largest=LARGEST_FILE))
        by, now = person_of(options["by"]), clock.now()
        done = Imported(plan_people_import_unscoped(parsed, now))
        if not options["dry_run"]:
            done = import_people(parsed=parsed, invites=options["invite"], by=by, now=now)
        self._print(done.plan, parsed)
        if done.plan.is_refused:
            raise CommandError("The file was refused. Nothing was written.")
        came = f"Came in: {len(done.plan.touched)}. Invited: {done.invited}."
        self.stdout.write("Nothing was written." if options["dry_run"] else came)

    def _print(self, plan: Plan, parsed: Parsed) -> None:
        self.tell(plan.notes)
        for outcome in Outcome:
            if plan.counts[outcome]:
                self.stdout.write(f"{outcome.label}: {plan.counts[outcome]}")
        if missing := people_not_in_file_unscoped(parsed).count():
            self.stdout.write(f"Here and not in the file, left as they are: {missing}")
