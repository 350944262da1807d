"""Bring a scenario of a file in as a draft. The same file again changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from core import clock
from people.management.importing import ImportCommand, content_of, person_of
from quizzes.domain.exchange.records import LARGEST_FILE
from training.domain.scenario.exchange.formats import FORMATS
from training.selectors.moving import VOCABULARY, Outcome, plan_import
from training.services.moving import import_scenario

SENTENCES = {
    Outcome.NEW: "A new scenario: “{title}” ({slug}).",
    Outcome.CHANGED: "A new draft of “{title}” ({slug}).",
    Outcome.SAME: "“{title}” ({slug}) says this already.",
}


class Command(ImportCommand):
    help = (
        "Bring a scenario of a file in as a draft; nothing is published. Prints by line what was left out or can't come in, and why. "
        "A scenario that is here already gets a new draft revision."
    )

    by_help = "whose draft it is; without it, nobody's"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        by = person_of(options["by"])
        parsed = FORMATS[options["format"]].read(content_of(options["file"], largest=LARGEST_FILE), VOCABULARY)
        plan = plan_import(by, parsed)
        if not options["dry_run"]:
            plan = import_scenario(parsed=parsed, by=by, now=clock.now()).plan
        self.tell(plan.notes)
        if plan.manuscript is None:
            raise CommandError("The file was refused. Nothing was written.")
        story, slug = plan.manuscript.story, plan.manuscript.slug
        self.stdout.write(SENTENCES[plan.outcome].format(title=story.title, slug=slug))
        self.stdout.write(f"Scenes: {len(list(story.scenes))}. Endings: {len(list(story.endings))}.")
        if options["dry_run"] or plan.outcome == Outcome.SAME:
            self.stdout.write("Nothing was written.")
