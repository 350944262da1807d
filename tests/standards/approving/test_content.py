"""What was approved is what goes live."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Revision, TaskState

from core.models import PublicationRefused
from standards.models import Edition, NotApproved, SecondPersonTaskState
from standards.services import publish_chapters
from tests.factories.approvals import REASON, decide, submit, submit_change
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter
from tests.pages import signed_in
from tests.standards.approving.states import fresh, said, state_of, two_steps, version

pytestmark = pytest.mark.django_db


def test_an_approval_is_of_what_was_seen(chapter, editor, approver):
    chapter = submit_change(chapter, editor)
    client = signed_in(approver)
    digest = client.get(reverse("chapter_impact", args=[chapter.pk])).context["review"].digest
    edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=editor, why="Something else.")

    answer = client.post(
        reverse("decide_chapter", args=[chapter.pk]), {"decision": "approve", "seen": digest}, follow=True
    )

    assert "was changed after you opened it" in said(answer)[0]
    assert version().number == 1


def test_an_approval_does_not_outlive_its_text(chapter, editor, approver):
    """Whatever rewrites an approved revision, it isn't published."""
    chapter = submit_change(chapter, editor)
    two_steps(chapter)
    decide(chapter, approver)
    approved = state_of(chapter)
    Revision.objects.filter(pk=chapter.latest_revision_id).update(
        content={**chapter.latest_revision.content, "title": "Rewritten"}
    )

    with pytest.raises(NotApproved):
        fresh(chapter).current_workflow_task_state.approve(user=UserFactory(is_superuser=True))

    assert (approved.status, fresh(chapter).title, version().number) == ("approved", "Reliability", 1)


def test_an_edit_after_the_approval_takes_it_back_and_says_why(chapter, editor, approver):
    chapter = submit_change(chapter, editor)
    two_steps(chapter)
    decide(chapter, approver)
    edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=editor, why="Once more.")

    taken_back = SecondPersonTaskState.objects.for_instance(chapter).get()
    assert taken_back.status == TaskState.STATUS_CANCELLED
    assert "has to be approved again" in taken_back.comment
    lawyer = UserFactory(is_superuser=True)
    fresh(chapter).current_workflow_task_state.approve(user=lawyer)
    assert version().number == 1
    decide(chapter, approver)
    assert version().texts.get().content.why == "Once more."


def test_a_save_that_changes_nothing_takes_nothing_back(chapter, editor, approver):
    chapter = submit_change(chapter, editor)
    two_steps(chapter)
    decide(chapter, approver)
    fresh(chapter).get_latest_revision_as_object().save_revision(user=editor)

    assert state_of(chapter).status == TaskState.STATUS_APPROVED


def test_the_review_is_of_the_newest_draft(chapter, editor, approver):
    chapter = submit_change(chapter, editor)
    edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=editor, why="Newest.")

    assert state_of(chapter).revision_id == fresh(chapter).latest_revision_id


def test_an_approval_is_for_one_publication(chapter, editor, approver):
    """An older draft that was approved once doesn't go live again by itself."""
    chapter = submit_change(chapter, editor)
    old = chapter.get_latest_revision()
    decide(chapter, approver)
    submit_change(chapter, editor, why="And now this.")
    decide(chapter, approver)

    with pytest.raises(NotApproved):
        old.publish(user=editor)
    assert (version().number, state_of(chapter).is_spent) == (3, True)


def test_an_approval_is_for_one_revision(chapter, editor, approver):
    chapter = submit_change(chapter, editor)
    two_steps(chapter)
    decide(chapter, approver)
    fresh(chapter).current_workflow_state.cancel(user=editor)

    with pytest.raises(NotApproved):
        fresh(chapter).get_latest_revision().publish(user=editor)


def test_a_copy_takes_no_approval_along_and_is_not_live(chapter, editor, approver):
    draft = make_chapter("Only text", (), owner=editor)
    submit(draft, editor)
    decide(draft, approver)
    assert fresh(draft).live

    copy = fresh(fresh(draft).copy(update_attrs={"slug": "copy"}))

    assert not copy.live
    with pytest.raises(NotApproved):
        copy.get_latest_revision().publish(user=approver)


def test_an_alias_follows_what_was_approved_and_stays_an_alias(chapter, client, editor, approver):
    alias = chapter.create_alias(update_slug="alias")
    submit_change(chapter, editor)
    decide(chapter, approver)
    assert (fresh(alias).live, Edition.objects.count()) == (True, 2)

    client.force_login(approver)
    answer = client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]), follow=True)

    assert "stays one" in said(answer)[0]
    assert fresh(alias).alias_of_id == chapter.pk


def test_what_the_form_would_refuse_is_not_approved(chapter, editor, approver):
    """A draft may be saved without kind and reason while it is in review."""
    for reason, kind, refusal in (
        (REASON, "", "editorial or substantive: REL-1"),
        ("", "editorial", "why its clauses change"),
    ):
        chapter = edit_clause(chapter, "REL-1", reason=reason, kind=kind, by=editor, why="New.")
        if not chapter.workflow_in_progress:
            submit(chapter, editor)
        with pytest.raises(PublicationRefused, match=refusal):
            decide(chapter, approver)

    draft = fresh(chapter).get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("")]
    draft.save_revision(user=editor)
    with pytest.raises(PublicationRefused, match="needs a code"):
        decide(chapter, approver)


def test_a_code_of_another_chapter_is_not_approved(chapter, editor, approver):
    publish_chapters(
        pages=[make_chapter("Timeliness", ("TIM-1",))], by=None, now=NOW, approved_by=UserFactory(role="Approvers")
    )
    chapter = submit_change(chapter, editor)
    content = chapter.latest_revision.content
    content["clauses"][0]["code"] = "TIM-1"
    Revision.objects.filter(pk=chapter.latest_revision_id).update(content=content)

    with pytest.raises(PublicationRefused, match="TIM-1: Another chapter has this code"):
        decide(chapter, approver)
