"""Bring a scenario of a file in as a draft. The same file again changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from people.models import User
from quizzes.domain.exchange.records import LARGEST_FILE
from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.exchange.records import Note
from training.selectors.moving import VOCABULARY, Outcome, plan_import
from training.services.moving import import_scenario

SENTENCES = {
    Outcome.NEW: "A new scenario: “{title}” ({slug}).",
    Outcome.CHANGED: "A new draft of “{title}” ({slug}).",
    Outcome.SAME: "“{title}” ({slug}) says this already.",
}


class Command(BaseCommand):
    help = (
        "Bring a scenario of a file in as a draft; nothing is published. Prints by line what was left out or can't come in, and why. "
        "A scenario that is here already gets a new draft revision."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, up to 10 MB")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--dry-run", action="store_true", help="print what would come in; write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="whose draft it is; without it, nobody's")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _person(options["by"])
        parsed = FORMATS[options["format"]].read(_content(options["file"]), VOCABULARY)
        plan = plan_import(by, parsed)
        if not options["dry_run"]:
            plan = import_scenario(parsed=parsed, by=by, now=clock.now()).plan
        for each in plan.notes:
            self.stderr.write(_worded(each))
        if plan.manuscript is None:
            raise CommandError("The file was refused. Nothing was written.")
        story, slug = plan.manuscript.story, plan.manuscript.slug
        self.stdout.write(SENTENCES[plan.outcome].format(title=story.title, slug=slug))
        self.stdout.write(f"Scenes: {len(list(story.scenes))}. Endings: {len(list(story.endings))}.")
        if options["dry_run"] or plan.outcome == Outcome.SAME:
            self.stdout.write("Nothing was written.")


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
