"""Delta refreshers: after a substantive change, who learns what changed, and by what. Source: DESIGN, “older evidence”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest

QUESTIONS_A_CLAUSE = 3
MOST_QUESTIONS = 10


@dataclass(frozen=True)
class Held:
    """Evidence of one person in one programme: of which clause, in the version of which number. Ids."""

    learner: int
    program: int
    clause: int
    number: int


@dataclass(frozen=True)
class Holding:
    """A programme that somebody has. expires_on: the last day that it holds; None for good, or not yet."""

    program: int
    title: str
    expires_on: date | None


@dataclass(frozen=True)
class Playable:
    """A role-play that could be played. clauses: those of the change that it cites; is_in_programme: people know it from there."""

    page: int
    title: str
    clauses: frozenset[int]
    is_in_programme: bool
    minutes: int


def programs_behind(
    held: Iterable[Held], asked: Mapping[int, int], signed: Mapping[tuple[int, int], int]
) -> dict[int, set[int]]:
    """By person: the programmes in which their newest evidence of a changed clause is older than the change.

    asked: clause → number of the version that changed it in substance. signed: (person, clause) → the highest number signed:
    whoever signed the change, in whatever programme, has read it and isn't asked again.
    """
    newest: dict[tuple[int, int, int], int] = {}
    for each in held:
        key = each.learner, each.program, each.clause
        newest[key] = max(each.number, newest.get(key, 0))
    behind: dict[int, set[int]] = defaultdict(set)
    for (learner, program, clause), number in newest.items():
        wanted = asked.get(clause, 0)
        if number < wanted and signed.get((learner, clause), 0) < wanted:
            behind[learner].add(program)
    return dict(behind)


def lasting_longest(holdings: Iterable[Holding]) -> int:
    """The programme in which a change is learnt, where somebody has several that rest on it: once is enough.

    The one that holds longest, so that the next refresher is farthest away.
    """
    return min(
        holdings,
        key=lambda each: (each.expires_on is not None, -(each.expires_on or date.max).toordinal(), each.title),
    ).program


def questions_to_ask(by_clause: Mapping[int, Sequence[int]]) -> list[int]:
    """Of each clause's questions the first, then the second, …: at most 3 for one clause and 10 in all, none twice."""
    rounds = zip_longest(*(questions[:QUESTIONS_A_CLAUSE] for questions in by_clause.values()))
    asked = dict.fromkeys(question for turn in rounds for question in turn if question is not None)
    return list(islice(asked, MOST_QUESTIONS))


def story_to_play(stories: Iterable[Playable]) -> int | None:
    """The role-play that shows most of what changed; of equal ones that of a programme, then the shortest."""
    best = min(
        stories,
        key=lambda each: (-len(each.clauses), not each.is_in_programme, each.minutes, each.title),
        default=None,
    )
    return best.page if best else None
