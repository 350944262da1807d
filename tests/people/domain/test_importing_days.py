"""Dates of a column: read only where day and month can't be mistaken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.importing.days import EARLIEST, LATEST, Order, Undecided, decide_order, read_day

DAY_FIRST, MONTH_FIRST = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["31/12/2026", "1/2/2026"], DAY_FIRST),
        (["12/31/2026", "1/2/2026"], MONTH_FIRST),
        (["5/5/2026"], DAY_FIRST),
        (["2026-12-31", "01.02.2026", "", "soon", date(2026, 1, 2)], DAY_FIRST),
        (["3/3/2026", "1-2-2026"], Undecided("1-2-2026")),
        (["31/12/2026", "12/31/2026"], Undecided("31/12/2026", "12/31/2026")),
        ([], DAY_FIRST),
    ],
)
def test_the_whole_column_decides(cells, order):
    assert decide_order(cells) == order


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-12-31", DAY_FIRST, date(2026, 12, 31)),
        ("2026-12-31T00:00:00", DAY_FIRST, date(2026, 12, 31)),
        (" 2026-1-2 00:00 ", MONTH_FIRST, date(2026, 1, 2)),
        ("31.12.2026", MONTH_FIRST, date(2026, 12, 31)),
        ("1. 2. 2026", MONTH_FIRST, date(2026, 2, 1)),
        ("1/2/2026", DAY_FIRST, date(2026, 2, 1)),
        ("1/2/2026", MONTH_FIRST, date(2026, 1, 2)),
        ("46022", DAY_FIRST, date(2025, 12, 31)),
        (date(2026, 3, 1), DAY_FIRST, date(2026, 3, 1)),
        ("29/02/2026", DAY_FIRST, None),
        ("31/12/26", DAY_FIRST, None),
        ("2026", DAY_FIRST, None),
        ("999999", DAY_FIRST, None),
        ("1/1/0206", DAY_FIRST, None),
        ("tomorrow", DAY_FIRST, None),
    ],
)
def test_a_cell_is_a_date_or_none(cell, order, day):
    assert read_day(cell, order, is_1904=False) == day


def test_days_of_early_macs_count_from_1904():
    assert read_day("43100", DAY_FIRST, is_1904=True) == date(2022, 1, 1)


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%d-%m-%Y}"]))
def test_every_date_is_read_back(day, written):
    assert read_day(written.format(day), DAY_FIRST, is_1904=False) == day


@given(st.lists(st.dates(EARLIEST, LATEST), min_size=1))
def test_a_column_is_never_read_wrongly(days):
    cells = [f"{day:%m/%d/%Y}" for day in days]
    order = decide_order(cells)

    assert isinstance(order, Undecided) or [read_day(cell, order, is_1904=False) for cell in cells] == days
