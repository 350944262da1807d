"""Write questions of the bank, right answers and all, into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from quizzes.domain.exchange.formats import FORMATS, divide
from quizzes.domain.exchange.saying import UNSAYABLE_WORDS
from quizzes.selectors.exchange import entries_unscoped, questions_to_export_unscoped


class Command(BaseCommand):
    help = "Write questions of the bank, right answers and all, into a file. Prints what the format can't say, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--output", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--clause", action="append", default=[], metavar="CODE", help="of this clause (or of these)"
        )
        parser.add_argument("--tag", action="append", default=[], help="with this tag (or one of these)")

    def handle(self, *args: Any, **options: Any) -> None:
        into = FORMATS[options["format"]]
        questions = questions_to_export_unscoped(codes=options["clause"], tags=options["tag"])
        sayable, unsaid = divide(entries_unscoped(questions, with_pictures=into.has_pictures), into)
        for each in unsaid:
            stem = each.entry.authored.stem if each.entry.authored else ""
            self.stderr.write(f"Left out: {stem[:80]} ({UNSAYABLE_WORDS[each.reason]})")
        options["output"].write_bytes(into.write(sayable))
        self.stdout.write(f"Written: {len(sayable)}. Left out: {len(unsaid)}.")
