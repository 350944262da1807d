from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.ranges import code_parts, code_ranges

codes = st.builds("{}-{}".format, st.sampled_from(["REL", "RES", "TIM"]), st.integers(1, 30))


@pytest.mark.parametrize(
    ("codes", "ranges"),
    [
        ([], []),
        (["REL-1"], [("REL-1", "REL-1")]),
        (["REL-3", "REL-1", "REL-2"], [("REL-1", "REL-3")]),
        (["REL-1", "REL-3"], [("REL-1", "REL-1"), ("REL-3", "REL-3")]),
        (["REL-9", "REL-10", "REL-11"], [("REL-9", "REL-11")]),
        (["RES-2", "REL-1", "REL-1"], [("REL-1", "REL-1"), ("RES-2", "RES-2")]),
        (["REL-1", "RES-2"], [("REL-1", "REL-1"), ("RES-2", "RES-2")]),
    ],
)
def test_unbroken_runs_become_ranges(codes: list[str], ranges: list[tuple[str, str]]):
    assert code_ranges(codes) == ranges


@given(st.lists(codes))
def test_ranges_hold_every_code_once_and_no_other(codes: list[str]):
    held = [
        f"{code_parts(first)[0]}-{number}"
        for first, last in code_ranges(codes)
        for number in range(code_parts(first)[1], code_parts(last)[1] + 1)
    ]

    assert held == sorted(set(codes), key=code_parts)
