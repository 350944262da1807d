"""What the commands that bring a file in have in common: whose it is, a dry run, reading no more than may come."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import User


class Note(Protocol):
    """Something to tell of a file. line: from 1; 0 where it is about the whole file."""

    @property
    def line(self) -> int: ...
    @property
    def severity(self) -> Any: ...
    @property
    def words(self) -> str: ...


class ImportCommand(BaseCommand):
    """Takes `file`, `--dry-run` and `--by EMAIL`. file_help, by_help: what these two are, in words."""

    file_help = "the file, up to 10 MB"
    by_help = "whose drafts these are; without it, nobody's"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=self.file_help)
        parser.add_argument("--dry-run", action="store_true", help="print what would come in; write nothing")
        parser.add_argument("--by", metavar="EMAIL", help=self.by_help)

    def tell(self, notes: Iterable[Note]) -> None:
        """Each on a line of the error output, by place."""
        for note in sorted(notes, key=lambda each: each.line):
            place = f"Line {note.line}: " if note.line else ""
            self.stderr.write(f"{place}{note.severity}: {note.words}")


def content_of(path: Path, *, largest: int) -> bytes:
    """At most one byte more than a file may have: its reader says that it is too large. Raises CommandError."""
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise CommandError(f"{path.name} can't be opened: {error.strerror}. Nothing was written.") from error


def person_of(email: str | None) -> User | None:
    """Who has this address; nobody for None. Raises CommandError."""
    if email is None:
        return None
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"Nobody here has the address {email}. Nothing was written.") from error
