"""What a question lacks to be asked, told as notes: such a question comes in as a draft, to be mended in the bank."""

from __future__ import annotations

from itertools import count

from quizzes.domain.authoring import Authored, compose
from quizzes.domain.exchange.records import Code, Note, Severity, note
from quizzes.domain.kinds import Fault
from quizzes.domain.publishing import publishing_faults


def faults_of(authored: Authored) -> tuple[Fault, ...]:
    """What stands in the way of asking it, clauses apart."""
    ids = count(1)
    content, key = compose(authored, lambda: f"{next(ids):08}")
    return tuple(publishing_faults(authored.kind, content, key, clauses={0}))


def fault_notes(authored: Authored, line: int = 0) -> tuple[Note, ...]:
    return tuple(note(Severity.WARNING, Code(fault.value), line) for fault in faults_of(authored))


def answers_in(authored: Authored | None) -> int:
    """How many options, pairs, steps and accepted answers it has, those of gaps too."""
    if authored is None:
        return 0
    lists = (authored.choices, authored.pairs, authored.steps, authored.accepted, authored.lines)
    return sum(map(len, lists)) + sum(len(gap.choices) + len(gap.accepted) for gap in authored.gaps)
