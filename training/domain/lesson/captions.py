"""Captions of a video: WebVTT (https://www.w3.org/TR/webvtt1/), as far as it takes to know that a browser will show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

ARROW = "-->"
_TIMING = re.compile(r"(?P<start>\S+)[ \t]+-->[ \t]+(?P<end>\S+)(?:[ \t].*)?")
_MOMENT = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
_NO_CUES = ("NOTE", "STYLE", "REGION")


class CaptionsFault(StrEnum):
    NO_HEADER = "no_header"
    NO_CUES = "no_cues"
    BAD_TIMING = "bad_timing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OUT_OF_ORDER = "out_of_order"
    NO_WORDS = "no_words"


class BrokenCaptions(Exception):
    """The captions can't be read. line: counted from 1."""

    def __init__(self, fault: CaptionsFault, line: int) -> None:
        self.fault = fault
        self.line = line
        super().__init__(f"line {line}: {fault}")


@dataclass(frozen=True)
class Cue:
    """Words that are shown for a while. start, end: milliseconds from the beginning."""

    start: int
    end: int
    text: str


def read_captions(text: str) -> tuple[Cue, ...]:
    """The cues of a WebVTT file, in their order. Raises BrokenCaptions for the first thing that a browser would leave out."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BrokenCaptions(CaptionsFault.NO_HEADER, 1)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if cue := _cue(block, number):
            if cues and cue.start < cues[-1].start:
                raise BrokenCaptions(CaptionsFault.OUT_OF_ORDER, number)
            cues.append(cue)
    if not cues:
        raise BrokenCaptions(CaptionsFault.NO_CUES, len(lines))
    return tuple(cues)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between blank lines, with the number of its first line; the header is left out."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            if number - len(block) > 1:
                yield number - len(block), block
            block = []


def _cue(block: Sequence[str], number: int) -> Cue | None:
    """A block as a cue; None for a comment, a style or a region."""
    if ARROW not in block[0] and block[0].split()[0] in _NO_CUES:
        return None
    place = 0 if ARROW in block[0] else 1
    timing = _TIMING.fullmatch(block[place].strip()) if place < len(block) else None
    moments = [_milliseconds(timing[name]) for name in ("start", "end")] if timing else [None]
    if None in moments:
        raise BrokenCaptions(CaptionsFault.BAD_TIMING, number + place)
    start, end = (moment for moment in moments if moment is not None)
    if end <= start:
        raise BrokenCaptions(CaptionsFault.ENDS_BEFORE_IT_BEGINS, number + place)
    if place + 1 == len(block):
        raise BrokenCaptions(CaptionsFault.NO_WORDS, number + place)
    return Cue(start, end, "\n".join(block[place + 1 :]))


def _milliseconds(moment: str) -> int | None:
    found = _MOMENT.fullmatch(moment)
    if found is None:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
