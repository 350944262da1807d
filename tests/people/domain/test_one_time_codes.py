"""Codes by the clock, against the vectors of the RFCs."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.one_time_codes import STEP, code_at, step_at, step_of_code

SECRET = base64.b32encode(b"12345678901234567890").decode()
"""Of both RFCs."""
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PRESENT = step_at(AT)


@pytest.mark.parametrize(
    ("step", "code"),
    # RFC 4226, appendix D
    list(
        enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"])
    ),
)
def test_code_of_a_counter(step, code):
    assert code_at(SECRET, step) == code


@pytest.mark.parametrize(
    ("seconds", "code"),  # RFC 6238, appendix B, of which apps show the last six digits
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_code_of_a_moment(seconds, code):
    assert code_at(SECRET.lower(), step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(
    ("steps", "accepted"), [(-2, None), (-1, PRESENT - 1), (0, PRESENT), (1, PRESENT + 1), (2, None)]
)
def test_a_code_holds_one_step_before_and_after(steps, accepted):
    assert step_of_code(code_at(SECRET, PRESENT + steps), secret=SECRET, at=AT) == accepted


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1}\n"])
def test_spaces_are_left_out(typed):
    code = code_at(SECRET, PRESENT)
    assert step_of_code(typed.format(code[:3], code[3:]), secret=SECRET, at=AT) == PRESENT


@pytest.mark.parametrize("typed", ["", "000000", "12345", "１２３４５６", "ketuk"])
def test_another_text_is_no_code(typed):
    assert step_of_code(typed, secret=SECRET, at=AT) is None


@given(st.integers(-1, 1), st.integers(-1, 1))
def test_a_code_holds_once_and_no_older_one_after_it(first, second):
    accepted = step_of_code(code_at(SECRET, PRESENT + first), secret=SECRET, at=AT)
    then = step_of_code(code_at(SECRET, PRESENT + second), secret=SECRET, at=AT, after=accepted or 0)
    assert then == (PRESENT + second if second > first else None)


@given(st.integers(0, STEP - 1))
def test_a_step_is_thirty_seconds(seconds):
    assert step_at(AT + timedelta(seconds=seconds)) == PRESENT
