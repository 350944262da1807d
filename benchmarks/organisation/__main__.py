"""`make bench-organisation [ARGS="--people 20000 --programs 50"]`, on the PostgreSQL that DATABASE_URL names, which must be empty."""

from __future__ import annotations

import argparse
import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--programs", type=int, default=50)
    parser.add_argument("--made", action="store_true", help="the company is there already")
    parser.add_argument("--only", nargs="*", default=[], help="these measures only: their names stand in measures.py")
    parser.add_argument(
        "--assigned", type=int, default=100_000, help="so many people get the programme with a new rule"
    )
    wanted = parser.parse_args()
    if connection.vendor != "postgresql":
        parser.error("this needs PostgreSQL: .ci/postgres python -m benchmarks.organisation")
    began = time.monotonic()

    def told(words: str) -> None:
        print(f"  {time.monotonic() - began:6.0f} s  {words}", flush=True)

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if not wanted.made:
        make_company(wanted.people, wanted.programs, told)
    figures = []
    size = f"{wanted.people:,} people × {wanted.programs} programmes, {ProgramStatus.objects.count():,} statuses"
    for figure in measures.all_measures(wanted.only, wanted.assigned):
        figures.append(figure)
        told(f"{'ok' if figure.holds else 'NO':3} {figure.what}: {figure.took} (at most {figure.bound})")
        results.write(figures, size, time.monotonic() - began)
    return 0


if __name__ == "__main__":
    import django

    django.setup()
    # Models can only be imported once Django is set up.
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.organisation import measures, results
    from benchmarks.organisation.company import make_company
    from training.models import ProgramStatus

    sys.exit(main())
