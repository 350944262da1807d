from __future__ import annotations

import pytest

from standards.forms import SignForm


@pytest.mark.parametrize(
    "versions", ["", "x", "1,,2", "1, 2", "-1", "1;2", "²", "1,2,", "9" * 19, "1" * 2001, "1.5", "0x1"]
)
def test_forged_versions_are_refused(versions):
    form = SignForm({"agree": "on", "versions": versions})

    assert not form.is_valid()
    assert list(form.errors) == ["versions"]


def test_versions_are_numbers():
    form = SignForm({"agree": "on", "versions": "3,12"})

    assert form.is_valid()
    assert form.cleaned_data["versions"] == [3, 12]


def test_a_tick_is_needed():
    assert SignForm({"versions": "1"}).errors == {"agree": ["Tick the box to sign."]}
