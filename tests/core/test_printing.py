"""What is set as PDF: the project's own files and nothing else, on one page where one page is promised."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from core.models import OrganisationSettings
from core.services import printed_mark, set_on_one_page
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


# Wagtail leaves its temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
def test_mark_is_the_organisations_logo_where_it_has_one():
    assert printed_mark() == "static/mark.svg"
    logo = Image.objects.create(title="Logo", file=get_test_image_file(filename="our logo.png", size=(90, 30)))
    OrganisationSettings.objects.update_or_create(defaults={"logo": logo})

    assert ProjectFiles().fetch(FILES + printed_mark()).read().startswith(b"\x89PNG")


def test_first_sheet_that_fits_is_taken():
    long, short, shorter = ("<p>x</p>" * count for count in (300, 5, 1))

    assert set_on_one_page(sheets=[long, short, shorter], style="css/charter.css") == set_on_one_page(
        sheets=[short], style="css/charter.css"
    )
    assert set_on_one_page(sheets=[long], style="css/charter.css") is None
