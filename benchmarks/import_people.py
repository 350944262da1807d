"""10,000 employees come in, again, and move, in a database in memory: `python -m benchmarks.import_people`."""

from __future__ import annotations

import os
import time

os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

ROWS = 10_000
HEADINGS = "Employee number,E-mail,Name,Branch,Team,Job role,First day"


def table(team: str) -> bytes:
    rows = (f"E{n},p{n}@example.com,Person {n} binti Contoh,Ipoh,{team},Cashier,2026-03-01" for n in range(ROWS))
    return "\n".join((HEADINGS, *rows, "")).encode()


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    TeamFactory(name="Counter", branch__name="Ipoh")
    TeamFactory(name="Stock", branch=Branch.objects.get())
    JobRoleFactory(name="Cashier")
    for what, team in (("all join", "Counter"), ("nothing changes", "Counter"), ("all move", "Stock")):
        began = time.process_time()
        done = import_people(parsed=read_people(table(team)), by=None, now=NOW)
        print(f"{ROWS:,} rows, {what}: {time.process_time() - began:.1f} s of CPU {dict(done.plan.counts)}", flush=True)


if __name__ == "__main__":
    import django

    django.setup()

    from django.core.management import call_command

    from people.models import Branch
    from people.readers import read_people
    from people.services import import_people
    from tests.factories.people import NOW, JobRoleFactory, TeamFactory

    main()
