"""What a chapter's draft waits for before it goes live, where a second person is required."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from people.models import User
from standards.models import ChapterPage, SecondPersonTaskState
from standards.models.approvals import draft_digest, second_person_task

NAMED = 5
"""So many approvers are named; the others are counted."""


@dataclass(frozen=True)
class Review:
    """What this viewer is told of the approval of a draft.

    digest: of the draft as shown, to be sent back with the decision; approvers: names of who may approve it, the first
    few; more: how many others; why_not: why this viewer may not.
    """

    digest: str
    is_under_way: bool
    submitted_by: str
    submitted_at: datetime | None
    approvers: tuple[str, ...]
    more: int
    may_send_back: bool
    why_not: str


def review_for_editor(viewer: User, draft: ChapterPage) -> Review | None:
    """None where nobody has to approve."""
    task = second_person_task(draft)
    if task is None:
        return None
    state = draft.current_workflow_task_state
    is_under_way = isinstance(state, SecondPersonTaskState)
    workflow = state.workflow_state if is_under_way else None
    names = [person.name for person in task.approvers(draft)]
    return Review(
        digest=draft_digest(draft),
        is_under_way=is_under_way,
        submitted_by=workflow.requested_by.name if workflow and workflow.requested_by else "",
        submitted_at=state.started_at if is_under_way else None,
        approvers=tuple(names[:NAMED]),
        more=max(0, len(names) - NAMED),
        may_send_back=is_under_way and any(name == "reject" for name, *_ in task.get_actions(draft, viewer)),
        why_not=task.why_not(draft, viewer),
    )


def guarded_titles_unscoped(page_ids: Collection[int]) -> list[str]:
    """Of these pages, the titles of chapters that nobody publishes without a second person."""
    chapters = ChapterPage.objects.filter(pk__in=page_ids).order_by("path")
    return [page.title for page in chapters if second_person_task(page)]
