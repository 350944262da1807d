"""Approval by a second person."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from core import clock
from core.models import PublicationRefused
from people.models import User
from standards.enums import Decision
from standards.models import (
    ChapterPage,
    SecondPersonTask,
    SecondPersonTaskState,
    StandardsPage,
)


@transaction.atomic
def decide_on_chapter(
    *, page: ChapterPage, by: User, decision: Decision, seen: str, now: datetime, comment: str = ""
) -> None:
    """Approve the draft in review, which publishes or schedules it, or send it back with a comment.

    seen: digest of the draft that this person had before them. Raises PublicationRefused.
    """
    state = page.current_workflow_task_state
    if not isinstance(state, SecondPersonTaskState):
        raise PublicationRefused(gettext("This chapter doesn’t wait for a decision any more. Look at it again."))
    task = state.task.specific
    if decision not in {name for name, *_ in task.get_actions(page, by)}:
        raise PublicationRefused(task.why_not(page, by))
    with clock.set_to(now):
        task.on_action(state, by, decision.value, seen=seen, comment=comment)


@transaction.atomic
def require_second_person(*, document: StandardsPage, group: Group, now: datetime) -> None:
    """From now on a change of the document goes live when a member of `group` has approved it who didn't write it. Again is nothing."""
    if WorkflowPage.objects.filter(page=document.page_ptr).exists():
        return
    workflow = Workflow.objects.create(name=gettext("Approval by a second person"))
    task = SecondPersonTask.objects.create(name=gettext("Approval by a second person"))
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=document.page_ptr)
