"""Make a draft document from the headings and numbered paragraphs of a company's own file. Never publishes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from core import clock
from people.management.importing import ImportCommand, person_of
from people.models import User
from standards.domain.importing import ChapterOutline, Outline, make_outline
from standards.readers.files import read_file
from standards.readers.limits import FileRefused
from standards.selectors.chapters import codes_in_use_unscoped
from standards.services import NoDocument, import_document


class Command(ImportCommand):
    help = (
        "Make draft chapters from a company's own standards: headings become chapters, numbered paragraphs and the lowest headings "
        "clauses. Prints what was made, and what found no place. Publishes nothing. A chapter that is there already, by title or "
        "address, is left alone."
    )

    file_help = "a Word document (.docx, up to 10 MB) or Markdown in UTF-8 (.md, up to 2 MB)"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outline = make_outline(read_file(options["file"]), taken=codes_in_use_unscoped())
        except FileRefused as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from refusal
        by = person_of(options["by"])
        if options["dry_run"]:
            self._print_outline(outline)
        self._print_report(outline)
        if not outline.chapters:
            raise CommandError("No chapter was found: it takes a heading with text below it. Nothing was written.")
        if not options["dry_run"]:
            self._import(outline, by)

    def _import(self, outline: Outline, by: User | None) -> None:
        try:
            imported = import_document(outline=outline, by=by, now=clock.now())
        except NoDocument as error:
            raise CommandError(
                "There is no standards document yet. Make one under Pages, or run manage.py load_starter. Nothing was written."
            ) from error
        for page in imported.made:
            codes = [clause.code for clause in page.clauses.all()]
            self.stdout.write(f"Draft made: {page.title} ({_clauses(codes)})")
        for title in imported.there:
            self.stdout.write(f"There already, left alone: {title}")
        if imported.made:
            self.stdout.write(
                "Nothing is published. Read the drafts under Pages, complete their clauses, and publish them there."
            )
        else:
            self.stdout.write("Every chapter was there already: nothing was changed.")

    def _print_outline(self, outline: Outline) -> None:
        if outline.title:
            self.stdout.write(f"Document: {outline.title}")
        for chapter in outline.chapters:
            self._print_chapter(chapter)
        self.stdout.write("")

    def _print_chapter(self, chapter: ChapterOutline) -> None:
        self.stdout.write(f"\nChapter: {_with_number(chapter.number, chapter.title)}")
        for text in chapter.introduction:
            self.stdout.write(f"  {text}")
        for clause in chapter.clauses:
            self.stdout.write(f"  {clause.code}  {_with_number(clause.number, clause.title)}")
            for text in (clause.statement, *clause.why):
                self.stdout.write(f"      {text}")

    def _print_report(self, outline: Outline) -> None:
        if not outline.unplaced:
            self.stdout.write("Everything in the file found a place.")
            return
        self.stdout.write(f"Not placed: {len(outline.unplaced)}")
        for entry in outline.unplaced:
            where = f"{entry.place}: " if entry.place else ""
            self.stdout.write(f"  {where}{entry.reason}")
            if entry.text:
                self.stdout.write(f"      {entry.text}")


def _clauses(codes: list[str]) -> str:
    if not codes:
        return "no clauses"
    return codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"


def _with_number(number: str, title: str) -> str:
    return f"{number} {title}" if number else title
