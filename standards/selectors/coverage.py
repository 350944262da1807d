"""What rests on each clause, for all of them at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from people.models import User
from standards.contributions import clause_uses
from standards.domain.coverage import Practice, is_neglected, lacking
from standards.selectors.enquiries import open_enquiries
from standards.selectors.keeping import KeptClause, kept_clauses_unscoped
from standards.selectors.signatures import signers_unscoped


@dataclass(frozen=True)
class ClauseCoverage:
    """A clause with what practises it. signed: active people who have nothing more to sign of it.

    open_enquiries: questions and suggestions that wait for an answer.
    """

    kept: KeptClause
    questions: int
    choices: int
    signed: int
    open_enquiries: int

    @property
    def lacks(self) -> tuple[Practice, ...]:
        return lacking({Practice.QUESTION: self.questions, Practice.CHOICE: self.choices})

    @property
    def is_neglected(self) -> bool:
        return is_neglected(is_mandatory=self.kept.is_mandatory, lacks=self.lacks)


@dataclass(frozen=True)
class Coverage:
    """people: active accounts, of whom `signed` counts some."""

    clauses: list[ClauseCoverage]
    people: int


def coverage_unscoped(now: datetime) -> Coverage:
    """Every clause in force, mandatory ones that something lacks first, else in the order of the document.

    A fixed number of queries for any number of clauses and people.
    """
    kept = kept_clauses_unscoped(now)
    ids = [one.clause.clause_id for one in kept]
    uses = clause_uses(ids)
    waiting = open_enquiries(ids)
    signed = signers_unscoped([one.clause for one in kept])
    clauses = []
    for one in kept:
        practices = Counter(use.practice for use in uses.get(one.clause.clause_id, ()))
        clauses.append(
            ClauseCoverage(
                kept=one,
                questions=practices[Practice.QUESTION],
                choices=practices[Practice.CHOICE],
                signed=signed.get(one.clause.clause_id, 0),
                open_enquiries=waiting.get(one.clause.clause_id, 0),
            )
        )
    return Coverage(sorted(clauses, key=lambda one: not one.is_neglected), User.objects.active().count())
