"""RESULTS-organisation.md, written by its own run."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from benchmarks.pages import Figure
from benchmarks.results import commit, version

FILE = Path(__file__).parent.with_name("RESULTS-organisation.md")
HEAD = """# The organisation’s page, measured

`make bench-organisation` writes this file: a company made by the database itself, on a PostgreSQL of its own with 128 MB of buffers.
“Database” is what PostgreSQL says that it took, planning and carrying out, the best of five; “in all” is a page by the clock, the
best of three, and jobs by the clock, once. The bounds are the project’s quality bar; where one doesn’t hold, it says so.
Lines that a run left out (`ARGS="--only pages"`) stay as they were.
"""


def _before() -> dict[str, str]:
    """The lines of the run before, by what they are of: what this one doesn't measure stays."""
    lines = FILE.read_text().splitlines() if FILE.exists() else []
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| what |")]
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}


def write(figures: list[Figure], size: str, seconds: float) -> None:
    where = f"{date.today():%d %B %Y}, commit {commit()}, {os.cpu_count()} cores, Python {platform.python_version()}"  # noqa: DTZ011
    rows = _before() | {
        figure.what: f"| {figure.what} | {figure.took} | {figure.bound} | {'yes' if figure.holds else '**no**'} |"
        for figure in figures
    }
    FILE.write_text(
        "\n".join(
            [
                HEAD,
                f"{size}. {where}, PostgreSQL {version()};",
                f"load average {os.getloadavg()[0]:.1f} at the end, {seconds / 60:.0f} minutes in all.",
                "",
                "| what | measured | at most | holds |",
                "|---|---|---|---|",
                *rows.values(),
                "",
            ]
        )
    )
