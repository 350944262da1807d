"""Publishing the editions of the demo after the first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core import clock
from home.selectors.changes import Change
from people.models import User
from standards.models import ChapterPage, Edition
from standards.services import publish_chapters


@transaction.atomic
def publish_change(*, change: Change, by: User, approver: User, now: datetime) -> Edition | None:
    """Publish a chapter as it reads from then on."""
    page = ChapterPage.objects.get(slug=change.chapter)
    draft = page.get_latest_revision_as_object()
    draft.change_reason = change.reason
    clauses = list(draft.clauses.all())
    for clause in clauses:
        if clause.code in change.after:
            clause.change_kind = change.kinds[clause.code]
            for name, text in change.after[clause.code].items():
                setattr(clause, name, text)
    draft.clauses = clauses
    with clock.set_to(now):
        draft.save_revision(user=by)
        return publish_chapters(pages=[page], by=approver, now=now, approved_by=approver)
