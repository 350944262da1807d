from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.numbers import certificate_number

years, serials = st.integers(2000, 2999), st.integers(1, 999_999)


@pytest.mark.parametrize(
    ("year", "serial", "number"),
    [(2026, 1, "2026-000001"), (2026, 123, "2026-000123"), (2026, 1_234_567, "2026-1234567")],
)
def test_number_is_year_and_serial(year: int, serial: int, number: str):
    assert certificate_number(year, serial) == number


@given(st.lists(st.tuples(years, serials)))
def test_numbers_sort_as_they_were_given(given: list[tuple[int, int]]):
    assert sorted(certificate_number(*pair) for pair in given) == [certificate_number(*pair) for pair in sorted(given)]


@pytest.mark.parametrize("serial", [0, -1])
def test_number_before_the_first_is_refused(serial: int):
    with pytest.raises(ValueError, match="from 1"):
        certificate_number(2026, serial)
