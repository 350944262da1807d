"""Load the demo: content, company and a year of history. A second run changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from home.selectors.content import ContentFault
from home.services.company import PASSWORD
from home.services.demo import StandardsAreThere, load_demo

LOGINS = ("newhire", "learner", "supervisor", "editor", "approver", "admin")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Loading the demo; the first time it takes a minute or two …")
        try:
            loaded = load_demo(now=clock.now())
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
