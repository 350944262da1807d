"""What a row comes to, for who is here and who isn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.importing.columns import Column
from people.domain.importing.here import Here, Person, Place, Supervision, Team
from people.domain.importing.notes import Code, Note, Severity, error
from people.domain.importing.planning import Outcome, Placement, Plan, Planned, make_plan
from people.domain.importing.rows import Parsed, PersonRow

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
COUNTER, STOCK, COUNTER_PENANG, OFFICE = 1, 2, 3, 4
CASHIER, LEADER = 1, 2
SITI = Person(
    7,
    "siti@example.com",
    "Siti",
    number="E1",
    language="ms",
    employed_on=date(2026, 1, 1),
    places=(Place(70, COUNTER, CASHIER, date(2026, 1, 1)),),
    supervisions=(Supervision(71, STOCK, date(2026, 2, 1)), Supervision(72, OFFICE, date(2025, 1, 1), YESTERDAY)),
)
GONE = replace(SITI, is_active=False, left_on=date(2026, 6, 30), places=(), supervisions=())
HERE = Here(
    TODAY,
    people=(SITI, Person(8, "ali@example.com", "Ali", number="E2"), Person(9, "tan@example.com", "Tan")),
    branches=("Ipoh", "Penang"),
    teams=(
        Team(COUNTER, "Counter", "Ipoh"),
        Team(STOCK, "Stock", "Ipoh"),
        Team(COUNTER_PENANG, "Counter", "Penang"),
        Team(OFFICE, "Office", "Penang"),
    ),
    roles={"Cashier": CASHIER, "Leader": LEADER},
    languages={"en": "English", "ms": "Malay"},
    zeroed={"42": "0042"},
    is_email=lambda text: "@" in text,
)
NEW = PersonRow(
    2, email="new@example.com", name="New", branch="Ipoh", team="Counter", role="Cashier", first_day=date(2026, 3, 1)
)
SAME = PersonRow(2, number="E1")


def plan(*rows: PersonRow, here: Here = HERE, notes: tuple[Note, ...] = ()) -> Plan:
    return make_plan(Parsed(rows, notes, {Column.EMAIL: "Mail"}), here)


def planned(row: PersonRow, *people: Person) -> Planned:
    return plan(row, here=replace(HERE, people=people) if people else HERE).rows[0]


def codes(row: PersonRow, *people: Person) -> list[Code]:
    return [note.code for note in planned(row, *people).notes]


def test_somebody_new_joins_on_their_first_day():
    new = planned(NEW)

    assert (new.outcome, new.person) == (Outcome.JOINS, None)
    assert new.fields == {"email": "new@example.com", "name": "New", "employed_on": date(2026, 3, 1)}
    assert new.placement == Placement(COUNTER, CASHIER, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("changed", "starts_on"),
    [
        ({"since": date(2026, 9, 1)}, date(2026, 9, 1)),
        ({"first_day": None}, TODAY),
        ({"first_day": TOMORROW}, TOMORROW),
    ],
)
def test_the_first_membership_begins_on_the_day_that_is_said(changed, starts_on):
    placement = planned(replace(NEW, **changed)).placement
    assert placement is not None
    assert placement.starts_on == starts_on


def test_somebody_new_needs_no_team():
    assert planned(PersonRow(2, email="new@example.com", name="New")).outcome == Outcome.JOINS


def test_who_left_before_they_came_in_stays_away():
    assert planned(replace(NEW, last_day=YESTERDAY)).outcome == Outcome.LEFT_BEFORE


def test_nothing_said_changes_nothing():
    assert planned(SAME) == Planned(SAME, Outcome.UNCHANGED, SITI, since=TODAY)


def test_what_is_said_changes():
    row = replace(SAME, name="Siti Aminah", called="Ti", language="English", email="aminah@example.com")
    assert (planned(row).outcome, planned(row).fields) == (
        Outcome.CHANGES,
        {"name": "Siti Aminah", "short_name": "Ti", "language": "en", "email": "aminah@example.com"},
    )


@pytest.mark.parametrize("said", ["ms", "MS", "malay", "Bahasa Melayu", "BM"])
def test_languages_are_known_by_several_names(said):
    assert planned(replace(SAME, language=said)).outcome == Outcome.UNCHANGED


def test_a_number_is_given_to_who_has_none():
    row = PersonRow(2, number="E9", email="tan@example.com")
    assert planned(row).fields == {"employee_number": "E9"}


@pytest.mark.parametrize(
    ("said", "placement"),
    [
        ({"team": "stock"}, Placement(STOCK, CASHIER, TODAY, ends=70)),
        ({"team": "Stock", "role": "Leader"}, Placement(STOCK, LEADER, TODAY, ends=70)),
        ({"role": "Leader"}, Placement(COUNTER, LEADER, TODAY, ends=70)),
        ({"team": "Counter", "branch": "Penang"}, Placement(COUNTER_PENANG, CASHIER, TODAY, ends=70)),
        ({"team": "Stock", "since": date(2026, 9, 1)}, Placement(STOCK, CASHIER, date(2026, 9, 1), ends=70)),
        ({"team": "Stock", "since": TOMORROW}, Placement(STOCK, CASHIER, TOMORROW, ends=70)),
        ({"team": "Stock", "since": date(2026, 1, 1)}, Placement(STOCK, CASHIER, date(2026, 1, 1), replaces=70)),
    ],
)
def test_a_move_ends_the_present_membership(said, placement):
    row = planned(replace(SAME, **said))
    assert (row.outcome, row.placement) == (Outcome.MOVES, placement)


def test_a_move_ends_before_the_next_that_is_planned():
    later = Place(73, OFFICE, CASHIER, date(2026, 12, 10))
    row = planned(replace(SAME, team="Stock"), replace(SITI, places=(*SITI.places, later)))
    assert row.placement == Placement(STOCK, CASHIER, TODAY, ends_on=date(2026, 12, 9), ends=70)


def test_a_membership_of_the_same_team_and_day_is_altered():
    ended = Place(73, STOCK, CASHIER, TODAY, TODAY)
    row = planned(replace(SAME, team="Stock", role="Leader"), replace(SITI, places=(*SITI.places, ended)))
    assert row.placement == Placement(STOCK, LEADER, TODAY, replaces=73)


@pytest.mark.parametrize("said", [{"team": "Counter", "branch": "ipoh"}, {"branch": "Ipoh"}, {"role": "cashier"}])
def test_who_is_there_already_stays(said):
    assert planned(replace(SAME, **said)).outcome == Outcome.UNCHANGED


def test_one_of_two_teams_is_enough():
    two = replace(SITI, places=(*SITI.places, Place(73, OFFICE, LEADER, date(2026, 5, 1))))
    assert planned(replace(SAME, team="Counter", branch="Ipoh", role="Cashier"), two).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("said", "begun", "ended"),
    [
        (None, (), ()),
        (("Stock",), (), ()),
        (("stock", "Penang: Counter"), (COUNTER_PENANG,), ()),
        (("Counter", "Office"), (COUNTER, OFFICE), (71,)),
        ((), (), (71,)),
    ],
)
def test_the_teams_supervised_are_those_that_are_said(said, begun, ended):
    row = planned(replace(SAME, supervises=said, branch="Ipoh"))
    assert (row.supervises, tuple(each.pk for each in row.supervised_till)) == (begun, ended)
    assert row.outcome == (Outcome.CHANGES if begun or ended else Outcome.UNCHANGED)


def test_who_left_leaves_and_does_not_move():
    row = planned(replace(SAME, last_day=YESTERDAY, team="Stock"))
    assert (row.outcome, row.fields, row.placement) == (Outcome.LEAVES, {"left_on": YESTERDAY}, None)


def test_who_will_leave_moves_till_then():
    row = planned(replace(SAME, last_day=TOMORROW, team="Stock"))
    assert (row.outcome, bool(row.placement)) == (Outcome.LEAVES, True)
    again = replace(SITI, left_on=TOMORROW)
    assert planned(replace(SAME, last_day=TOMORROW), again).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("said", "outcome", "fields"),
    [
        ({}, Outcome.UNCHANGED, {}),
        ({"name": "Other"}, Outcome.UNCHANGED, {}),
        ({"last_day": date(2026, 6, 30)}, Outcome.UNCHANGED, {}),
        ({"last_day": date(2026, 7, 31)}, Outcome.LEAVES, {"left_on": date(2026, 7, 31)}),
        ({"first_day": date(2026, 1, 1)}, Outcome.UNCHANGED, {}),
        ({"first_day": TODAY}, Outcome.JOINS, {"employed_on": TODAY, "left_on": None, "is_active": True}),
        ({"last_day": TOMORROW}, Outcome.JOINS, {"left_on": TOMORROW, "is_active": True}),
    ],
)
def test_who_has_left_comes_back_only_by_a_new_day(said, outcome, fields):
    row = planned(replace(SAME, **said), GONE)
    assert (row.outcome, row.fields) == (outcome, fields)
    assert ([note.code for note in row.notes] == [Code.HAS_LEFT]) is (outcome == "unchanged" and "last_day" not in said)


def test_an_account_that_is_off_stays_off():
    off = replace(SITI, is_active=False)
    row = planned(replace(SAME, name="Siti Aminah"), off)
    assert (row.outcome, row.fields) == (Outcome.CHANGES, {"name": "Siti Aminah"})
    assert [(note.code, note.severity) for note in row.notes] == [(Code.SWITCHED_OFF, Severity.WARNING)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (PersonRow(2, name="Nobody"), Code.NO_KEY),
        (replace(NEW, email="new"), Code.BAD_EMAIL),
        (replace(NEW, email="", number="E9"), Code.EMAIL_MISSING),
        (replace(NEW, name=""), Code.NAME_MISSING),
        (replace(NEW, number="42"), Code.ZEROS_LOST),
        (replace(SAME, email="ali@example.com"), Code.EMAIL_TAKEN),
        (replace(SAME, number="E9", email="ali@example.com"), Code.EMAIL_TAKEN),
        (replace(NEW, language="Klingon"), Code.UNKNOWN_LANGUAGE),
        (replace(NEW, language="fil"), Code.UNKNOWN_LANGUAGE),
        (replace(NEW, branch="Ipo"), Code.UNKNOWN_NAME_LIKE),
        (replace(NEW, branch="Kuching"), Code.UNKNOWN_NAME),
        (replace(NEW, role="Casheer"), Code.UNKNOWN_NAME_LIKE),
        (replace(NEW, team="Office"), Code.UNKNOWN_NAME),
        (replace(NEW, team="Stok", branch=""), Code.UNKNOWN_NAME_LIKE),
        (replace(NEW, branch=""), Code.SEVERAL_TEAMS),
        (replace(NEW, team=""), Code.TEAM_MISSING),
        (replace(NEW, role=""), Code.ROLE_MISSING),
        (replace(NEW, supervises=("Shop",)), Code.UNKNOWN_NAME),
        (replace(NEW, branch="Penang", team="Office", supervises=("Kuching: Stock",)), Code.UNKNOWN_NAME),
        (replace(NEW, first_day=TOMORROW, last_day=TODAY), Code.FIRST_AFTER_LAST),
        (replace(SAME, last_day=date(2025, 12, 31)), Code.FIRST_AFTER_LAST),
        (replace(NEW, since=date(2026, 2, 1)), Code.SINCE_OUTSIDE),
        (replace(NEW, last_day=TOMORROW, since=TOMORROW + DAY), Code.SINCE_OUTSIDE),
        (replace(SAME, branch="Penang"), Code.TEAM_MISSING),
        (replace(SAME, number="E2", role="Cashier"), Code.TEAM_MISSING),
    ],
)
def test_a_row_that_can_t_come_in(row, code):
    refused = plan(row)

    assert [note.code for note in refused.rows[0].notes] == [code]
    assert (refused.is_refused, refused.rows[0].outcome, refused.touched) == (True, Outcome.FAULTY, ())


def test_a_name_that_many_rows_get_wrong_is_sought_once():
    rows = [replace(NEW, line=line, email=f"new{line}@example.com", team="Stok") for line in (2, 3)]
    assert {note.words for note in plan(*rows).faults} == {"Team: “Stok” isn’t here. Did you mean “Stock”?"}


def test_somebody_gone_has_days_in_order_too():
    assert codes(replace(SAME, last_day=date(2025, 12, 31)), GONE) == [Code.FIRST_AFTER_LAST]


@pytest.mark.parametrize(
    "again",
    [replace(NEW, line=3), PersonRow(3, email="new@example.com", name="Other")],
)
def test_the_same_person_twice_is_told_at_the_second(again):
    assert [(note.line, note.code) for note in plan(NEW, again).faults] == [(3, Code.TWICE)]


def test_one_person_by_number_and_by_email_is_the_same():
    rows = (SAME, PersonRow(3, email="siti@example.com"))
    assert [note.words for note in plan(*rows).faults] == ["This is the same person as in row 2."]


def test_notes_stand_with_their_row_or_with_the_file():
    of_row, of_file = error(Code.BAD_DATE, 2, value="x"), error(Code.READ_AS_CP1252)
    found = plan(SAME, notes=(of_row, of_file))

    assert (found.file_notes, found.rows[0].notes, found.faults) == ((of_file,), (of_row,), (of_file, of_row))
    assert found.counts == {Outcome.FAULTY: 1}
    assert plan(replace(NEW, email="x", name="")).faults[0].column == "Mail"


dates = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
rows = st.builds(
    PersonRow,
    line=st.just(2),
    number=st.just("E1"),
    team=st.sampled_from(["", "Stock", "Office"]),
    role=st.sampled_from(["", "Cashier", "Leader"]),
    since=dates,
    first_day=dates,
    last_day=dates,
    supervises=st.sampled_from([None, (), ("Stock",), ("Office",)]),
)


@given(rows, st.sampled_from([SITI, GONE, replace(SITI, left_on=TOMORROW), replace(SITI, places=())]))
def test_what_came_in_plans_nothing(row, person):
    """Put the plan into effect as the service does, and plan again."""
    first = planned(row, person)
    if first.outcome in {Outcome.FAULTY, Outcome.LEFT_BEFORE}:
        return

    second = planned(row, put_into_effect(first, person))

    assert second.outcome == Outcome.UNCHANGED, (first, second)


def put_into_effect(done: Planned, person: Person) -> Person:
    places = {place.pk: place for place in person.places}
    if (new := done.placement) is not None:
        if new.ends is not None:
            places[new.ends] = replace(places[new.ends], ends_on=new.starts_on - DAY)
        pk = new.replaces or 99
        places[pk] = Place(pk, new.team, new.role, new.starts_on, new.ends_on)
    since = done.since
    ended = {each.pk for each in done.supervised_till}
    held = [each for each in person.supervisions if each.pk not in ended]
    begun = [Supervision(100 + team, team, since) for team in done.supervises]
    # The name of a field here and in the model.
    names = {"employee_number": "number", "short_name": "called"}
    fields = {names.get(name, name): value for name, value in done.fields.items()}
    changed = replace(person, places=tuple(places.values()), supervisions=(*held, *begun), **fields)
    return replace(changed, is_active=changed.is_active and not (changed.left_on and changed.left_on < TODAY))
