"""`python -m benchmarks.kill_cycles --cycles 200`: on SQLite and on PostgreSQL; the table goes to benchmarks/RESULTS-kill-cycles.md."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.kill_cycles.processes import ROOT, JobWorker, Managed, PostgreSQL, Web, wait_until

RESULTS = ROOT / "benchmarks" / "RESULTS-kill-cycles.md"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
AT_ONCE = 4
"""Learners who work during a cycle."""

LATEST_KILL = 2.5
"""Seconds after which a process is killed at the latest; a learner takes about as long."""


def main() -> int:
    said = arguments()
    if said.one:
        print(json.dumps(run(said.one, said.cycles, said.seed)))
        return 0
    found = []
    for database in said.databases:
        print(f"→ {said.cycles} cycles of each kind on {DATABASES[database]}", flush=True)
        one = [sys.executable, "-m", "benchmarks.kill_cycles", "--one", database]
        asked = [*one, "--cycles", str(said.cycles), "--seed", str(said.seed)]
        done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            return 1
        found += json.loads(done.stdout.splitlines()[-1])
    table = written(found)
    print(table)
    RESULTS.write_text(table, encoding="utf-8")
    return int(any(row["lost"] or row["doubled"] for row in found))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200, help="of each kind of kill (default: %(default)s)")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--one", choices=DATABASES, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(database: str, cycles: int, seed: int) -> list[dict[str, object]]:
    """All kinds of kills on one database, in a folder that goes afterwards. Where a run doesn't come to its end, its log is told."""
    random.seed(seed)
    folder = Path(tempfile.mkdtemp(prefix="piawai-kill-"))
    log = folder / "log"
    server = PostgreSQL(folder, log) if database == "postgresql" else None
    try:
        if server:
            server.make()
            server.start()
        os.environ |= {
            "DATABASE_URL": server.url if server else f"sqlite:///{folder}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "benchmarks.kill_cycles.settings",
            "MEDIA_ROOT": f"{folder}/media",
        }
        return cycle_through(database, server, cycles, log)
    except Exception:
        print(log.read_text(encoding="utf-8", errors="replace")[-4000:], file=sys.stderr)
        raise
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def cycle_through(database: str, server: PostgreSQL | None, cycles: int, log: Path) -> list[dict[str, object]]:
    import django  # noqa: PLC0415  (only now is it known on which database)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from benchmarks.kill_cycles.company import make_company  # noqa: PLC0415
    from benchmarks.kill_cycles.learners import Learner  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    web, worker = Web(log), JobWorker(log)
    victims: list[Managed] = [web, worker, *([server] if server else [])]
    people = make_company(AT_ONCE * cycles * len(victims))
    connections.close_all()
    learners = [Learner(pk, session, web.port) for pk, session in people]
    order = [victim for victim in victims for _ in range(cycles)]
    random.shuffle(order)
    groups: dict[str, list[Learner]] = {victim.name: [] for victim in victims}
    try:
        web.start()
        worker.start()
        for number, victim in enumerate(order):
            present = learners[number * AT_ONCE : (number + 1) * AT_ONCE]
            groups[victim.name] += present
            cycle(victim, present, [*([server] if server else []), web, worker])
            if number % 10 == 9:
                print(f"  {number + 1} of {len(order)}", file=sys.stderr, flush=True)
        made_up = finish(worker)
    finally:
        worker.stop()
        web.stop()
    return figures(database, groups, made_up)


def cycle(victim: Managed, present: list, everything: list) -> None:
    """Learners at work, one process killed among them; they go on once it is back."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        working = [threads.submit(learner.learn) for learner in present]
        time.sleep(random.uniform(0.05, LATEST_KILL))
        victim.kill()
        for process in everything:
            process.come_back()
        for one in working:
            one.result()


def finish(worker: JobWorker) -> int:
    """Let jobs come to their end, and time do its work; how many jobs failed, which due work then made up for."""
    from benchmarks.kill_cycles import comparing  # noqa: PLC0415

    worker.come_back()
    wait_until(comparing.jobs_are_done, "the end of the jobs")
    subprocess.run([sys.executable, "manage.py", "run_due"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return comparing.failed_jobs()


def figures(database: str, groups: dict[str, list], made_up: int) -> list[dict[str, object]]:
    from benchmarks.kill_cycles.comparing import compare, compare_certificates  # noqa: PLC0415

    rows = []
    for name, learners in groups.items():
        outcomes = [compare(learner) for learner in learners]
        rows.append(
            {
                "database": DATABASES[database],
                "killed": name,
                "cycles": len(learners) // AT_ONCE,
                "confirmed": sum(one.confirmed for one in outcomes),
                "again": sum(learner.again for learner in learners),
                "lost": [each for one in outcomes for each in one.lost],
                "doubled": [each for one in outcomes for each in one.doubled],
            }
        )
    people = sum(len(learners) for learners in groups.values())
    outcome = compare_certificates(people)
    what = f"certificates of all, and their files; {made_up} jobs failed and were made up for by run_due"
    certificates = {"database": DATABASES[database], "killed": what, "cycles": "", "again": ""}
    return [*rows, {**certificates, "confirmed": people, "lost": outcome.lost, "doubled": outcome.doubled}]


def written(rows: list[dict]) -> str:
    lines = [
        "# Kill cycles",
        "",
        "`make kill-cycles`: learners sign, answer and choose over HTTP while a process is killed with signal 9 at a random moment and",
        "comes back; what a page confirmed is compared with what is stored. See `benchmarks/kill_cycles/__init__.py`.",
        "",
        "| database | killed | cycles | confirmed writes | requests sent again | lost | doubled |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        lost, doubled = len(row["lost"]), len(row["doubled"])
        lines.append(
            f"| {row['database']} | {row['killed']} | {row['cycles']} | {row['confirmed']:,} | {row['again']} | {lost} | {doubled} |"
        )
    lines += ["", f"Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}.", ""]
    faults = [f"- {kind}: {each}" for row in rows for kind in ("lost", "doubled") for each in row[kind]]
    return "\n".join([*lines, *faults, *([""] if faults else [])])


if __name__ == "__main__":
    sys.exit(main())
