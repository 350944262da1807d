"""What is scheduled needs the approval twice: when it is made, and when it is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from core.services import publish_scheduled
from people.models import User
from standards.models import ChapterPage, Edition, NotApproved, SecondPersonTaskState
from tests.factories.approvals import REASON, decide, submit
from tests.factories.standards import edit_clause, make_chapter
from tests.standards.approving.states import fresh, state_of, version

pytestmark = pytest.mark.django_db


def schedule(chapter: ChapterPage, editor: User, approver: User) -> Revision:
    """Approved for tomorrow; the day has come."""
    draft = edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=editor, why="From tomorrow.")
    draft = draft.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor)
    submit(chapter, editor)
    decide(chapter, approver)
    revision = fresh(chapter).scheduled_revision
    assert (version().number, state_of(chapter).is_spent) == (1, False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    return revision


@pytest.fixture
def tomorrow(monkeypatch) -> None:
    """What Wagtail compares a schedule with; its content keeps the day that was approved."""
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: later)


def test_an_approved_schedule_goes_live_with_its_approver(chapter, editor, approver, request):
    schedule(chapter, editor, approver)
    request.getfixturevalue("tomorrow")

    assert publish_scheduled(now=timezone.now()) == 1

    assert (version().number, version().approved_by, version().published_by) == (2, approver, editor)
    assert (Edition.objects.count(), state_of(chapter).is_spent) == (2, True)


def test_a_schedule_that_was_rewritten_stays_out_and_the_others_go_on(chapter, editor, approver, request, caplog):
    other = make_chapter("Only text", (), owner=editor)
    revision = schedule(chapter, editor, approver)
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "title": "Rewritten"})
    schedule_of_other = fresh(other).get_latest_revision()
    request.getfixturevalue("tomorrow")
    submit(other, editor)
    decide(other, approver)
    Page.objects.filter(pk=other.pk).update(live=False)
    SecondPersonTaskState.objects.for_instance(other).update(is_spent=False)
    Revision.objects.filter(pk=schedule_of_other.pk).update(approved_go_live_at=timezone.now() - timedelta(days=3))

    assert publish_scheduled(now=timezone.now()) == 1

    assert (fresh(chapter).title, version().number, fresh(chapter).scheduled_revision.pk) == (
        "Reliability",
        1,
        revision.pk,
    )
    assert "Not published as scheduled" in caplog.text
    assert fresh(other).live


def test_a_schedule_needs_an_approval_when_it_is_made(chapter, editor):
    draft = fresh(chapter).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)

    with pytest.raises(NotApproved):
        draft.save_revision(user=editor).publish(user=editor)

    assert fresh(chapter).scheduled_revision is None
