"""Results by a mended key: shows each that changes, and writes them only when told to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from quizzes.selectors.regrading import asked_attempt_ids_unscoped, question_by_id_unscoped, regrades_unscoped
from quizzes.services import regrade_attempts


class Command(BaseCommand):
    help = "Show which handed-in attempts the newest key of a question would change; with --apply, grade them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question_id", type=int, help="number of the question, as in the address of its edit page")
        parser.add_argument("--quiz", default="", metavar="SLUG", help="attempts at this quiz only")
        parser.add_argument("--apply", action="store_true", help="write the new grades beside the old ones")
        parser.add_argument("--reason", default="", help="what learners read; required with --apply")

    def handle(self, *args: Any, **options: Any) -> None:
        question, reason = question_by_id_unscoped(options["question_id"]), options["reason"].strip()
        if question is None:
            raise CommandError(f"There is no question {options['question_id']}.")
        if options["apply"] and not reason:
            raise CommandError('Say why, for those whose result changes: --reason "…"')
        if len(reason) > 300:
            raise CommandError("The reason is too long: 300 characters at most.")
        if options["apply"]:
            regrades = regrade_attempts(question=question, reason=reason, now=clock.now(), quiz_slug=options["quiz"])
        else:
            regrades = regrades_unscoped(question, asked_attempt_ids_unscoped(question, options["quiz"]))
        for one in regrades:
            was, now = (_passed(success) for success in (one.before.is_success, one.after.is_success))
            change = f"{was} → {now}" if was != now else f"still {now}"
            self.stdout.write(f"{one.attempt}: {one.before.score_scaled} → {one.after.scaled}, {change}")
        self.stdout.write(f"{len(regrades)} results {'graded anew' if options['apply'] else 'would change'}.")


def _passed(is_success: bool) -> str:
    return "passed" if is_success else "failed"
