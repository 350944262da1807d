"""What a page shows, as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.http import FileResponse

from core.domain.exports import write_csv, write_xlsx

FILES = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def spreadsheet(kind: str, rows: Iterable[Sequence[object]], *, name: str, day: date) -> FileResponse:
    """kind: "csv" or "xlsx". Only the file is held, never its rows: 10,000 people × 12 chapters take 12 MB."""
    write, content_type = FILES[kind]
    file = BytesIO()
    write(file, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}-{day:%Y-%m-%d}.{kind}", content_type=content_type)
