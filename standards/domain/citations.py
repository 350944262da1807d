"""When something that cites a clause has to be looked through: the clause changed in substance, or is retired, since somebody did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Look:
    """Somebody looked at what cites a clause, with this version of it before them; `saw_retired`: when it was retired already."""

    number: int
    saw_retired: bool = False


def look_at_publication(
    published_at: datetime, versions: Iterable[tuple[int, datetime]], retired_at: datetime | None
) -> Look:
    """Publishing is a look, too: at the last version published by then (`versions`: number and time). 0 if there was none."""
    numbers = (number for number, at in versions if at <= published_at)
    return Look(max(numbers, default=0), retired_at is not None and retired_at <= published_at)


def is_outdated(substantive_number: int, is_retired: bool, looks: Iterable[Look]) -> bool:
    """Whether no look saw the clause as it stands: its last substantive change, and its end if it's retired."""
    return not any(look.number >= substantive_number and look.saw_retired >= is_retired for look in looks)
