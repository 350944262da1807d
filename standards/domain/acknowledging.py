"""Which clauses of a chapter a person still has to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class InForce:
    """A clause as it stands: `substantive_number` is the number of the last version that changed what people do."""

    clause_id: int
    number: int
    substantive_number: int


def clauses_to_sign(in_force: Iterable[InForce], signed: Mapping[int, int]) -> list[int]:
    """Ids of clauses never signed, or signed (`signed`: clause id → highest number) before their last substantive change."""
    return [clause.clause_id for clause in in_force if signed.get(clause.clause_id, 0) < clause.substantive_number]
