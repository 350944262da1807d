"""Files that somebody sent, between choosing them and bringing them in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from people.selectors.uploads import upload_for_viewer
from people.services import forget_uploads, keep_upload
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_an_upload_is_kept_for_an_hour_for_who_sent_it():
    editor, other = UserFactory(), UserFactory()
    forget_uploads(now=NOW + timedelta(days=9999))

    digest = keep_upload(content=b"Q {=a ~b}", by=editor, now=NOW)
    keep_upload(content=b"Q {=a ~b}", by=editor, now=NOW + timedelta(minutes=30))

    assert upload_for_viewer(editor, digest, NOW + timedelta(minutes=80)) == b"Q {=a ~b}"
    assert upload_for_viewer(editor, digest, NOW + timedelta(minutes=95)) is None
    assert upload_for_viewer(other, digest, NOW) is None
    assert forget_uploads(now=NOW + timedelta(minutes=80)) == 0
    assert forget_uploads(now=NOW + timedelta(minutes=95)) == 1
    assert upload_for_viewer(editor, digest, NOW) is None
