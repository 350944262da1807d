"""Load the demo: content, company and a year of history. A second run changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from home.selectors.content import ContentFault
from home.services.company import PASSWORD
from home.services.demo import StandardsAreThere, load_demo

FEWEST = 60
"""Of whom the demo's stories tell: who signs in, supervises or asks is among them."""
LOGINS = ("newhire", "learner", "supervisor", "editor", "approver", "admin")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, help=f"only the first so many people of the company, {FEWEST} or more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (people := options["people"]) is not None and people < FEWEST:
            raise CommandError(f"The demo has {FEWEST} people or more: try --people {FEWEST}.")
        self.stdout.write("Loading the demo; the first time it takes two minutes or three …")
        try:
            loaded = load_demo(now=clock.now(), people=people)
        except ContentFault as fault:
            raise CommandError(str(fault)) from fault
        except StandardsAreThere as fault:
            raise CommandError(
                "This database has standards already, and the demo’s history would begin before them: "
                "load it into an empty database. Nothing was changed."
            ) from fault
        self.stdout.write(
            "The demo is there already: nothing was changed."
            if loaded is None
            else f"Loaded {loaded}, and a year of history."
        )
        addresses = ", ".join(f"{name}@piawai.example" for name in LOGINS)
        self.stdout.write(f"Sign in as {addresses}; password {PASSWORD}")
