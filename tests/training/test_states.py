"""The table of DESIGN, “Programmes and activities”: what is on record → where an assignment stands, and what may follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.dates import local_day
from training.domain.recertification import Basis, Rules, validity
from training.domain.states import AssignmentFacts, Overlay, Standing, State, standing

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY

ASSIGNED = AssignmentFacts(due_on=TODAY)
IN_PROGRESS = replace(ASSIGNED, is_started=True)
CERTIFIED = replace(IN_PROGRESS, completed_on=TODAY, opens_on=TODAY + 20 * DAY, expires_on=TODAY + 30 * DAY)
WINDOW_OPEN = replace(CERTIFIED, opens_on=TODAY)
EXPIRED = replace(CERTIFIED, opens_on=YESTERDAY, expires_on=YESTERDAY)
RELEASED = replace(IN_PROGRESS, is_released=True)
IN = {
    State.ASSIGNED: ASSIGNED,
    State.IN_PROGRESS: IN_PROGRESS,
    State.CERTIFIED: CERTIFIED,
    State.WINDOW_OPEN: WINDOW_OPEN,
    State.EXPIRED: EXPIRED,
    State.RELEASED: RELEASED,
}


@pytest.mark.parametrize(
    ("facts", "expected", "source"),
    [
        (AssignmentFacts(), Standing(State.ASSIGNED), "Design: states; no deadline is never late"),
        (ASSIGNED, Standing(State.ASSIGNED), "Design: overdue is due before today"),
        (replace(ASSIGNED, due_on=YESTERDAY), Standing(State.ASSIGNED, Overlay.OVERDUE), "Design: overdue"),
        (replace(IN_PROGRESS, due_on=TOMORROW), Standing(State.IN_PROGRESS), "Design: states"),
        (replace(IN_PROGRESS, due_on=YESTERDAY), Standing(State.IN_PROGRESS, Overlay.OVERDUE), "Design: overdue"),
        (replace(CERTIFIED, due_on=YESTERDAY), Standing(State.CERTIFIED), "Completed is never late"),
        (AssignmentFacts(completed_on=YESTERDAY), Standing(State.CERTIFIED), "Design: no active period, for good"),
        (replace(CERTIFIED, opens_on=TOMORROW), Standing(State.CERTIFIED), "Rules: opens = expires − W, not sooner"),
        (WINDOW_OPEN, Standing(State.WINDOW_OPEN), "Rules: open from that day on"),
        (replace(WINDOW_OPEN, expires_on=TODAY), Standing(State.WINDOW_OPEN), "The last day counts"),
        (
            replace(WINDOW_OPEN, due_on=YESTERDAY),
            Standing(State.WINDOW_OPEN),
            "Certified goes on while the window is open",
        ),
        (replace(CERTIFIED, opens_on=None, expires_on=TODAY), Standing(State.CERTIFIED), "The last day counts"),
        (EXPIRED, Standing(State.EXPIRED), "Design: states; the day after the last has expired"),
        (replace(EXPIRED, due_on=YESTERDAY), Standing(State.EXPIRED), "Expired says more than overdue"),
        (RELEASED, Standing(State.RELEASED), "Releasing keeps history"),
        (replace(RELEASED, due_on=YESTERDAY), Standing(State.RELEASED), "Released is never late"),
        (replace(EXPIRED, is_released=True), Standing(State.RELEASED), "Released is the end of a cycle"),
    ],
)
def test_standing(facts, expected, source):
    assert standing(facts, TODAY) == expected, source
    assert standing(facts, TODAY).is_overdue == (expected.overlay is Overlay.OVERDUE)


ASKS_SOMETHING = [State.ASSIGNED, State.IN_PROGRESS, State.WINDOW_OPEN, State.EXPIRED]


@pytest.mark.parametrize("state", ASKS_SOMETHING)
@pytest.mark.parametrize(
    ("is_waived", "is_on_leave", "overlay"),
    [(True, True, Overlay.WAIVED), (True, False, Overlay.WAIVED), (False, True, Overlay.ON_LEAVE)],
)
def test_overlays_in_the_order_of_the_design(state, is_waived, is_on_leave, overlay):
    facts = replace(IN[state], due_on=YESTERDAY, is_waived=is_waived, is_on_leave=is_on_leave)

    assert standing(facts, TODAY) == Standing(state, overlay)


@pytest.mark.parametrize("state", [State.CERTIFIED, State.RELEASED])
def test_nothing_lies_over_a_state_that_asks_nothing(state):
    assert standing(replace(IN[state], is_waived=True, is_on_leave=True), TODAY) == Standing(state)


def started(facts, today):
    return facts if facts.is_started or facts.is_released else replace(facts, is_started=True)


def completed(facts, today):
    """In a refresher too, whose completion takes the place of the one before."""
    if facts.is_released:
        return facts
    held = validity(Rules(12, window_days=30), today, previous=None)
    return replace(facts, is_started=True, completed_on=today, expires_on=held.expires_on, opens_on=held.opens_on)


def window_comes(facts, today):
    return replace(facts, opens_on=today) if facts.opens_on and facts.opens_on > today else facts


def expiry_passes(facts, today):
    return replace(facts, opens_on=today - DAY, expires_on=today - DAY) if facts.expires_on else facts


def released(facts, today):
    return replace(facts, is_released=True)


def assigned_anew(facts, today):
    """A new cycle: refused while one is open or holds."""
    return AssignmentFacts(due_on=today) if standing(facts, today).state in {State.EXPIRED, State.RELEASED} else facts


EVENTS = {
    started: "An activity is done",
    completed: "The last activity is done",
    window_comes: "Rules: opens = expires − W",
    expiry_passes: "Rules: expires = base + A; the last day counts",
    released: "Releasing keeps history",
    assigned_anew: "Features: assigning twice gives the assignment that is open or holds; after that, a new cycle",
}
TRANSITIONS = {
    State.ASSIGNED: [
        State.IN_PROGRESS, State.CERTIFIED, State.ASSIGNED, State.ASSIGNED, State.RELEASED, State.ASSIGNED
    ],
    State.IN_PROGRESS: [
        State.IN_PROGRESS, State.CERTIFIED, State.IN_PROGRESS, State.IN_PROGRESS, State.RELEASED, State.IN_PROGRESS
    ],
    State.CERTIFIED: [
        State.CERTIFIED, State.CERTIFIED, State.WINDOW_OPEN, State.EXPIRED, State.RELEASED, State.CERTIFIED
    ],
    State.WINDOW_OPEN: [
        State.WINDOW_OPEN, State.CERTIFIED, State.WINDOW_OPEN, State.EXPIRED, State.RELEASED, State.WINDOW_OPEN
    ],
    State.EXPIRED: [State.EXPIRED, State.CERTIFIED, State.EXPIRED, State.EXPIRED, State.RELEASED, State.ASSIGNED],
    State.RELEASED: [State.RELEASED] * 5 + [State.ASSIGNED],
}  # fmt: skip
"""From each state, what each of the events above leads to, in their order."""


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [(before, event, after) for before, row in TRANSITIONS.items() for event, after in zip(EVENTS, row, strict=True)],
)
def test_every_event_in_every_state(before, event, after):
    assert standing(IN[before], TODAY).state == before
    assert standing(event(IN[before], TODAY), TODAY).state == after, EVENTS[event]


BY_TIME_ALONE = {(State.CERTIFIED, State.WINDOW_OPEN), (State.WINDOW_OPEN, State.EXPIRED)}
WITHIN_TEN_YEARS = st.integers(0, 3652)


MONTHS, WINDOWS = st.integers(1, 36), st.integers(0, 28)


@given(
    st.builds(Rules, MONTHS, WINDOWS, st.sampled_from([Basis.COMPLETION, Basis.EXPIRY]))
    | st.builds(Rules, MONTHS, WINDOWS, st.just(Basis.FIXED), st.just(1), st.dates(date(2020, 1, 1), date(2040, 1, 1))),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.sets(WITHIN_TEN_YEARS, max_size=12),
)
def test_ten_years_day_by_day_go_along_allowed_transitions(rules, first_on, completions):
    began, held, states = False, None, []
    for count in range(3653):
        today = first_on + count * DAY
        if count in completions:
            held = validity(rules, today, previous=held)
            began = True
        facts = AssignmentFacts(
            is_started=began,
            completed_on=held and held.completed_on,
            opens_on=held and held.opens_on,
            expires_on=held and held.expires_on,
        )
        states.append(standing(facts, today).state)

    for count, (before, after) in enumerate(pairwise(states), start=1):
        completes = {(before, State.CERTIFIED), (before, State.WINDOW_OPEN)} if count in completions else set()
        assert before == after or (before, after) in BY_TIME_ALONE | completes


FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


@cache
def state_on(today: date, last_day: date) -> State:
    """Of a certificate whose window is its last day only."""
    return standing(AssignmentFacts(completed_on=FIRST, opens_on=last_day, expires_on=last_day), today).state


def offset_at_noon(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, time(12), zone).utcoffset()


def clock_changes(zone: ZoneInfo) -> tuple:
    """The days of these ten years by whose noon the clocks had changed, with what they changed to, after how they began."""
    weeks = [FIRST + count * 7 * DAY for count in range((LAST - FIRST).days // 7 + 1)]
    offsets = [offset_at_noon(day, zone) for day in weeks]
    days = [
        day + count * DAY
        for day, before, after in zip(weeks, offsets, offsets[1:], strict=False)
        if before != after
        for count in range(8)
    ]
    changed = [
        (day, offset_at_noon(day, zone))
        for before, day in pairwise(days)
        if offset_at_noon(before, zone) != offset_at_noon(day, zone)
    ]
    return offsets[0], *changed


def test_ten_years_in_every_zone_hold_to_the_last_moment_of_the_last_day():
    # Zones with the same clocks are looked at once.
    zones = {clock_changes(ZoneInfo(name)): ZoneInfo(name) for name in available_timezones()}
    moment = timedelta(microseconds=1)
    for zone in zones.values():
        over = first_moment(FIRST, zone)
        for last_day in (FIRST + count * DAY for count in range((LAST - FIRST).days + 1)):
            begins, over = over, first_moment(last_day + DAY, zone)
            moments = (begins - moment, begins, over - moment, over)

            assert [state_on(local_day(now, zone), last_day) for now in moments] == [
                State.CERTIFIED, State.WINDOW_OPEN, State.WINDOW_OPEN, State.EXPIRED
            ], (zone.key, last_day)  # fmt: skip


def test_a_day_that_a_zone_left_out_is_as_if_over():
    """Samoa went from 29 to 31 December 2011."""
    samoa = ZoneInfo("Pacific/Apia")
    midnight = datetime(2011, 12, 30, 10, tzinfo=UTC)
    facts = AssignmentFacts(completed_on=date(2011, 1, 1), expires_on=date(2011, 12, 30))

    assert standing(facts, local_day(midnight - timedelta(microseconds=1), samoa)).state == State.CERTIFIED
    assert standing(facts, local_day(midnight, samoa)).state == State.EXPIRED
