"""The file in which somebody takes along all that is held on them."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from wagtail.log_actions import log

from people.models import User
from people.selectors.exporting import files_of_person, tables_of_person

logger = logging.getLogger(__name__)

EXPORTED = "people.export"
"""What Wagtail's log calls it when somebody else takes a person's data out."""


def write_export(*, person: User, by: User, file: IO[bytes], now: datetime) -> None:
    """A ZIP: a page to read, a JSON file a model, and the person's files. It is logged where `by` is somebody else."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        tables = list(tables_of_person(person))
        for table in tables:
            archive.writestr(
                f"{table.name}.json", json.dumps(table.rows, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
            )
        names, missing = _write_files(archive, person)
        context = {"person": person, "now": now, "tables": tables, "files": names, "missing": missing}
        archive.writestr("index.html", render_to_string("people/export.html", context))
    if by.pk != person.pk:
        log(instance=person, action=EXPORTED, user=by)


def _write_files(archive: ZipFile, person: User) -> tuple[list[str], list[str]]:
    """Names of the files in it, and of those that can't be read now."""
    names: list[str] = []
    missing: list[str] = []
    for number, stored in enumerate(files_of_person(person), start=1):
        name = f"files/{number:03}-{PurePosixPath(stored.name).name}"
        try:
            with stored.open("rb") as content:
                archive.writestr(name, content.read())
            names.append(name)
        except OSError:
            logger.exception("A file is missing in an export: %s", stored.field)
            missing.append(name)
    return names, missing
