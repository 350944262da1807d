"""What stands above the standards and rests on them: each app registers a provider that answers for many clauses at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from standards.domain.coverage import Practice


@dataclass(frozen=True)
class ClauseUse:
    """One thing that cites a clause. kind: what it is, in words ("Question"); label: which one; edit_url: where to edit it.

    practice: what it counts as in the report on coverage; None for what practises nothing.
    What is looked through after a change says more: key: of the question, lesson or scenario that it is part of ("question:7"); whole,
    whole_kind: what that is called, where it's more than this; published_at: when that was last published; check_url: where to say
    that it is still right.
    """

    clause_id: int
    kind: str | Promise
    label: str
    edit_url: str
    practice: Practice | None = None
    key: str = ""
    whole: str = ""
    whole_kind: str | Promise = ""
    published_at: datetime | None = None
    check_url: str = ""


@dataclass(frozen=True)
class ClauseCount:
    """How many records rest on a clause. label: what they are, in words ("Certificates"); nobody is named."""

    clause_id: int
    label: str | Promise
    count: int


Provider = Callable[[Collection[int]], Iterable[ClauseUse]]
Counter = Callable[[Collection[int]], Iterable[ClauseCount]]
Adviser = Callable[[], Iterable[str | Promise]]


class SignAgain(Protocol):
    def __call__(self, *, learner: str, chapter_key: str) -> Any:
        """For a query over rows with these paths: since when a signature of the chapter counts, as a datetime expression.

        None where it counts whenever it was given. Asked within the query that looks for the signatures.
        """


_providers: list[Provider] = []
_counters: list[Counter] = []
_advisers: list[Adviser] = []
_askers: list[SignAgain] = []


def register_clause_uses(provider: Provider) -> None:
    """`provider(clause_ids)` gives the uses of all these clauses in a fixed number of queries."""
    if provider not in _providers:
        _providers.append(provider)


def clause_uses(clause_ids: Collection[int]) -> dict[int, list[ClauseUse]]:
    """What cites each of these clauses, from every provider."""
    found: dict[int, list[ClauseUse]] = defaultdict(list)
    for provider in _providers:
        for use in provider(clause_ids):
            found[use.clause_id].append(use)
    return dict(found)


def register_clause_counts(counter: Counter) -> None:
    """`counter(clause_ids)` counts what rests on each of these clauses, in a fixed number of queries."""
    if counter not in _counters:
        _counters.append(counter)


def clause_counts(clause_ids: Collection[int]) -> dict[int, list[ClauseCount]]:
    """What rests on each of these clauses, from every counter."""
    found: dict[int, list[ClauseCount]] = defaultdict(list)
    for counter in _counters:
        for count in counter(clause_ids):
            found[count.clause_id].append(count)
    return dict(found)


def register_document_advice(adviser: Adviser) -> None:
    """`adviser()` says, in whole sentences, what the published document lacks; its editors read it at every chapter."""
    if adviser not in _advisers:
        _advisers.append(adviser)


def document_advice() -> list[str | Promise]:
    return [sentence for adviser in _advisers for sentence in adviser()]


def register_sign_again(asker: SignAgain) -> None:
    """`asker` may ask for a chapter to be signed once more, though nothing in it changed."""
    if asker not in _askers:
        _askers.append(asker)


def signatures_count_since(*, learner: str, chapter_key: str) -> Any:
    """What those say that are registered: the first that asks for it."""
    nobody = Value(None, output_field=DateTimeField())
    return Coalesce(nobody, *(asker(learner=learner, chapter_key=chapter_key) for asker in _askers), nobody)
