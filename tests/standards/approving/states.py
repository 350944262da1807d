"""What came of it."""

from __future__ import annotations

from typing import Any

from wagtail.models import GroupApprovalTask, Page, WorkflowTask

from standards.models import ChapterPage, Clause, SecondPersonTaskState


def fresh(chapter: Page) -> ChapterPage:
    return ChapterPage.objects.get(pk=chapter.pk)


def state_of(chapter: ChapterPage) -> SecondPersonTaskState:
    return SecondPersonTaskState.objects.for_instance(chapter).latest("pk")


def version(code: str = "REL-1") -> Any:
    return Clause.objects.get(code=code).current_version


def said(response: Any) -> list[str]:
    """The messages of the page that follows."""
    return [str(message).strip() for message in response.context["messages"]]


def two_steps(chapter: ChapterPage) -> None:
    """After the second person, somebody else has a word to say."""
    other = GroupApprovalTask.objects.create(name="The lawyer")
    WorkflowTask.objects.create(workflow=chapter.get_workflow(), task=other, sort_order=1)
