"""Approval by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from core import clock
from core.models import PublicationRefused
from outbox.contributions import NoticeKind, NoticeText
from outbox.services import Message, tell_many
from people.models import User
from people.selectors import zones_of_people
from standards.enums import Decision
from standards.models import (
    ChapterPage,
    SecondPersonTask,
    SecondPersonTaskState,
    StandardsPage,
)


def _approval_text(context: Mapping[str, Any]) -> NoticeText:
    return NoticeText(
        gettext("“%(title)s” waits for approval") % {"title": context["title"]},
        gettext("Somebody changed it. Look at what the change touches, then approve it or send it back."),
    )


APPROVAL_ASKED = NoticeKind("approval_asked", gettext_lazy("Changes to approve"), _approval_text)


def tell_approvers(*, state: SecondPersonTaskState, now: datetime) -> None:
    """Tell whoever may approve what was submitted, but for those who want no word of it in Wagtail's account page."""
    page, task = state.workflow_state.content_object.specific, state.task.specific
    approvers = task.approvers(page).exclude(wagtail_userprofile__submitted_notifications=False)
    zones = zones_of_people([person.pk for person in approvers], now)
    url = page.decision_url if isinstance(page, ChapterPage) else reverse("wagtailadmin_pages:edit", args=[page.pk])
    messages = [
        Message(person.pk, f"approval:{state.pk}", {"title": page.title}, url, zones[person.pk]) for person in approvers
    ]
    tell_many(kind=APPROVAL_ASKED.name, messages=messages, now=now)


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
