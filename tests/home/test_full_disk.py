"""A full disk: a page in plain words, nothing half written, and the same step goes through once there is space."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from standards.models import Enquiry, EnquiryText
from tests.factories.enquiries import ask
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter

ADDRESS = "/standards/REL-1/ask/"
LONG = "🙂" * 1000
"""Two don't fit into one page of 4096 bytes."""


def fill(cursor: Any) -> None:
    while True:
        cursor.execute("INSERT INTO filler VALUES (zeroblob(4000))")


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite may take no further page, and all that it has are in use."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (bytes)")
        cursor.execute("PRAGMA max_page_count = 1")  # no fewer than there are
        with pytest.raises(OperationalError, match="full"):
            fill(cursor)
        yield
        cursor.execute("PRAGMA max_page_count = 1000000")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="made full by a setting of SQLite's")
@pytest.mark.django_db(transaction=True)
def test_what_does_not_fit_is_not_saved_and_says_so():
    publish_chapter()
    ask(text=LONG)
    learner = Client(raise_request_exception=False)
    learner.force_login(UserFactory())
    learner.get(ADDRESS)

    with full_disk():
        answer = learner.post(ADDRESS, {"kind": "question", "text": LONG})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "300"
    assert "The server’s disk is full, so your last step was not saved." in answer.content.decode()
    assert (Enquiry.objects.count(), EnquiryText.objects.count()) == (1, 1)
    assert learner.post(ADDRESS, {"kind": "question", "text": LONG}).status_code == 302
    assert (Enquiry.objects.count(), EnquiryText.objects.count()) == (2, 2)
