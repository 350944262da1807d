"""RESULTS.md: one section a database, each replaced by its own run."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path

from django.db import connection

from benchmarks.pages import Figure

FILE = Path(__file__).with_name("RESULTS.md")
HEAD = """# Measured

`make bench` writes this file, a section a database. Figures are CPU milliseconds of the Python process (medians, after
two rounds to warm up), and stand beside their reference from the same run: **B** a bare Wagtail page, **S** a view that
reads session and user, **W** one locked read-modify-write. The time of PostgreSQL's own processes isn't in them,
but for lines that say so: those are milliseconds of the clock, what somebody waits for.
The bounds are the project's quality bar. Where one doesn't hold, it says so. Chapters have no links yet, so none are
measured. The organisation's page has results of its own: RESULTS-organisation.md.
"""
VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def write(figures: list[Figure], seconds: float) -> None:
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", read(), re.MULTILINE | re.DOTALL))
    sections[VENDORS[connection.vendor]] = section(figures, seconds)
    ordered = [f"## {name}\n{sections[name].rstrip()}\n" for name in VENDORS.values() if name in sections]
    FILE.write_text("\n".join([HEAD, *ordered]))


def read() -> str:
    return FILE.read_text() if FILE.exists() else ""


def section(figures: list[Figure], seconds: float) -> str:
    rows = [
        f"| {figure.what} | {figure.took} | {figure.bound} | {'yes' if figure.holds else '**no**'} |"
        for figure in figures
    ]
    busy = os.getloadavg()[0]
    where = f"{date.today():%d %B %Y}, commit {commit()}, {os.cpu_count()} cores, Python {platform.python_version()}"  # noqa: DTZ011
    return "\n".join(
        [
            "",
            f"{where}, {connection.vendor} {version()}; load average {busy:.1f} at the end, {seconds:.0f} s in all.",
            "",
            "| what | measured | at most | holds |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def commit() -> str:
    ran = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return ran.stdout.strip() or "unknown"


def version() -> str:
    return ".".join(map(str, connection.get_database_version()))
