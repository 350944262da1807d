"""A document that asks for a second person, and what people do in its review."""

from __future__ import annotations

from django.contrib.auth.models import Group

from people.enums import Role
from people.models import User
from standards.enums import Decision
from standards.models import ChapterPage
from standards.models.approvals import draft_digest
from standards.services import decide_on_chapter, require_second_person
from tests.factories.people import NOW
from tests.factories.standards import edit_clause, standards_page

REASON = "Eleven complaints since June."


def ask_for_second_person() -> None:
    require_second_person(document=standards_page(), group=Group.objects.get(name=Role.APPROVER), now=NOW)


def submit(page: ChapterPage, by: User) -> ChapterPage:
    page = ChapterPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, by)
    return ChapterPage.objects.get(pk=page.pk)


def submit_change(
    page: ChapterPage, by: User, *, reason: str = REASON, why: str = "So that people return."
) -> ChapterPage:
    """REL-1 in substance changed by this person, and waiting for another."""
    return submit(edit_clause(page, "REL-1", reason=reason, kind="substantive", by=by, why=why), by)


def decide(page: ChapterPage, by: User, decision: Decision = Decision.APPROVE, comment: str = "") -> None:
    """On the draft as it stands."""
    page = ChapterPage.objects.get(pk=page.pk)
    decide_on_chapter(page=page, by=by, decision=decision, seen=draft_digest(page), comment=comment, now=NOW)
