"""`make bench`: measures on the database that DATABASE_URL names, or on an SQLite file of its own that goes afterwards."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time

folder = tempfile.mkdtemp(prefix="piawai-bench-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def main() -> int:
    began = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    made = publish_content()
    create_bare_page()
    figures = []
    measures = [
        pages.measure_chapter(made),
        pages.measure_my_training(made),
        pages.measure_writes(made),
        pages.measure_attempt(made),
        pages.measure_matrix(made),
        practice.measure_practice(),
        limits.measure_writers(made),
    ]
    if connection.vendor == "sqlite":  # the same on every database, so once is enough
        measures += [limits.measure_certificates(), limits.measure_bytes(learner_with_activities(made))]
    # Last: the heap of a company of 10,000 would be taken for the memory of certificates.
    measures += [standards.measure_standards(), item_analysis.measure_item_analysis()]
    for measured in measures:
        for figure in measured:
            figures.append(figure)
            print(
                f"  {'ok' if figure.holds else 'NO':3} {figure.what}: {figure.took} (at most {figure.bound})",
                flush=True,
            )
    results.write(figures, time.monotonic() - began)
    return 0


if __name__ == "__main__":
    import django

    try:
        django.setup()
        # Models can only be imported once Django is set up.
        from django.core.management import call_command
        from django.db import connection

        from benchmarks import item_analysis, limits, pages, practice, results, standards
        from benchmarks.company import learner_with_activities, publish_content
        from benchmarks.references import create_bare_page

        sys.exit(main())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
