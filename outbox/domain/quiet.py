"""Quiet hours: nobody is disturbed while they are off, by the clock on their own wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """From `begins` on and before `ends`, over midnight where it ends earlier than it begins. The same time twice: never."""

    begins: time
    ends: time

    def hold_at(self, local: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends


def first_moment_to_tell(moment: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into. Aware in, UTC out.

    Where clocks are changed that night, the end may come twice, and the one that isn't over counts; or it is left out, and
    the hour after it counts.
    """
    local = moment.astimezone(zone)
    if quiet is None or not quiet.hold_at(local.time()):
        return moment.astimezone(UTC)
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    ends = (datetime.combine(day, quiet.ends, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return next(end for end in ends if end >= moment)
