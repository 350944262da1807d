"""Bring questions of a file into the bank: all that can come in, or nothing. The same file again changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from core import clock
from people.management.importing import ImportCommand, content_of, person_of
from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.records import LARGEST_FILE
from quizzes.enums import Standing
from quizzes.selectors.exchange import ImportPlan, plan_import_unscoped
from quizzes.services import import_questions


class Command(ImportCommand):
    help = (
        "Bring questions of a file into the question bank. Prints by line what can't come in, or only in part, and why. "
        "Questions that are here already stay as they are. Without --publish everything comes in as drafts."
    )

    by_help = "whose questions these are; without it, nobody's"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--publish", action="store_true", help="publish the questions that are complete")

    def handle(self, *args: Any, **options: Any) -> None:
        parsed = FORMATS[options["format"]].read(content_of(options["file"], largest=LARGEST_FILE))
        publishes = options["publish"]
        plan = plan_import_unscoped(parsed, publishes=publishes)
        self._print(plan)
        if plan.is_refused:
            raise CommandError("The file was refused. Nothing was written.")
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        by = person_of(options["by"])
        imported = import_questions(parsed=parsed, publishes=publishes, by=by, now=clock.now())
        self.stdout.write(f"Brought in: {len(imported.made)}.")

    def _print(self, plan: ImportPlan) -> None:
        self.tell([*plan.notes, *(each for question in plan.questions for each in question.notes)])
        counts = plan.counts
        for standing in Standing:
            if counts[standing]:
                self.stdout.write(f"{standing.label}: {counts[standing]}")
