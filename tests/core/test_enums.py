from __future__ import annotations

from core.enums import FINE, Status


def test_every_status_has_a_shape_a_tone_and_a_word():
    assert all(
        status.shape and status.tone in {"ok", "go", "soon", "stop", "still"} and status.label for status in Status
    )


def test_only_what_is_late_is_loud_and_nothing_loud_is_fine():
    loud = {status for status in Status if status.is_loud}

    assert loud == {Status.OVERDUE, Status.EXPIRED}
    assert {status for status in Status if status.is_fine} == FINE
    assert not loud & FINE


def test_every_shape_is_an_icon():
    from pathlib import Path

    icons = (Path(__file__).parents[2] / "static" / "icons.svg").read_text()

    assert [status.shape for status in Status if f'id="{status.shape}"' not in icons] == []
