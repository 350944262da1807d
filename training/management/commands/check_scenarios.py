"""What the linter says of all published role-plays: for a pipeline, which it fails."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.domain.scenario.linting import Severity
from training.selectors.checking import checked_scenarios_unscoped


class Command(BaseCommand):
    help = "Check every published role-play and print what is wrong, by its place. Fails where there is an error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--warnings", action="store_true", help="fail where there is a warning, too")
        parser.add_argument(
            "--drafts", action="store_true", help="check what is written in published role-plays but not published, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = list(checked_scenarios_unscoped(with_drafts=options["drafts"]))
        for scenario in filter(lambda one: one.said, checked):
            self.stdout.write(f"{scenario.title} ({scenario.slug}{', draft' if scenario.is_draft else ''})")
            for said in scenario.said:
                self.stdout.write(f"  {said.severity}: {said.place + ': ' if said.place else ''}{said.text}")
        found = Counter(said.severity for scenario in checked for said in scenario.said)
        errors, warnings = found[Severity.ERROR], found[Severity.WARNING]
        self.stdout.write(f"Checked: {len(checked)}. Errors: {errors}. Warnings: {warnings}.")
        if errors or (warnings and options["warnings"]):
            raise CommandError("Not every role-play is sound.")
