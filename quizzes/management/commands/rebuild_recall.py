"""Recall, made anew from what it rests on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import User
from quizzes.selectors.recall import recall_difference_unscoped
from quizzes.services import rebuild_recall


class Command(BaseCommand):
    help = (
        "Bring everybody's recall in line with the facts: answers in quizzes and practice, choices in role-plays. "
        "A second run finds nothing to do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit with 1 if something is not as the facts say"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        people = missing = wrong = 0
        for learner in User.objects.order_by("pk").iterator():
            found = recall_difference_unscoped(learner) if options["check"] else rebuild_recall(learner=learner)
            people += bool(found)
            missing += len(found.missing)
            wrong += len(found.clauses) + len(found.stale)
        told = f"{missing} reviews were missing and {wrong} memories differed, of {people} people"
        if options["check"] and people:
            raise CommandError(f"{told}. Run manage.py rebuild_recall.")
        self.stdout.write(told if people else "Recall is as the facts say")
