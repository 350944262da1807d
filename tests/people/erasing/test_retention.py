"""What is only kept for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.contrib.sessions.models import Session

from people.services import forget_old_traces
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def sign_ins(*ages: int) -> None:
    for days in ages:
        log = AccessLog.objects.create(username="somebody@example.com", user_agent="", http_accept="", path_info="/")
        AccessLog.objects.filter(pk=log.pk).update(attempt_time=NOW - timedelta(days=days))


def test_sign_ins_go_after_so_many_days(settings):
    settings.KEEP_SIGN_INS_DAYS = 30
    sign_ins(29, 30, 31, 400)

    assert (forget_old_traces(now=NOW), forget_old_traces(now=NOW)) == (2, 0)

    assert AccessLog.objects.count() == 2


def test_sign_ins_may_be_kept_for_good(settings):
    settings.KEEP_SIGN_INS_DAYS = None
    sign_ins(4000)

    assert (forget_old_traces(now=NOW), AccessLog.objects.count()) == (0, 1)


def test_a_session_goes_when_it_has_run_out():
    for number, expires in enumerate((NOW - timedelta(seconds=1), NOW + timedelta(days=1))):
        Session.objects.create(session_key=str(number), session_data="", expire_date=expires)

    assert forget_old_traces(now=NOW) == 1

    assert Session.objects.get().session_key == "1"
