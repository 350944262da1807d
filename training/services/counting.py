"""Counting the whole company: at once where it is small, else piece by piece in the background."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.contributions import LongJobKind, Step
from core.models import LongJob
from core.selectors import organisation_today
from core.services import begin_long_job
from people.models import User
from training.domain.tallies import COUNTS, Tally
from training.models.organisation import ALL, OrganisationCount, StatusCount
from training.selectors.counting import Cell, Tallies, rolled_up, tallies_of_day_unscoped, tallies_today_unscoped
from training.selectors.organisation import (
    days_to_count_unscoped,
    is_small_unscoped,
    next_program_unscoped,
    programs_counted_unscoped,
)
from training.selectors.placing import Place


class DayToCome(Exception):
    """Nobody knows yet who will be certified then."""


@transaction.atomic
def count_organisation(*, day: date, by: User | None, now: datetime, url: str = "") -> LongJob | None:
    """Count how many people stand where, today anew or on a day that is over: at once (None), or as a long job.

    A day that is over is counted once; today of a small company not at all, since it is counted whenever it is looked at. Two at
    once are one. Raises DayToCome.
    """
    today, is_small = organisation_today(now), is_small_unscoped()
    if day > today:
        raise DayToCome
    if is_small and day == today:
        return None
    count = _begin(day, now)
    if count.counted_at:
        return None
    if not is_small:
        arguments = {"count": count.pk}
        return begin_long_job(kind=COUNTING_JOB.name, key=f"{count.pk}", arguments=arguments, url=url, by=by, now=now)
    _count_program(count, None)
    _finish(count, now)
    return None


def take_counting_step(*, arguments: dict[str, Any], place: Any, by: User | None, now: datetime) -> Step:
    """Count one programme (a LongWork), and add all up at the end.

    arguments: {"count": id}. place: the id of the last programme. What a piece writes, it writes anew.
    """
    count = OrganisationCount.objects.select_for_update().get(pk=arguments["count"])
    done, total = programs_counted_unscoped(place or 0)
    program = next_program_unscoped(place or 0)
    if program is not None:
        _count_program(count, program)
        return Step(done=done + 1, total=total, place=program)
    _finish(count, now)
    return Step(done=total, total=total, place=place, is_last=True, result={"day": f"{count.day}"})


def count_due(*, now: datetime) -> int:
    """What time asks for: the last days of the past months, and, where a page couldn't count while somebody waits, today once a day.

    How many counts that made or began.
    """
    if is_small_unscoped():  # it was large once: its last count would be shown for ever
        OrganisationCount.objects.filter(is_whole=False).delete()
    days = days_to_count_unscoped(now)
    for day in days:
        count_organisation(day=day, by=None, now=now)
    return len(days)


def count_missing_months(*, by: User | None, now: datetime, url: str = "") -> int:
    """The last days of the past months that nobody counted; how many counts that made or began."""
    days = [day for day in days_to_count_unscoped(now) if day < organisation_today(now)]
    for day in days:
        count_organisation(day=day, by=by, now=now, url=url)
    return len(days)


def _told(result: dict[str, Any]) -> str:
    day = date_format(date.fromisoformat(result["day"]), "j F Y")
    return _("Everybody is counted as of %(day)s.") % {"day": day}


COUNTING_JOB = LongJobKind("counting", gettext_lazy("Counting the organisation"), take_counting_step, _told)


def _begin(day: date, now: datetime) -> OrganisationCount:
    """The count of this day that isn't finished, or the finished one of a day that is over. Waits for whoever is at it."""
    is_whole = day < organisation_today(now)
    only = {} if is_whole else {"counted_at": None}
    count, _is_new = OrganisationCount.objects.get_or_create(
        day=day, is_whole=is_whole, **only, defaults={"begun_at": now}
    )
    return OrganisationCount.objects.select_for_update().get(pk=count.pk)


def _count_program(count: OrganisationCount, program: int | None) -> None:
    """Write the rows of one programme (id), or of all, in place of what is there."""
    if count.is_whole:
        tallies = tallies_of_day_unscoped(count.day, program)
    else:
        tallies = tallies_today_unscoped(count.day, None if program is None else [program])
    rows = StatusCount.objects.filter(count=count)
    (rows if program is None else rows.filter(program=program)).delete()
    _write(count, rolled_up(tallies))


def _finish(count: OrganisationCount, now: datetime) -> None:
    """Add up over the programmes; from now on it is shown, and of those of days that weren't over, only the newest is kept."""
    rows = StatusCount.objects.filter(count=count)
    rows.filter(program=ALL).delete()
    summed = rows.values_list(*Place._fields).annotate(*map(Sum, COUNTS)).order_by()
    width = len(Place._fields)
    _write(count, {Cell(Place(*row[:width]), ALL): Tally(*row[width:]) for row in summed})
    count.counted_at = now
    count.save(update_fields=["counted_at"])
    if not count.is_whole:
        OrganisationCount.objects.filter(is_whole=False, counted_at__isnull=False).exclude(pk=count.pk).delete()


def _write(count: OrganisationCount, tallies: Tallies) -> None:
    StatusCount.objects.bulk_create(_rows(count, tallies), batch_size=2000)


def _rows(count: OrganisationCount, tallies: Tallies) -> Iterable[StatusCount]:
    return (
        StatusCount(count=count, program=program, **place._asdict(), **vars(tally))
        for (place, program), tally in tallies.items()
    )
