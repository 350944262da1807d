"""What is set as PDF: the project's own files and nothing else, on one page where one page is promised."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from core.services.printing import FILES, ProjectFiles


@pytest.mark.parametrize(
    "name", ["css/certificate.css", "fonts/literata-latin-600-normal.woff2", "certificate-frame.svg"]
)
def test_own_static_files_are_given(name: str):
    assert ProjectFiles().fetch(f"{FILES}static/{name}").read() == (Path("static") / name).read_bytes()


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://example.com/static/css/certificate.css", ValueError),
        ("http://169.254.169.254/latest/meta-data/", ValueError),
        ("file:///etc/passwd", ValueError),
        ("data:text/css,body{}", ValueError),
        (f"{FILES}config/settings/base.py", ValueError),
        (f"{FILES}static/../config/settings/base.py", SuspiciousFileOperation),
        (f"{FILES}static/%2e%2e/config/settings/base.py", SuspiciousFileOperation),
        (f"{FILES}media/../../etc/passwd", SuspiciousFileOperation),
        (f"{FILES}media/%2fetc/passwd", SuspiciousFileOperation),
        (f"{FILES}static/none.css", FileNotFoundError),
        (f"{FILES}media/none.png", FileNotFoundError),
    ],
)
def test_everything_else_is_refused(url: str, error: type[Exception]):
    with pytest.raises(error):
        ProjectFiles().fetch(url)
