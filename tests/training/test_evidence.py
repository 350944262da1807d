"""What a file is, by its content."""

from __future__ import annotations

import pytest

from training.domain.evidence import kind_of_file


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"<svg onload=", None),
        (b" %PDF-1.7", None),
        (b"\xff\xd8", None),
        (b"", None),
    ],
)
def test_kind_of_file(start, kind):
    assert kind_of_file(start) == kind
