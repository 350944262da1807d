"""Whoever completes a programme is told that the certificate is there."""

from __future__ import annotations

from datetime import date

import pytest

from outbox.models import Notice
from outbox.selectors import choices_for_person
from tests.factories.certificates import issue
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_notice_leads_to_the_certificate_and_its_mail_can_be_stopped():
    learner = UserFactory()
    certificate = issue(learner, title="Complaint handling", expires_on=date(2027, 11, 24))

    notice = Notice.objects.get(recipient=learner, kind="certificate_ready")

    assert notice.text.title == "Your certificate for “Complaint handling” is ready"
    assert notice.text.body == "It is valid until 24 November 2027."
    assert notice.url == certificate.get_absolute_url()
    assert [choice.kind for choice in choices_for_person(learner)] == ["certificate_ready"]


def test_one_without_expiry_says_none():
    notice = Notice.objects.get(recipient=issue(UserFactory()).learner, kind="certificate_ready")

    assert notice.text.body == ""
