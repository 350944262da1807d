"""How long a completed programme holds, and when its refresher opens.

The rules are those of Totara's certifications (“Recertification date”, “Minimum active period”, “Recertification
window”), with local dates in place of moments. With A the active period, W the window, M the minimum active period:

    expires = base + A, the last day that counts; opens = expires − W, from that day on, to the last day that counts
    completion: base = completed
    expiry: completed in the window, base = old expiry; expired, base = completed; before the window, it keeps its expiry
    fixed: base = fixed day; while base − M ≥ completed: base −= A; then while base + A < completed + M: base += A

A window of no days is open on the last day only. Months are always counted from the same day: two after 31 January is
31 March, not 28 March, and 29 February comes back in leap years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from core.domain.dates import add_months, months_between


class Basis(StrEnum):
    """What the next expiry is counted from."""

    COMPLETION = "completion"
    EXPIRY = "expiry"
    FIXED = "fixed"


@dataclass(frozen=True)
class Rules:
    """Of a programme. No active period: certified for good. The minimum and the fixed day matter to Basis.FIXED only.

    An expired certificate is shown as in its grace for `grace_days`; that changes no state.
    """

    active_months: int | None
    window_days: int = 0
    basis: Basis = Basis.COMPLETION
    minimum_months: int = 0
    fixed_on: date | None = None
    grace_days: int = 0


class ProblemKind(StrEnum):
    """How a field contradicts itself or another one."""

    TOO_SMALL = "too_small"
    """Below nothing, or an active period of less than a month."""
    NEEDS_PERIOD = "needs_period"
    """Means nothing without an active period."""
    LONGER_THAN_PERIOD = "longer_than_period"
    SHORTER_THAN_WINDOW = "shorter_than_window"
    """The minimum: a refresher would be open on the day that the last one was done."""
    MISSING = "missing"
    """The fixed day."""
    FIXED_ONLY = "fixed_only"
    """The minimum, given for a basis that has no use for it."""


@dataclass(frozen=True)
class Problem:
    """One contradiction, at the field of Rules that people are told about it."""

    field: str
    kind: ProblemKind


@dataclass(frozen=True)
class Validity:
    """How long one completion holds; without dates it holds for good.

    `base_on` is the day from which whole active periods were counted to get to `expires_on`. In a row of refreshers
    done in time it stays the same: counted from 31 January, every month, they expire on 28 February and on 31 March.
    """

    completed_on: date
    base_on: date
    expires_on: date | None
    opens_on: date | None


@cache
def shortest_days(months: int) -> int:
    """Fewest days that so many months can be, over the 400 years in which the calendar repeats itself.

    The last day of a month is where a shorter month cuts most off.
    """
    first_days = (add_months(date(2000, 1, 1), month) for month in range(1, 4801))
    return min((add_months(last, months) - last).days for last in (first - timedelta(days=1) for first in first_days))


def problems(rules: Rules) -> list[Problem]:
    """Every contradiction in the rules. Days are compared with the shortest stretch that so many months can be."""
    return [*_too_small(rules)] or [*_against_period(rules), *_against_basis(rules)]


def validity(rules: Rules, completed_on: date, *, previous: Validity | None) -> Validity:
    """How long a completion on this day holds, after the `previous` one of the same person, if there was one.

    Completion: an active period from the day it was completed. Expiry: from the old expiry if completed in the window;
    completed before the window it keeps the dates it has; expired, or without an expiry until now, it begins anew.
    Fixed: to an anniversary of the fixed day that leaves the minimum. Raises ValueError for rules with problems.
    """
    if found := problems(rules):
        raise ValueError(f"Rules that contradict each other: {found}")
    if rules.active_months is None:
        return Validity(completed_on, completed_on, None, None)
    if rules.basis == Basis.FIXED and rules.fixed_on is not None:
        return _to_anniversary(rules, rules.fixed_on, rules.active_months, completed_on)
    if rules.basis == Basis.EXPIRY and previous is not None and previous.expires_on is not None:
        return _after_expiry(rules, rules.active_months, completed_on, previous, previous.expires_on)
    return _held(rules, completed_on, completed_on, add_months(completed_on, rules.active_months))


def grace_ends_on(rules: Rules, expires_on: date) -> date:
    """The last day of grace: until then a certificate that has expired is shown with the days of grace that it has left."""
    return expires_on + timedelta(days=rules.grace_days)


def _held(rules: Rules, completed_on: date, base_on: date, expires_on: date) -> Validity:
    return Validity(completed_on, base_on, expires_on, expires_on - timedelta(days=rules.window_days))


def _after_expiry(rules: Rules, active: int, completed_on: date, previous: Validity, expires_on: date) -> Validity:
    # The window that the person was told of decides, not one that the rules were given since.
    opens_on = previous.opens_on or expires_on - timedelta(days=rules.window_days)
    if completed_on < opens_on:
        return Validity(completed_on, previous.base_on, expires_on, opens_on)
    if completed_on > expires_on:
        return _held(rules, completed_on, completed_on, add_months(completed_on, active))
    base_on = _counted_from(previous.base_on, expires_on)
    months = months_between(base_on, expires_on) + active
    return _held(rules, completed_on, base_on, add_months(base_on, months))


def _counted_from(base_on: date, expires_on: date) -> date:
    """The base, if whole months lead to the expiry; else (the rules were others, or it was a fixed day) the expiry."""
    return base_on if add_months(base_on, months_between(base_on, expires_on)) == expires_on else expires_on


def _to_anniversary(rules: Rules, fixed_on: date, active: int, completed_on: date) -> Validity:
    """The base goes back, then forward, by whole periods, each counted from the fixed day."""
    periods = 0
    while add_months(add_months(fixed_on, periods * active), -rules.minimum_months) >= completed_on:
        periods -= 1
    while add_months(fixed_on, (periods + 1) * active) < add_months(completed_on, rules.minimum_months):
        periods += 1
    base_on, expires_on = (add_months(fixed_on, count * active) for count in (periods, periods + 1))
    return _held(rules, completed_on, base_on, expires_on)


def _too_small(rules: Rules) -> Iterator[Problem]:
    if rules.active_months is not None and rules.active_months < 1:
        yield Problem("active_months", ProblemKind.TOO_SMALL)
    for field in ("window_days", "minimum_months", "grace_days"):
        if getattr(rules, field) < 0:
            yield Problem(field, ProblemKind.TOO_SMALL)


def _against_period(rules: Rules) -> Iterator[Problem]:
    if rules.active_months is None:
        if rules.basis != Basis.COMPLETION:
            yield Problem("basis", ProblemKind.NEEDS_PERIOD)
        for field in ("window_days", "grace_days"):
            if getattr(rules, field):
                yield Problem(field, ProblemKind.NEEDS_PERIOD)
        return
    if rules.window_days > shortest_days(rules.active_months):
        yield Problem("window_days", ProblemKind.LONGER_THAN_PERIOD)
    if rules.basis == Basis.FIXED and rules.minimum_months > rules.active_months:
        yield Problem("minimum_months", ProblemKind.LONGER_THAN_PERIOD)


def _against_basis(rules: Rules) -> Iterator[Problem]:
    if rules.basis != Basis.FIXED:
        if rules.minimum_months:
            yield Problem("minimum_months", ProblemKind.FIXED_ONLY)
        return
    if rules.fixed_on is None:
        yield Problem("fixed_on", ProblemKind.MISSING)
    if rules.window_days > shortest_days(rules.minimum_months):
        yield Problem("minimum_months", ProblemKind.SHORTER_THAN_WINDOW)
