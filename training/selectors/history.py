"""What happened with somebody, the newest first. Each kind of event is a source; whoever stands above adds its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value


@dataclass(frozen=True)
class Event:
    """One thing that happened. note: in somebody's words (a reason, a talk); evidence: of what a file can be had."""

    at: datetime
    shape: str
    tone: str
    title: str
    meta: tuple[str, ...] = ()
    note: str = ""
    url: str = ""
    evidence: uuid.UUID | None = None


@dataclass(frozen=True)
class Source:
    """The rows of one kind of event. at: the field with its moment; told: a row as an event."""

    rows: QuerySet[Any]
    at: str
    told: Callable[[Any], Event]


class History:
    """Events of several sources in one order, for a paginator: two queries, and one for each source that is on the page."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def __len__(self) -> int:
        return self._keys().count()

    def __iter__(self) -> Iterator[Event]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Event]:
        keys = list(self._keys()[part])
        events = {
            (place, row.pk): source.told(row)
            for place, source in enumerate(self._sources)
            if (wanted := [pk for which, _at, pk in keys if which == place])
            for row in source.rows.filter(pk__in=wanted)
        }
        return [events[which, pk] for which, _at, pk in keys]

    def _keys(self) -> QuerySet[Any]:
        first, *others = (
            source.rows.order_by()
            .annotate(which=Value(place, IntegerField()), happened_at=F(source.at), row=F("pk"))
            .values_list("which", "happened_at", "row")
            for place, source in enumerate(self._sources)
        )
        return first.union(*others, all=True).order_by("-happened_at", "which", "-row")
