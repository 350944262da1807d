from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.validity import Validity, validity_on

LAST = date(2027, 3, 14)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (LAST - timedelta(days=1), Validity.VALID),
        (LAST, Validity.VALID),
        (LAST + timedelta(days=1), Validity.EXPIRED),
    ],
)
def test_certificate_holds_up_to_and_including_its_last_day(day: date, state: Validity):
    assert validity_on(day, expires_on=LAST) == state


@given(st.dates())
def test_certificate_without_expiry_always_holds(day: date):
    assert validity_on(day, expires_on=None) == Validity.VALID


@given(st.dates(), st.dates(), st.dates())
def test_expired_stays_expired(expires_on: date, first: date, second: date):
    earlier, later = sorted((first, second))

    if validity_on(earlier, expires_on=expires_on) == Validity.EXPIRED:
        assert validity_on(later, expires_on=expires_on) == Validity.EXPIRED
