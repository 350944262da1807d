"""Questions drawn from the bank: those a learner hasn't met first, then those met least, then as the seed decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.domain.digests import shuffled


@dataclass(frozen=True)
class Candidate:
    """A published question as draws see it. clauses: codes, each with the key of its chapter."""

    id: int
    difficulty: int
    clauses: Mapping[str, str]
    tags: frozenset[str]


@dataclass(frozen=True)
class Draw:
    """So many questions of a chapter, of clauses, with a tag, at least so difficult: of all of these that are given, at once.

    One clause must be of the chapter and among the codes.
    """

    count: int
    chapter: str = ""
    codes: tuple[str, ...] = ()
    tag: str = ""
    difficulty: int = 0

    def wants(self, candidate: Candidate) -> bool:
        return (
            candidate.difficulty >= self.difficulty
            and (not self.tag or self.tag in candidate.tags)
            and any(
                (not self.chapter or chapter == self.chapter) and (not self.codes or code in self.codes)
                for code, chapter in candidate.clauses.items()
            )
        )


def draw(
    draws: Sequence[Draw],
    candidates: Iterable[Candidate],
    *,
    fixed: Collection[int] = (),
    met: Mapping[int, int] | None = None,
    seed: str,
) -> list[list[int]]:
    """For each draw the questions it gets, never one twice and none of `fixed`; fewer than it asks for where there are no more.

    met: how often this learner was asked a question before. Where draws want the same questions, one gives way to another
    that has no choice: no draw goes short that could have been served (augmenting paths, Kuhn 1955).
    """
    met = met or {}
    free = {candidate.id: candidate for candidate in candidates if candidate.id not in fixed}
    pools = [
        sorted(
            (int(key) for key in shuffled([str(key) for key in free if one.wants(free[key])], f"{seed}:draw:{place}")),
            key=lambda key: met.get(key, 0),
        )
        for place, one in enumerate(draws)
    ]
    holder: dict[int, int] = {}
    for place, one in enumerate(draws):
        for _ in range(one.count):
            if not _serve(place, pools, holder, set()):
                break
    return [[key for key in pool if holder.get(key) == place] for place, pool in enumerate(pools)]


def _serve(place: int, pools: Sequence[Sequence[int]], holder: dict[int, int], tried: set[int]) -> bool:
    """Give the draw at `place` one more question: a free one, or one whose holder finds another. False if there is none."""
    tried.add(place)
    for key in pools[place]:
        if key not in holder:
            holder[key] = place
            return True
    for key in pools[place]:
        if holder[key] not in tried and _serve(holder[key], pools, holder, tried):
            holder[key] = place
            return True
    return False
