"""When a question may be published, and what makes it another version."""

from __future__ import annotations

from collections.abc import Collection

from quizzes.domain.digests import digest
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import KINDS, Fault
from quizzes.domain.questions import QuestionContent


def publishing_faults(kind: str, content: QuestionContent, key: KeyContent, clauses: Collection[int]) -> list[Fault]:
    """Everything that stands in the way of asking this question; empty when nothing does."""
    found = {
        Fault.NO_STEM: not content.stem.strip(),
        Fault.NO_ALT: content.picture is not None and not content.picture.alt.strip(),
        Fault.UNKNOWN_KIND: kind not in KINDS,
        Fault.NO_CLAUSE: not clauses,
    }
    if kind in KINDS:
        found |= KINDS[kind].faults(content, key)
    return [fault for fault, holds in found.items() if holds]


def version_digest(kind: str, content: QuestionContent, key: KeyContent, clauses: Collection[int]) -> str:
    """SHA-256 of all that makes a question what it is: another digest is another version."""
    return digest({"kind": kind, "text": content.as_mapping(), "key": key.as_mapping(), "clauses": sorted(clauses)})
