"""`make fuzz-scenarios`: 2,000 spoilt files of Twee and of JSON, each refused or read within its time, and written again unchanged.

A file that fails is kept in test-results/, with the seed of chance.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from benchmarks.fuzzing import mutated
from tests.training.scenarios.exchange.manuscripts import WORDS, fee
from training.domain.scenario.exchange.formats import FORMATS, Format
from training.domain.scenario.exchange.saying import unsayable

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples" / "twee"
RESULTS = ROOT / "benchmarks" / "RESULTS-fuzz-scenarios.md"
MOST_MEMORY = 1024 * 1024 * 1024
LONGEST = 10
"""Seconds for one file."""

MARKS = {
    "twee": tuple(
        b':: ::x \\:: [ ] [] { } {} {"position":"1,2"} [script] [piawai-scene] [piawai-ending] [piawai-settings] '
        b"[[ ]] [[a]] [[a->b]] [[b<-a]] [[a|b]] [[a][x]] [[0,0],[1,1]] -> <- | "
        b"@them @scene @key @points @mood @if @clock @late @critical @feedback @order @slug @persona "
        b'(link-goto:"a","b") <<link <!-- --> <script> </script> {{{ }}} ` `` &#91; &#0; &amp; '
        b'<tw-storydata "start" StoryData StoryTitle'.split(b" ")
    ),
    "json": tuple(
        b'{ } [ ] , : " null true 1e999 -1 99999999999999999999 "key" "points" "if" "scenes" "endings" "target" "late" "seconds" '
        b'"\\u0000" "\\ud800" {"chosen":"a/b"} {"mood_at_least":3} NaN "a":1,"a":2'.split(b" ")
    ),
}


class TooSlow(Exception):
    """A file took longer than it may."""


@dataclass
class Tally:
    files: int = 0
    refused: int = 0
    failed: int = 0
    slowest: float = 0.0
    largest: int = 0
    kept: list[str] = field(default_factory=list)


def seeds_of(into: Format) -> tuple[bytes, ...]:
    """The format's own, and the real files where they are."""
    files = sorted(SAMPLES.iterdir()) if into.name == "twee" and SAMPLES.is_dir() else []
    return (into.write(fee()), *(path.read_bytes() for path in files))


def check(into: Format, content: bytes) -> bool:
    """Whether it was refused. What is read is written and read again, and is the same."""
    parsed = into.read(content, WORDS)
    assert all(note.words for note in parsed.notes)
    if parsed.manuscript is None:
        return True
    assert not unsayable(parsed.manuscript.story)
    assert into.read(into.write(parsed.manuscript), WORDS).manuscript == parsed.manuscript
    return False


def fuzz(into: Format, count: int, seed: int) -> Tally:
    chance, seeds, tally = random.Random(seed), seeds_of(into), Tally()
    for number in range(count):
        content = mutated(seeds, MARKS[into.name], chance)
        began = time.perf_counter()
        signal.alarm(LONGEST)
        try:
            tally.refused += check(into, content)
        except Exception:  # whatever comes out of a reader is what is looked for
            tally.failed += 1
            _keep(into, number, seed, content)
        finally:
            signal.alarm(0)
        tally.files += 1
        tally.slowest = max(tally.slowest, time.perf_counter() - began)
        tally.largest = max(tally.largest, len(content))
    return tally


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _keep(into: Format, number: int, seed: int, content: bytes) -> None:
    folder = ROOT / "test-results"
    folder.mkdir(exist_ok=True)
    path = folder / f"fuzz-{into.name}-{seed}-{number}"
    path.write_bytes(content)
    print(f"  {path.name}\n{traceback.format_exc()}", flush=True)


def rows(count: int, seed: int) -> Iterator[tuple[str, bool]]:
    for into in FORMATS.values():
        tally = fuzz(into, count, seed)
        yield (
            f"| {into.label} | {tally.files:,} | {tally.failed} | {tally.refused:,} | {tally.slowest:.2f} s "
            f"(largest file {tally.largest // 1024:,} kB) |",
            tally.failed == 0,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGALRM, _stop)
    table, holds = [], True
    for row, is_right in rows(options.count, options.seed):
        print(row, flush=True)
        table.append(row)
        holds = holds and is_right
    RESULTS.write_text(
        "# Spoilt files of scenarios\n\n"
        f"`make fuzz-scenarios` writes this file. {datetime.now(UTC):%-d %B %Y}, seed {options.seed}: real files and one of our own, "
        f"cut, doubled, spliced, re-encoded and sprinkled with what their format reserves. What is read is written and read again, and is "
        f"the same. A file may take {LONGEST} s.\n\n"
        "| format | files | failed | refused | slowest |\n|---|---|---|---|---|\n" + "\n".join(table) + "\n",
        encoding="utf-8",
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
