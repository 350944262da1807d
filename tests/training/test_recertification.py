"""Tables of the rules, each row with its source. “Rules” are those at the head of the module that is tested here; “Totara”
is the help text of its certifications: recertification date, minimum active period, recertification window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.dates import add_months, months_between
from training.domain.recertification import (
    Basis,
    Problem,
    ProblemKind,
    Rules,
    Validity,
    grace_ends_on,
    problems,
    shortest_days,
    validity,
)

COMPLETION = Rules(active_months=12, window_days=30)
EXPIRY = Rules(active_months=12, window_days=30, basis=Basis.EXPIRY)
MONTHLY = Rules(active_months=1, window_days=7, basis=Basis.EXPIRY)
DECEMBER = Rules(active_months=12, window_days=30, basis=Basis.FIXED, minimum_months=6, fixed_on=date(2021, 12, 31))
FIRST_OF_DECEMBER = Rules(
    active_months=12, window_days=59, basis=Basis.FIXED, minimum_months=6, fixed_on=date(2026, 12, 1)
)
OLD = Validity(date(2025, 3, 10), date(2025, 3, 10), date(2026, 3, 10), date(2026, 2, 8))


@pytest.mark.parametrize(
    ("rules", "completed_on", "previous", "expires_on", "source"),
    [
        (
            COMPLETION,
            date(2026, 3, 10),
            None,
            date(2027, 3, 10),
            "Totara: the active period is added to the completion",
        ),
        (COMPLETION, date(2026, 2, 20), OLD, date(2027, 2, 20), "Totara: completed early, it drifts backwards"),
        (COMPLETION, date(2026, 5, 1), OLD, date(2027, 5, 1), "Totara: completed overdue, it drifts forwards"),
        (COMPLETION, date(2024, 2, 29), None, date(2025, 2, 28), "Rules: 29 February is right"),
        (EXPIRY, date(2025, 3, 10), None, date(2026, 3, 10), "Totara: the first time, from the completion"),
        (EXPIRY, date(2026, 2, 7), OLD, date(2026, 3, 10), "Rules: before the window it keeps its expiry"),
        (
            EXPIRY,
            date(2026, 2, 8),
            OLD,
            date(2027, 3, 10),
            "Rules: in the window, from the old expiry (first day of it)",
        ),
        (
            EXPIRY,
            date(2026, 3, 10),
            OLD,
            date(2027, 3, 10),
            "Rules: in the window, from the old expiry (last day of it)",
        ),
        (EXPIRY, date(2026, 3, 11), OLD, date(2027, 3, 11), "Totara: expired, as if newly assigned"),
        (DECEMBER, date(2021, 2, 28), None, date(2021, 12, 31), "Totara community, first learner"),
        (DECEMBER, date(2021, 7, 30), None, date(2022, 12, 31), "Totara community, second learner"),
        (DECEMBER, date(2021, 6, 30), None, date(2021, 12, 31), "Rules: base − M ≥ completed, the minimum to the day"),
        (DECEMBER, date(2021, 7, 1), None, date(2022, 12, 31), "Totara: less than the minimum is left, a period more"),
        (DECEMBER, date(2019, 2, 1), None, date(2019, 12, 31), "Rules: the base goes back as often as it must"),
        (DECEMBER, date(2025, 2, 1), None, date(2025, 12, 31), "Rules: the base goes on as often as it must"),
        (DECEMBER, date(2025, 7, 1), None, date(2026, 12, 31), "Rules: base + A ≥ completed + M, over several periods"),
        (FIRST_OF_DECEMBER, date(2026, 8, 15), None, date(2027, 12, 1), "Totara: in August, about 16 months"),
        (FIRST_OF_DECEMBER, date(2026, 11, 15), None, date(2027, 12, 1), "Totara: in November, about 13 months"),
        (FIRST_OF_DECEMBER, date(2027, 4, 15), None, date(2027, 12, 1), "Totara: in April, about 8 months"),
        (Rules(None), date(2026, 3, 10), OLD, None, "Design: no active period, certified without expiry"),
    ],
)
def test_expiry_by_rule(rules, completed_on, previous, expires_on, source):
    found = validity(rules, completed_on, previous=previous)

    assert (found.completed_on, found.expires_on) == (completed_on, expires_on), source


@pytest.mark.parametrize(
    ("rules", "completed_on", "previous", "base_on", "opens_on"),
    [
        (COMPLETION, date(2026, 3, 10), None, date(2026, 3, 10), date(2027, 2, 8)),
        (Rules(12), date(2026, 3, 10), None, date(2026, 3, 10), date(2027, 3, 10)),
        (EXPIRY, date(2026, 2, 7), OLD, date(2025, 3, 10), date(2026, 2, 8)),
        (EXPIRY, date(2026, 2, 8), OLD, date(2025, 3, 10), date(2027, 2, 8)),
        (EXPIRY, date(2026, 3, 11), OLD, date(2026, 3, 11), date(2027, 2, 9)),
        (DECEMBER, date(2021, 2, 28), None, date(2020, 12, 31), date(2021, 12, 1)),
        (DECEMBER, date(2021, 7, 30), None, date(2021, 12, 31), date(2022, 12, 1)),
        (Rules(None), date(2026, 3, 10), None, date(2026, 3, 10), None),
    ],
)
def test_base_and_opening(rules, completed_on, previous, base_on, opens_on):
    found = validity(rules, completed_on, previous=previous)

    assert (found.base_on, found.opens_on) == (base_on, opens_on)


def test_refreshers_in_time_keep_the_day_of_the_month():
    held = validity(MONTHLY, date(2026, 1, 31), previous=None)
    days = []
    for _ in range(5):
        days.append(held.expires_on)
        held = validity(MONTHLY, held.expires_on, previous=held)

    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]


def test_refreshers_in_time_keep_29_february():
    held = validity(EXPIRY, date(2024, 2, 29), previous=None)
    for _ in range(3):
        held = validity(EXPIRY, held.opens_on, previous=held)

    assert held.expires_on == date(2028, 2, 29)


def test_a_fixed_last_of_the_month_stays_one_in_both_directions():
    rules = Rules(active_months=1, basis=Basis.FIXED, fixed_on=date(2026, 3, 31))

    assert [
        validity(rules, completed_on, previous=None).expires_on
        for completed_on in (date(2025, 12, 5), date(2026, 1, 31), date(2026, 2, 5), date(2026, 4, 2), date(2026, 5, 7))
    ] == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30), date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("fixed_on", "expires_on"),
    [
        (date(2021, 2, 28), date(2022, 2, 28)),
        (date(2022, 2, 28), date(2023, 2, 28)),
        (date(2023, 2, 28), date(2023, 2, 28)),
    ],
)
def test_the_base_goes_back_by_the_minimum_before_it_and_on_by_the_minimum_after(fixed_on, expires_on):
    """Two loops, to the letter: 31 August + 6 months is 28 February, 28 February − 6 months is 28 August."""
    rules = Rules(12, basis=Basis.FIXED, minimum_months=6, fixed_on=fixed_on)

    assert validity(rules, date(2021, 8, 31), previous=None).expires_on == expires_on


def test_a_window_that_was_not_written_down_is_that_of_the_rules():
    without_opening = Validity(OLD.completed_on, OLD.base_on, OLD.expires_on, None)

    assert validity(EXPIRY, date(2026, 2, 7), previous=without_opening) == Validity(
        date(2026, 2, 7), OLD.base_on, OLD.expires_on, OLD.opens_on
    )
    assert validity(EXPIRY, date(2026, 2, 8), previous=without_opening).expires_on == date(2027, 3, 10)


def test_the_window_that_people_were_told_of_decides_when_the_rules_have_another():
    longer = Validity(OLD.completed_on, OLD.base_on, OLD.expires_on, date(2026, 1, 9))

    assert validity(EXPIRY, date(2026, 1, 8), previous=longer) == Validity(
        date(2026, 1, 8), OLD.base_on, OLD.expires_on, longer.opens_on
    )
    assert validity(EXPIRY, date(2026, 1, 9), previous=longer).expires_on == date(2027, 3, 10)


def test_an_expiry_that_is_no_whole_months_after_its_base_is_counted_from_by_itself():
    from_a_fixed_day = Validity(date(2025, 3, 10), date(2025, 2, 28), date(2026, 3, 31), date(2026, 3, 1))

    assert validity(EXPIRY, date(2026, 3, 20), previous=from_a_fixed_day) == Validity(
        date(2026, 3, 20), date(2026, 3, 31), date(2027, 3, 31), date(2027, 3, 1)
    )


def test_another_active_period_counts_from_the_old_expiry():
    longer = Rules(active_months=24, window_days=30, basis=Basis.EXPIRY)

    assert validity(longer, date(2026, 3, 1), previous=OLD).expires_on == date(2028, 3, 10)


def test_certified_for_good_gets_an_expiry_when_completed_under_rules_that_have_one():
    for_good = validity(Rules(None), date(2020, 1, 1), previous=None)

    assert validity(EXPIRY, date(2026, 3, 10), previous=for_good).expires_on == date(2027, 3, 10)


def test_the_fixed_day_matters_to_its_own_basis_only():
    rules = Rules(active_months=12, fixed_on=date(2021, 12, 31))

    assert validity(rules, date(2026, 3, 10), previous=None).expires_on == date(2027, 3, 10)


def test_a_basis_may_come_as_the_text_that_is_stored():
    stored = Rules(active_months=12, window_days=30, basis="expiry")

    assert validity(stored, date(2026, 2, 8), previous=OLD) == validity(EXPIRY, date(2026, 2, 8), previous=OLD)


def test_rules_with_problems_are_refused():
    with pytest.raises(ValueError, match="active_months"):
        validity(Rules(active_months=0, basis=Basis.FIXED, fixed_on=OLD.base_on), OLD.base_on, previous=None)


def test_grace_ends_so_many_days_after_the_last_day_that_counts():
    assert grace_ends_on(Rules(12, grace_days=7), date(2026, 3, 10)) == date(2026, 3, 17)
    assert grace_ends_on(Rules(12), date(2026, 3, 10)) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Rules(None), []),
        (Rules(12), []),
        (Rules(1, window_days=28), []),
        (Rules(12, window_days=365, grace_days=400), []),
        (Rules(12, window_days=181, basis=Basis.FIXED, minimum_months=6, fixed_on=date(2026, 1, 1)), []),
        (Rules(12, basis=Basis.FIXED, minimum_months=12, fixed_on=date(2026, 1, 1)), []),
        (Rules(0), [("active_months", ProblemKind.TOO_SMALL)]),
        (Rules(-1, window_days=5), [("active_months", ProblemKind.TOO_SMALL)]),
        (
            Rules(None, window_days=-1, minimum_months=-1, grace_days=-1),
            [(field, ProblemKind.TOO_SMALL) for field in ("window_days", "minimum_months", "grace_days")],
        ),
        (Rules(1, window_days=29), [("window_days", ProblemKind.LONGER_THAN_PERIOD)]),
        (Rules(12, window_days=366), [("window_days", ProblemKind.LONGER_THAN_PERIOD)]),
        (
            Rules(None, window_days=1, basis=Basis.EXPIRY, grace_days=1),
            [(field, ProblemKind.NEEDS_PERIOD) for field in ("basis", "window_days", "grace_days")],
        ),
        (Rules(None, basis=Basis.FIXED, fixed_on=date(2026, 1, 1)), [("basis", ProblemKind.NEEDS_PERIOD)]),
        (Rules(12, minimum_months=1), [("minimum_months", ProblemKind.FIXED_ONLY)]),
        (Rules(1, minimum_months=2, basis=Basis.EXPIRY), [("minimum_months", ProblemKind.FIXED_ONLY)]),
        (Rules(12, basis=Basis.FIXED), [("fixed_on", ProblemKind.MISSING)]),
        (
            Rules(12, window_days=182, basis=Basis.FIXED, minimum_months=6, fixed_on=date(2026, 1, 1)),
            [("minimum_months", ProblemKind.SHORTER_THAN_WINDOW)],
        ),
        (
            Rules(12, window_days=1, basis=Basis.FIXED, fixed_on=date(2026, 1, 1)),
            [("minimum_months", ProblemKind.SHORTER_THAN_WINDOW)],
        ),
        (
            Rules(12, basis=Basis.FIXED, minimum_months=13, fixed_on=date(2026, 1, 1)),
            [("minimum_months", ProblemKind.LONGER_THAN_PERIOD)],
        ),
        (
            Rules(1, window_days=60, basis=Basis.FIXED, minimum_months=2),
            [
                ("window_days", ProblemKind.LONGER_THAN_PERIOD),
                ("minimum_months", ProblemKind.LONGER_THAN_PERIOD),
                ("fixed_on", ProblemKind.MISSING),
                ("minimum_months", ProblemKind.SHORTER_THAN_WINDOW),
            ],
        ),
    ],
)
def test_contradictions_are_named_at_their_field(rules, expected):
    assert problems(rules) == [Problem(field, kind) for field, kind in expected]


@pytest.mark.parametrize(
    ("months", "days"),
    [(0, 0), (1, 28), (2, 59), (6, 181), (11, 334), (12, 365), (24, 730), (48, 1460), (4800, 146097)],
)
def test_shortest_days(months, days):
    assert shortest_days(months) == days


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_no_stretch_of_months_is_shorter_than_the_shortest(day, months):
    assert (add_months(day, months) - day).days >= shortest_days(months)


@st.composite
def rules_without_problems(draw: st.DrawFn, *bases: Basis) -> Rules:
    active, chosen = draw(st.integers(1, 60)), draw(st.sampled_from(bases or list(Basis)))
    minimum = draw(st.integers(0, active)) if chosen == Basis.FIXED else 0
    most = shortest_days(minimum if chosen == Basis.FIXED else active)
    window = draw(st.integers(0, most))
    return Rules(active, window, chosen, minimum, draw(DAYS), draw(st.integers(0, 90)))


@given(rules_without_problems(), st.lists(DAYS, min_size=1, max_size=6))
def test_nothing_expires_or_opens_before_it_is_completed(rules, days):
    assert problems(rules) == []
    held = None
    for completed_on in sorted(days):
        held = validity(rules, completed_on, previous=held)
        assert held.completed_on == completed_on <= held.opens_on <= held.expires_on


@given(rules_without_problems(), st.lists(DAYS, min_size=2, max_size=6))
def test_completing_later_never_expires_sooner(rules, days):
    held, expiries = None, []
    for completed_on in sorted(days):
        held = validity(rules, completed_on, previous=held)
        expiries.append(held.expires_on)

    assert expiries == sorted(expiries)


@given(rules_without_problems(Basis.EXPIRY), DAYS, st.lists(st.integers(0, 10_000), max_size=8))
def test_in_the_window_nobody_loses_or_gains_a_day(rules, first_on, choices):
    held = validity(rules, first_on, previous=None)
    for count, choice in enumerate(choices, start=2):
        completed_on = held.opens_on + timedelta(days=choice % (rules.window_days + 1))
        held = validity(rules, completed_on, previous=held)

        assert held.expires_on == add_months(first_on, count * rules.active_months)


@given(rules_without_problems(Basis.FIXED), DAYS)
def test_a_fixed_expiry_is_the_first_anniversary_that_leaves_the_minimum(rules, completed_on):
    held = validity(rules, completed_on, previous=None)
    periods, rest = divmod(months_between(rules.fixed_on, held.expires_on), rules.active_months)

    assert rest == 0
    assert held.expires_on == add_months(rules.fixed_on, periods * rules.active_months)
    assert held.base_on == add_months(rules.fixed_on, (periods - 1) * rules.active_months)
    assert add_months(completed_on, rules.minimum_months) <= held.expires_on
    assert add_months(held.base_on, -rules.minimum_months) < completed_on


@given(rules_without_problems(Basis.FIXED), DAYS, st.integers(-20, 20))
def test_it_does_not_matter_which_anniversary_is_the_fixed_day(rules, completed_on, periods):
    """But at the end of a month, where a month back and a month on is another day."""
    here = Rules(
        rules.active_months, rules.window_days, Basis.FIXED, rules.minimum_months, rules.fixed_on.replace(day=9)
    )
    there = Rules(
        here.active_months,
        here.window_days,
        Basis.FIXED,
        here.minimum_months,
        add_months(here.fixed_on, periods * here.active_months),
    )
    completed_on = completed_on.replace(day=min(completed_on.day, 28))

    assert validity(here, completed_on, previous=None) == validity(there, completed_on, previous=None)


@given(rules_without_problems(Basis.COMPLETION, Basis.FIXED), DAYS, DAYS)
def test_only_expiry_looks_at_what_was_before(rules, earlier_on, completed_on):
    previous = validity(rules, earlier_on, previous=None)

    assert validity(rules, completed_on, previous=previous) == validity(rules, completed_on, previous=None)
