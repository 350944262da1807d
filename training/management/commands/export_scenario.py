"""Write the draft of a scenario, points and all, into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.exchange.records import UNSAYABLE_WORDS
from training.domain.scenario.exchange.saying import unsayable
from training.selectors.moving import manuscript_unscoped, scenario_with_slug_unscoped


class Command(BaseCommand):
    help = "Write the newest draft of a scenario, points and all, into a file, or to the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the last part of its address")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("-o", "--output", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        page = scenario_with_slug_unscoped(options["slug"])
        if page is None:
            raise CommandError(f"There is no scenario with the address {options['slug']}.")
        manuscript = manuscript_unscoped(page)
        if unsaid := unsayable(manuscript.story):
            reasons = " ".join(UNSAYABLE_WORDS[each.reason] % {"place": each.place} for each in unsaid)
            raise CommandError(f"The draft can't be written to a file. {reasons}")
        content = FORMATS[options["format"]].write(manuscript)
        if options["output"]:
            options["output"].write_bytes(content)
            self.stdout.write(f"Written: {options['output'].name}.")
        else:
            self.stdout.write(content.decode(), ending="")
