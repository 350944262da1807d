"""Spoilt and hostile files: refused or read, with reasons, and never slowly. `make fuzz-questions` reads ten thousand of each."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_questions import seeds_of
from benchmarks.fuzzing import FORMATS, SPOILT, Fuzzed
from quizzes.domain.exchange.gift import parse_gift
from quizzes.domain.exchange.records import LONGEST_QUESTION

MEGABYTE = 1024 * 1024
PATIENCE = 10
"""Seconds of processor for what takes a few tenths, unless coverage counts every line. Whatever isn't linear takes minutes."""


@pytest.mark.parametrize("fuzzed", FORMATS, ids=lambda one: one.name)
def test_spoilt_files(fuzzed: Fuzzed):
    seeds = seeds_of(fuzzed)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(chance=st.randoms(use_true_random=False))
    def check(chance: random.Random) -> None:
        content = fuzzed.file(seeds, chance)
        parsed = fuzzed.read(content)
        assert all(note.words for note in parsed.all_notes)
        assert not (parsed.is_refused and parsed.entries)

    check()


@pytest.mark.parametrize(
    "piece",
    ["\\", "{", "}", "~", "=", "::", "{1:SA:", "[[", "[id:", "[tag:", "[feedback:1:", "<", "<!--", "<p ", "&#9", "**", "![", "%", "//",
     "-> ", "#", "\\n", " ", "\t", "x\n", "$CATEGORY: a\n"],
)  # fmt: skip
def test_a_megabyte_without_an_end(piece):
    began = time.process_time()
    for fuzzed in SPOILT:
        fuzzed.read((piece * (MEGABYTE // len(piece))).encode())
    for text in (f"// {(piece * 100_000)[:LONGEST_QUESTION]}\nOpen?{{T}}", _many_long(piece)):
        parse_gift(text)
    assert time.process_time() - began < PATIENCE


def _many_long(piece: str) -> str:
    """Blocks that are just short enough to be read."""
    block = (piece * LONGEST_QUESTION)[: LONGEST_QUESTION - 100].replace("\n\n", "\n")
    return "\n\n".join(f"[html]{block}{{=a ~{place}}}" for place in range(2))


def test_braces_in_braces():
    (entry,) = parse_gift("Which?" + "{" * 10_000 + "=a" + "}" * 10_000).entries
    assert entry.authored is None
