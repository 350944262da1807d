"""Where a second person is required: nothing goes live but what somebody approved who didn't write it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import GroupApprovalTask, Page, Revision, TaskState, WorkflowPage, WorkflowTask

from core.models import PublicationRefused
from core.services import publish_scheduled
from people.models import User
from standards.enums import Decision
from standards.models import ChapterPage, Clause, Edition, NotApproved, SecondPersonTask, SecondPersonTaskState
from standards.models.approvals import contributors_since_live, draft_digest, second_person_task
from standards.services import publish_chapters
from tests.factories.approvals import REASON, ask_for_second_person, decide, submit, submit_change
from tests.factories.editing import chapter_form, clause_row, save_chapter
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, home_page, make_chapter, publish_chapter, standards_page
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return UserFactory(role="Editors", name="Aina Melati")


@pytest.fixture
def approver() -> User:
    return UserFactory(role="Approvers", name="Ben Contoh")


@pytest.fixture
def chapter(editor, approver) -> ChapterPage:
    """A chapter in force, under a document that asks for a second person from now on."""
    chapter = publish_chapter()
    ask_for_second_person()
    return chapter


def fresh(chapter: Page) -> ChapterPage:
    return ChapterPage.objects.get(pk=chapter.pk)


def state_of(chapter: ChapterPage) -> SecondPersonTaskState:
    return SecondPersonTaskState.objects.for_instance(chapter).latest("pk")


def version(code: str = "REL-1") -> Any:
    return Clause.objects.get(code=code).current_version


def said(response: Any) -> list[str]:
    """The messages of the page that follows."""
    return [str(message).strip() for message in response.context["messages"]]


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


# What was approved is what goes live


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


def two_steps(chapter: ChapterPage) -> None:
    """After the second person, somebody else has a word to say."""
    other = GroupApprovalTask.objects.create(name="The lawyer")
    WorkflowTask.objects.create(workflow=chapter.get_workflow(), task=other, sort_order=1)


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


# Schedules


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


# In the admin


def test_publishing_by_post_saves_a_draft_and_says_why(chapter, client, editor):
    client.force_login(editor)
    texts = chapter.get_latest_revision_as_object().clauses.all()
    rows = [clause_row(text, why="Typed with care.", change_kind="editorial") for text in texts]

    save_chapter(client, chapter, rows, publish=True, change_reason=REASON)

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    assert "another person has to approve it first" in " ".join(said(answer))
    assert "Typed with care." in answer.content.decode()
    assert (version().number, fresh(chapter).has_unpublished_changes) == (1, True)


def test_a_new_chapter_is_saved_and_not_published(chapter, client, editor):
    client.force_login(editor)
    form = chapter_form(make_chapter("Scratch", ()), [clause_row(clause_text("NEW-1"))], title="New", slug="new")
    form["clauses-INITIAL_FORMS"] = "0"

    client.post(
        reverse("wagtailadmin_pages:add", args=["standards", "chapterpage", standards_page().pk]),
        {**form, "action-publish": "1"},
    )

    new = ChapterPage.objects.get(slug="new")
    assert not new.live
    assert "another person" in " ".join(said(client.get(reverse("wagtailadmin_pages:edit", args=[new.pk]))))


def test_publishing_in_bulk_says_why_not(chapter, client, editor):
    client.force_login(UserFactory(is_superuser=True))
    edit_clause(chapter, "REL-1", why="New.", by=editor)

    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={chapter.pk}")

    answer = client.get(reverse("wagtailadmin_home"))
    assert "Not published: Reliability. Another person has to approve it first" in " ".join(said(answer))
    assert version().number == 1


def test_other_bulk_actions_are_left_alone(chapter, client):
    client.force_login(UserFactory(is_superuser=True))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    assert client.get(f"{address}?id={chapter.pk}").status_code == 200
    client.post(f"{address}?id={standards_page().pk}", {"include_descendants": "on"})
    assert "Another person" not in " ".join(said(client.get(reverse("wagtailadmin_home"))))


def test_the_editor_offers_to_submit_and_not_to_publish(chapter, client, editor, approver):
    client.force_login(editor)
    shown = smooth(client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])))
    assert 'name="go_live_at"' in shown
    assert 'name="expire_at"' not in shown
    assert "Submit for approval" in shown
    assert 'name="action-publish"' not in shown
    assert "Submit for approval" in smooth(
        client.get(reverse("wagtailadmin_pages:add", args=["standards", "chapterpage", standards_page().pk]))
    )

    rows = [clause_row(text, why="New.", change_kind="editorial") for text in chapter.clauses.all()]
    save_chapter(client, chapter, rows, change_reason=REASON, **{"action-submit": "1"})
    assert fresh(chapter).workflow_in_progress

    decide(chapter, approver, Decision.SEND_BACK, "Too short.")
    assert "Submit again for approval" in smooth(client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])))


def test_a_draft_in_review_is_locked_for_its_editor(chapter, client, editor):
    submit_change(chapter, editor)
    client.force_login(editor)

    answer = save_chapter(client, chapter, summary="Sneaked in.")

    assert answer.status_code == 200
    assert "locked" in " ".join(said(answer))
    assert fresh(chapter).get_latest_revision_as_object().summary == ""


def test_the_editor_leads_an_approver_to_the_impact(chapter, client, editor, approver):
    submit_change(chapter, editor)
    client.force_login(approver)

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))

    assert "waits for your decision" in " ".join(said(answer))
    assert reverse("chapter_impact", args=[chapter.pk]) in said(answer)[0]
    assert "Impact and approval" in smooth(answer)
    assert "Approve and Publish" not in smooth(answer)


def test_who_wrote_it_is_told_so_where_they_would_approve(chapter, client, approver):
    submit_change(chapter, approver)
    client.force_login(approver)
    why = "You wrote part of this change or submitted it, so somebody else has to approve it."

    for address in ("wagtailadmin_pages:edit", "chapter_impact"):
        shown = smooth(client.get(reverse(address, args=[chapter.pk])))
        assert why in shown
        assert 'value="approve"' not in shown


def test_approving_by_post_in_the_editor_what_one_wrote_approves_nothing(chapter, client, approver):
    submit_change(chapter, approver)
    client.force_login(approver)

    save_chapter(client, chapter, **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    assert "You wrote part of this change" in " ".join(said(answer))
    assert version().number == 1


def test_who_changes_and_approves_at_once_has_written_part_of_it(chapter, client, editor, approver):
    submit_change(chapter, editor)
    client.force_login(approver)

    client.post(
        reverse("wagtailadmin_pages:edit", args=[chapter.pk]),
        chapter_form(
            fresh(chapter),
            [clause_row(text, why="Mine.", change_kind="editorial") for text in drafted(chapter)],
            change_reason=REASON,
            **{"action-workflow-action": "1", "workflow-action-name": "approve"},
        ),
    )

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    assert "You wrote part of this change" in " ".join(said(answer))
    assert "Mine." in answer.content.decode()
    assert version().number == 1


def drafted(chapter: ChapterPage) -> list[Any]:
    return list(fresh(chapter).get_latest_revision_as_object().clauses.all())


def test_approver_decides_with_the_impact_in_sight(chapter, client, editor, approver):
    revision = submit_change(chapter, editor).latest_revision
    client.force_login(approver)
    address = reverse("chapter_impact", args=[chapter.pk])
    answer = client.get(address)
    shown = smooth(answer)
    assert "In review: Aina Melati submitted it" in shown
    assert "It may be approved by Ben Contoh." in shown
    assert f"Reason: {REASON}" in shown
    assert reverse("wagtailadmin_pages:revisions_compare", args=[chapter.pk, "live", revision.pk]) in shown

    answer = client.post(
        reverse("decide_chapter", args=[chapter.pk]),
        {"decision": "approve", "seen": answer.context["review"].digest, "comment": "Good."},
        follow=True,
    )

    assert said(answer) == ["Approved and published."]
    assert (version().approved_by, state_of(chapter).comment) == (approver, "Good.")


def test_sending_back_needs_a_comment(chapter, client, editor, approver):
    submit_change(chapter, editor)
    client.force_login(approver)
    address = reverse("decide_chapter", args=[chapter.pk])
    digest = client.get(reverse("chapter_impact", args=[chapter.pk])).context["review"].digest

    assert "what should change" in said(client.post(address, {"decision": "reject", "seen": digest}, follow=True))[0]
    answer = client.post(address, {"decision": "reject", "seen": digest, "comment": "Which cost?"}, follow=True)

    assert "Sent back" in said(answer)[0]
    assert (state_of(chapter).status, state_of(chapter).comment) == (TaskState.STATUS_REJECTED, "Which cost?")


def test_a_decision_on_what_is_decided_says_so(chapter, client, editor, approver):
    submit_change(chapter, editor)
    state, digest = fresh(chapter).current_workflow_task_state, draft_digest(fresh(chapter))
    decide(chapter, approver)
    client.force_login(UserFactory(role="Approvers"))

    answer = client.post(
        reverse("decide_chapter", args=[chapter.pk]), {"decision": "approve", "seen": digest}, follow=True
    )
    assert "doesn’t wait for a decision any more" in said(answer)[0]
    with pytest.raises(PublicationRefused, match="decided already"):
        state.task.specific.on_action(state, UserFactory(role="Approvers"), "approve", seen=digest)


def test_what_comes_next_is_said_after_an_approval(chapter, client, editor, approver):
    chapter = submit_change(chapter, editor)
    two_steps(chapter)
    client.force_login(approver)
    digest = client.get(reverse("chapter_impact", args=[chapter.pk])).context["review"].digest

    answer = client.post(
        reverse("decide_chapter", args=[chapter.pk]), {"decision": "approve", "seen": digest}, follow=True
    )

    assert "Another step has to follow" in said(answer)[0]


def test_a_scheduled_approval_says_that_its_time_comes(chapter, client, editor, approver):
    draft = fresh(chapter).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor)
    submit(chapter, editor)
    client.force_login(approver)
    digest = client.get(reverse("chapter_impact", args=[chapter.pk])).context["review"].digest

    answer = client.post(
        reverse("decide_chapter", args=[chapter.pk]), {"decision": "approve", "seen": digest}, follow=True
    )

    assert "when its time has come" in said(answer)[0]


def test_impact_says_where_nobody_is_left_to_approve(chapter, client, approver):
    submit_change(chapter, approver)
    client.force_login(approver)

    assert "Nobody may approve it" in smooth(client.get(reverse("chapter_impact", args=[chapter.pk])))


def test_impact_names_a_few_approvers_and_counts_the_others(chapter, client, editor):
    for number in range(6):
        UserFactory(role="Approvers", name=f"Approver {number}")
    client.force_login(editor)

    shown = smooth(client.get(reverse("chapter_impact", args=[chapter.pk])))

    assert "It may be approved by Approver 0, Approver 1, Approver 2, Approver 3, Approver 4 and 2 more." in shown
    assert "A second person has to approve what is published here." in shown


def test_the_dashboard_shows_an_approver_what_waits(chapter, client, editor, approver):
    submit_change(chapter, editor)
    client.force_login(approver)

    assert "Awaiting your review" in smooth(client.get(reverse("wagtailadmin_home")))


def test_wagtails_own_button_leads_to_the_impact(chapter, client, editor, approver):
    """So nobody approves what they haven't seen."""
    submit_change(chapter, editor)
    client.force_login(approver)
    address = reverse("wagtailadmin_pages:workflow_action", args=[chapter.pk, "approve", state_of(chapter).pk])

    assert client.post(address).url == reverse("chapter_impact", args=[chapter.pk])
    assert version().number == 1


