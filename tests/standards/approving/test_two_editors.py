"""Two editors in one chapter: nothing is overwritten."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.approvals import decide, submit_change
from tests.factories.editing import chapter_form, save_chapter
from tests.factories.people import UserFactory
from tests.pages import signed_in, smooth
from tests.standards.approving.states import fresh, said

pytestmark = pytest.mark.django_db


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
