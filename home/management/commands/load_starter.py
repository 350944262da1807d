"""Load the standards, role-plays, quizzes and programmes that ship with Piawai, without people. A second run changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from home.selectors.content import ContentFault
from home.services.content import load_starter
from home.services.translations import load_translations


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                loaded = load_starter(by=None, now=clock.now())
                load_translations(by=None, now=clock.now())
        except ContentFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Loaded {loaded}. What was there already was left as it is.")