def test_approvers_hear_of_it_by_mail(chapter, editor, approver, mailoutbox):
    submit_change(chapter, editor)

    assert approver.email in [address for mail in mailoutbox for address in mail.to]


# Two editors in one chapter


def test_two_who_write_at_once_overwrite_nothing(chapter, editor):
    """Wagtail refuses the autosave of who has an older text before them."""
    first, second = signed_in(editor), signed_in(UserFactory(role="Editors"))
    address, headers = reverse("wagtailadmin_pages:edit", args=[chapter.pk]), {"Accept": "application/json"}
    loaded = chapter.latest_revision
    opened = {"loaded_revision_id": str(loaded.pk), "loaded_revision_created_at": loaded.created_at.isoformat()}

    saved = first.post(address, chapter_form(chapter, summary="Of the first.", **opened), headers=headers)
    refused = second.post(address, chapter_form(chapter, summary="Of the second.", **opened), headers=headers)

    assert saved.json()["success"]
    assert (refused.status_code, refused.json()["error_code"]) == (400, "invalid_revision")
    assert fresh(chapter).get_latest_revision_as_object().summary == "Of the first."


def test_who_saves_by_hand_over_a_newer_draft_is_told_so(chapter, editor):
    first, second = signed_in(editor), signed_in(UserFactory(role="Editors"))
    opened = {"loaded_revision_id": str(chapter.latest_revision_id)}
    address = reverse("wagtailadmin_pages:edit", args=[chapter.pk])

    save_chapter(first, chapter, summary="Of the first.", **opened)
    assert "while you had it open" not in " ".join(said(first.get(address)))
    save_chapter(second, chapter, summary="Of the second.", **opened)

    assert "Aina Melati saved this chapter while you had it open" in " ".join(said(second.get(address)))
    summaries = [revision.content["summary"] for revision in fresh(chapter).revisions.order_by("pk")]
    assert summaries[-2:] == ["Of the first.", "Of the second."]


def test_the_edition_says_who_approved_it_to_those_who_write(chapter, client, editor, approver):
    submit_change(chapter, editor)
    decide(chapter, approver)
    learner = UserFactory()

    for address in (reverse("editions"), reverse("edition", args=[2])):
        assert "Approved by Ben Contoh" in smooth(signed_in(editor).get(address))
        assert "Ben Contoh" not in smooth(signed_in(learner).get(address))
