"""`make fuzz-questions`: 10,000 spoilt files a format, each read within its time and all within their memory.

Every format has a process of its own whose memory is limited. A file that fails is kept in test-results/, with the seed of chance.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from benchmarks.fuzzing import FORMATS, Fuzzed

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
RESULTS = ROOT / "benchmarks" / "RESULTS-fuzz.md"
MOST_MEMORY = 512 * 1024 * 1024
LONGEST = 10
"""Seconds for one file."""


class TooSlow(Exception):
    """A file took longer than it may."""


def seeds_of(fuzzed: Fuzzed) -> tuple[bytes, ...]:
    """The format's own, and the real files where they are."""
    folder = SAMPLES / fuzzed.folder
    files = sorted(folder.iterdir()) if fuzzed.folder and folder.is_dir() else []
    return (*fuzzed.seeds, *(path.read_bytes() for path in files if path.suffix in fuzzed.suffixes))


def fuzz(name: str, count: int, seed: int, channel: multiprocessing.SimpleQueue) -> None:
    """In a process of its own: reads `count` files and says how that went."""
    fuzzed = next(one for one in FORMATS if one.name == name)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGALRM, _stop)
    chance, seeds = random.Random(seed), seeds_of(fuzzed)
    slowest, largest, entries, refused, failures = 0.0, 0, 0, 0, 0
    for number in range(count):
        content = fuzzed.file(seeds, chance)
        began = time.perf_counter()
        signal.alarm(LONGEST)
        try:
            parsed = fuzzed.read(content)
            entries, refused = entries + len(parsed.entries), refused + parsed.is_refused
            for one in parsed.all_notes:
                _ = one.words
        except Exception:  # whatever comes out of a reader is what is looked for
            failures += 1
            _keep(name, number, seed, content)
        finally:
            signal.alarm(0)
        slowest, largest = max(slowest, time.perf_counter() - began), max(largest, len(content))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    channel.put((count, failures, entries, refused, slowest, memory, largest))


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _keep(name: str, number: int, seed: int, content: bytes) -> None:
    folder = ROOT / "test-results"
    folder.mkdir(exist_ok=True)
    path = folder / f"fuzz-{name.lower().replace(',', '').replace(' ', '-')}-{seed}-{number}"
    path.write_bytes(content)
    print(f"  {path.name}\n{traceback.format_exc()}", flush=True)


def rows(count: int, seed: int, only: str) -> Iterator[tuple[str, str, bool]]:
    """For each format its name, its row of the table, and whether all was right."""
    context = multiprocessing.get_context("spawn")
    for fuzzed in FORMATS:
        if only not in fuzzed.name:
            continue
        channel = context.SimpleQueue()
        process = context.Process(target=fuzz, args=(fuzzed.name, count, seed, channel))
        process.start()
        process.join()
        if process.exitcode or channel.empty():
            yield (
                fuzzed.name,
                f"| {fuzzed.name} | {count:,} | the process ended with {process.exitcode} | | | | | {seed} |",
                False,
            )
            continue
        read, failures, entries, refused, slowest, memory, largest = channel.get()
        yield (
            fuzzed.name,
            f"| {fuzzed.name} | {read:,} | {failures} | {entries:,} | {refused:,} | {slowest:.2f} s "
            f"(largest file {largest // 1024:,} kB) | {memory} MB | {seed} |",
            failures == 0,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument(
        "--only", default="", help="formats with this in their names; the others keep the rows that they have"
    )
    options = parser.parse_args()
    known = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else []
    table, holds = {row.split(" | ")[0].removeprefix("| "): row for row in known if row.startswith("| ")}, True
    for name, row, is_right in rows(options.count, options.seed, options.only):
        print(row, flush=True)
        table[name] = row
        holds = holds and is_right
    RESULTS.write_text(
        "# Spoilt files of questions\n\n"
        f"`make fuzz-questions` writes this file. {datetime.now(UTC):%-d %B %Y}: real files and a few of our own, "
        f"cut, doubled, spliced, re-encoded and sprinkled with what their format reserves; and such as are still well-formed, "
        f"or still tables, but say nonsense. A file may take {LONGEST} s, "
        f"a process {MOST_MEMORY // 1024**2} MB.\n\n"
        "| format | files | failed | questions found | files refused | slowest | memory | seed |\n|---|---|---|---|---|---|---|---|\n"
        + "\n".join(table[fuzzed.name] for fuzzed in FORMATS if fuzzed.name in table)
        + "\n",
        encoding="utf-8",
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
