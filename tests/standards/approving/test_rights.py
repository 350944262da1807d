"""Nothing goes live but what somebody approved who didn’t write it."""

from __future__ import annotations

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Revision, TaskState, WorkflowPage

from core.models import PublicationRefused
from standards.models import Edition, NotApproved, SecondPersonTask, SecondPersonTaskState
from standards.models.approvals import contributors_since_live, second_person_task
from standards.services import publish_chapters
from tests.factories.approvals import REASON, ask_for_second_person, decide, submit, submit_change
from tests.factories.editing import save_chapter
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, home_page, make_chapter, publish_chapter, standards_page
from tests.standards.approving.states import fresh, state_of, version

pytestmark = pytest.mark.django_db


def test_what_a_second_person_approves_goes_live_with_their_name(chapter, editor, approver):
    submit_change(chapter, editor)
    assert (version().number, Edition.objects.count()) == (1, 1)

    decide(chapter, approver)

    assert (version().number, version().approved_by, version().published_by) == (2, approver, approver)
    assert [author.user for author in version().authors.all()] == [editor]
    assert (Edition.objects.count(), fresh(chapter).has_unpublished_changes) == (2, False)


@pytest.mark.parametrize("role", ["Approvers", "superuser"])
def test_nobody_approves_what_they_wrote(chapter, approver, role):
    writer = UserFactory(is_superuser=True) if role == "superuser" else UserFactory(role=role)
    submit_change(chapter, writer)

    with pytest.raises(PublicationRefused, match="You wrote part of this change"):
        decide(chapter, writer)

    assert (version().number, state_of(chapter).status) == (1, TaskState.STATUS_IN_PROGRESS)


def test_who_submits_what_another_wrote_does_not_approve_it(chapter, editor, approver):
    submit(edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=editor, why="New."), approver)

    with pytest.raises(PublicationRefused, match="submitted it"):
        decide(chapter, approver)


def test_an_editor_does_not_approve(chapter, editor):
    submit_change(chapter, UserFactory(role="Editors"))

    with pytest.raises(PublicationRefused, match="Only members of these groups may approve: Approvers"):
        decide(chapter, editor)


def test_a_superuser_who_had_no_hand_in_it_approves(chapter, editor):
    submit_change(chapter, editor)
    decide(chapter, UserFactory(is_superuser=True))

    assert version().number == 2


def test_an_approver_who_edits_has_a_hand_in_it(chapter, editor, approver):
    submit_change(chapter, editor)
    edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", by=approver, why="Mine.")

    with pytest.raises(PublicationRefused, match="You wrote part"):
        decide(chapter, approver)
    decide(chapter, UserFactory(role="Approvers"))

    assert version().texts.get().content.why == "Mine."


def test_a_hand_in_what_is_live_is_no_hand_in_what_comes(chapter, editor, approver):
    submit_change(chapter, editor)
    decide(chapter, approver)
    assert contributors_since_live(fresh(chapter)) == set()

    submit_change(chapter, approver, why="By the other one.")
    decide(chapter, UserFactory(role="Approvers"))

    assert version().number == 3


def test_a_hand_in_the_draft_outlives_its_revisions(chapter, client, editor, approver):
    """Revisions are purged, and autosave rewrites them, the live one too: Wagtail's log says who it was."""
    client.force_login(approver)
    assert save_chapter(client, chapter, summary="A better line.").status_code == 302
    Revision.objects.filter(user=approver).delete()
    submit_change(chapter, editor)

    assert contributors_since_live(fresh(chapter)) == {editor.pk, approver.pk}


def test_the_owner_of_a_new_chapter_has_a_hand_in_it(chapter, approver):
    draft = make_chapter("Timeliness", ("TIM-1",), owner=approver)

    assert contributors_since_live(draft) == {approver.pk}


@pytest.mark.parametrize("role", ["editor", "approver", "superuser"])
def test_nobody_publishes_directly(chapter, editor, approver, role):
    user = {"editor": editor, "approver": approver, "superuser": UserFactory(is_superuser=True)}[role]
    edit_clause(chapter, "REL-1", reason=REASON, kind="substantive", why="New.")

    may = fresh(chapter).permissions_for_user(user)
    assert not may.can_publish()
    assert may.can_unschedule()
    assert not standards_page().permissions_for_user(user).can_publish_subpage()
    for publish in (
        lambda: fresh(chapter).get_latest_revision().publish(user=user),
        lambda: fresh(chapter).get_latest_revision().publish(user=user, skip_permission_checks=True),
        lambda: PublishPageRevisionAction(fresh(chapter).get_latest_revision(), user=user).execute(True),
        lambda: PublishBulkAction.execute_action([fresh(chapter)], user=user),
        lambda: publish_chapters(pages=[fresh(chapter)], by=user, now=NOW),
    ):
        with pytest.raises(NotApproved, match="another person has to approve it first"):
            publish()
    assert version().number == 1


def test_where_no_second_person_is_asked_for_all_is_as_it_was(editor):
    chapter = publish_chapter()

    assert chapter.permissions_for_user(editor).can_publish()
    assert standards_page().permissions_for_user(editor).can_publish_subpage()
    assert second_person_task(chapter) is None


def test_asking_for_a_second_person_twice_is_once(chapter):
    ask_for_second_person()

    assert SecondPersonTask.objects.count() == 1


def test_a_service_says_who_approved(chapter, editor, approver):
    edit_clause(chapter, "REL-1", reason=REASON, by=editor, why="New.")
    publish_chapters(pages=[chapter], by=editor, now=NOW, approved_by=approver)

    assert (version().approved_by, version().published_by) == (approver, editor)


def test_a_service_is_not_believed_that_the_author_approved(chapter, editor):
    edit_clause(chapter, "REL-1", reason=REASON, by=editor, why="New.")

    with pytest.raises(NotApproved, match="wrote part of it"):
        publish_chapters(pages=[chapter], by=editor, now=NOW, approved_by=editor)


def test_content_that_nobody_here_wrote_is_published_without(chapter):
    edition = publish_chapters(pages=[make_chapter("Timeliness", ("TIM-1",))], by=None, now=NOW, without_approval=True)

    assert edition.number == 2
    assert version("TIM-1").approved_by is None


def test_the_task_serves_other_pages_too(chapter, editor, approver):
    """They have no page of their own to decide on, so that Wagtail's button decides."""
    front, workflow = home_page(), chapter.get_workflow()
    WorkflowPage.objects.create(workflow=workflow, page=front.page_ptr)
    front.title = "Welcome"
    front.save_revision(user=editor)
    workflow.start(front, editor)
    state = SecondPersonTaskState.objects.for_instance(front).get()

    state.task.specific.on_action(state, approver, "approve")

    assert type(front).objects.get(pk=front.pk).title == "Welcome"
