"""Bring questions of a file into the bank: all that can come in, or nothing. The same file again changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from people.models import User
from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.records import LARGEST_FILE, Note
from quizzes.enums import Standing
from quizzes.selectors.exchange import ImportPlan, plan_import_unscoped
from quizzes.services import import_questions


class Command(BaseCommand):
    help = (
        "Bring questions of a file into the question bank. Prints by line what can't come in, or only in part, and why. "
        "Questions that are here already stay as they are. Without --publish everything comes in as drafts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, up to 10 MB")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--dry-run", action="store_true", help="print what would come in; write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the questions that are complete")
        parser.add_argument("--by", metavar="EMAIL", help="whose questions these are; without it, nobody's")

    def handle(self, *args: Any, **options: Any) -> None:
        parsed = FORMATS[options["format"]].read(_content(options["file"]))
        publishes = options["publish"]
        plan = plan_import_unscoped(parsed, publishes=publishes)
        self._print(plan)
        if plan.is_refused:
            raise CommandError("The file was refused. Nothing was written.")
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        by = _person(options["by"])
        imported = import_questions(parsed=parsed, publishes=publishes, by=by, now=clock.now())
        self.stdout.write(f"Brought in: {len(imported.made)}.")

    def _print(self, plan: ImportPlan) -> None:
        notes = [*plan.notes, *(each for question in plan.questions for each in question.notes)]
        for note in sorted(notes, key=lambda each: each.line):
            self.stderr.write(_worded(note))
        counts = plan.counts
        for standing in Standing:
            if counts[standing]:
                self.stdout.write(f"{standing.label}: {counts[standing]}")


def _worded(note: Note) -> str:
    place = f"Line {note.line}: " if note.line else ""
    return f"{place}{note.severity}: {note.words}"


def _content(path: Path) -> bytes:
    """At most one byte more than a file may have: the reader says that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path.name} can't be opened: {error.strerror}. Nothing was written.") from error


def _person(email: str | None) -> User | None:
    if email is None:
        return None
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"Nobody here has the address {email}. Nothing was written.") from error
