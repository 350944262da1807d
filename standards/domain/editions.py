"""What happened to the clauses of the document between two of its editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Happened(StrEnum):
    ADDED = "added"
    RETIRED = "retired"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True)
class Listed:
    """A clause as an edition lists it; where it stands is its place in the list."""

    code: str
    sha256: str
    chapter: str


@dataclass(frozen=True)
class ClauseStep:
    """What happened to one clause. A changed one may have moved as well."""

    code: str
    happened: Happened
    is_moved: bool = False


@dataclass(frozen=True)
class ChapterSteps:
    """A chapter with what happened to its clauses; a clause that changed chapters is told in the later one."""

    chapter: str
    steps: tuple[ClauseStep, ...]


def steps_between(before: Sequence[Listed], after: Sequence[Listed]) -> tuple[ChapterSteps, ...]:
    """Every clause of either edition once, in the later order; what is gone stands behind what it used to follow.

    A clause that says again what it said before (changed, then changed back) is the same. Of those that changed places within
    a chapter as few as possible are called moved, and the same ones in either direction.
    """
    old, new = _by_code(before), _by_code(after)
    chapters = _woven(_chapters(before), _chapters(after))
    told = ((chapter, _chapter_steps(chapter, old, new)) for chapter in chapters)
    return tuple(ChapterSteps(chapter, steps) for chapter, steps in told if steps)


def _by_code(listed: Iterable[Listed]) -> dict[str, Listed]:
    return {clause.code: clause for clause in listed}


def _chapters(listed: Iterable[Listed]) -> list[str]:
    return list(dict.fromkeys(clause.chapter for clause in listed))


def _chapter_steps(chapter: str, old: dict[str, Listed], new: dict[str, Listed]) -> tuple[ClauseStep, ...]:
    now_here = [code for code, clause in new.items() if clause.chapter == chapter]
    was_here = [code for code, clause in old.items() if clause.chapter == chapter]
    stayed = [code for code in was_here if code in new and new[code].chapter == chapter]
    gone = [code for code in was_here if code not in new]
    told = [code for code in was_here if code in stayed or code in gone]
    in_place = _longest_kept_order(stayed, [code for code in now_here if code in stayed])
    return tuple(_step(code, old.get(code), new.get(code), code in in_place) for code in _woven(told, now_here))


def _step(code: str, old: Listed | None, new: Listed | None, is_in_place: bool) -> ClauseStep:
    if old is None:
        return ClauseStep(code, Happened.ADDED)
    if new is None:
        return ClauseStep(code, Happened.RETIRED)
    if old.sha256 != new.sha256:
        return ClauseStep(code, Happened.CHANGED, is_moved=not is_in_place)
    return ClauseStep(code, Happened.SAME if is_in_place else Happened.MOVED, is_moved=not is_in_place)


def _longest_kept_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Of two orders of the same codes, the most codes that kept theirs; of several such sets the first by alphabet."""
    place = {code: number for number, code in enumerate(after)}
    best: list[tuple[str, ...]] = []  # for each code of `before`, the best run that ends with it
    for number, code in enumerate(before):
        runs = [best[earlier] for earlier in range(number) if place[before[earlier]] < place[code]]
        best.append((*_longest(runs), code))
    return frozenset(_longest(best))


def _longest(runs: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return min(runs, key=lambda run: (-len(run), run)) if runs else ()


def _woven(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """`after`, with what only `before` has put behind what it used to follow there."""
    woven = list(after)
    kept = set(after)
    for place, key in enumerate(before):
        if key not in kept:
            woven.insert(woven.index(before[place - 1]) + 1 if place else 0, key)
    return woven
