"""What editors and approvers see and are told in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from core.models import PublicationRefused
from outbox.models import Notice
from standards.enums import Decision
from standards.models import ChapterPage
from standards.models.approvals import draft_digest
from tests.factories.approvals import REASON, decide, submit, submit_change
from tests.factories.editing import chapter_form, clause_row, save_chapter
from tests.factories.people import UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, standards_page
from tests.pages import smooth
from tests.standards.approving.states import fresh, said, state_of, two_steps, version

pytestmark = pytest.mark.django_db


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


def test_approvers_hear_of_it_and_the_writer_and_who_wants_no_word_of_it_do_not(chapter, editor, approver):
    silent = UserFactory(role="Approvers")
    UserProfile.objects.create(user=silent, submitted_notifications=False)

    submit_change(chapter, editor)

    notice = Notice.objects.get(kind="approval_asked")
    assert (notice.recipient, notice.url) == (approver, reverse("chapter_impact", args=[chapter.pk]))
    assert notice.text.title == f"“{chapter.title}” waits for approval"
    assert notice.send_after
