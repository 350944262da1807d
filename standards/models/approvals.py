"""Approval by a second person, as a task of Wagtail's workflows: who wrote it can't approve it, and only what was approved goes live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, PageLogEntry, Revision, TaskState, WorkflowState

from core.models import PublicationRefused, last_publication
from people.models import User
from standards.domain.approving import approval_digest

CONTRIBUTIONS = (
    "wagtail.create",
    "wagtail.copy",
    "wagtail.edit",
    "wagtail.revert",
    "wagtail.workflow.start",
    "wagtail.workflow.resume",
)
"""What Wagtail logs of those who had a hand in a draft. Its log outlives revisions, which are purged and rewritten."""


class NotApproved(PublicationRefused):
    """Nobody else has approved what is to go live."""


class SecondPersonTaskState(TaskState):
    """What was approved. sha256: of the draft, when it was approved; is_spent: it has gone live, or something after it has."""

    sha256 = models.CharField(max_length=64, blank=True)
    is_spent = models.BooleanField(default=False)

    exclude_fields_in_copy = ["sha256", "is_spent"]

    class Meta:
        verbose_name = _("decision of a second person")


class SecondPersonTask(AbstractGroupApprovalTask):
    """Members of its groups approve, superusers too; never somebody who contributed since the text that is live."""

    task_state_class = SecondPersonTaskState

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve; nobody approves what they wrote. Nothing goes live without it.")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not super().get_actions(obj, user):
            return []
        send_back = ("reject", _("Request changes"), True)
        if user.pk in contributors_since_live(obj):
            return [send_back]
        return [send_back, ("approve", _("Impact and approval"), False)]

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, seen: str = "", **kwargs: Any) -> Any:
        """As Wagtail's, but one decision, only by who may, and an approval only of the draft that they saw.

        seen: digest of that draft. Wagtail's own buttons don't know it: they lead to where the draft is shown with its impact.
        Raises PublicationRefused.
        """
        page = task_state.workflow_state.content_object.specific
        if action_name == "approve" and not seen:
            if page.decision_url:
                return page.decision_url
            seen = draft_digest(page)
        # Two who decide at the same moment: the second finds it decided.
        status = TaskState.objects.select_for_update().values_list("status", flat=True).get(pk=task_state.pk)
        if status != TaskState.STATUS_IN_PROGRESS:
            raise PublicationRefused(gettext("Somebody has decided already. Look at the chapter again."))
        if action_name == "approve":
            self._note_what_is_approved(task_state, page, user, seen)
        return super().on_action(task_state, user, action_name, **kwargs)

    def why_not(self, page: Any, user: Any) -> str:
        """Why this person may not approve the draft, in words for them; empty if they may."""
        if not user.is_active or not (user.is_superuser or self._user_in_groups(user)):
            names = ", ".join(self.groups.values_list("name", flat=True))
            return gettext("Only members of these groups may approve: %(groups)s.") % {"groups": names}
        if user.pk in contributors_since_live(page):
            return gettext("You wrote part of this change or submitted it, so somebody else has to approve it.")
        return ""

    def approvers(self, page: Any) -> QuerySet[User]:
        """Who may approve this draft, beside superusers."""
        members = User.objects.filter(is_active=True, groups__in=self.groups.all()).distinct()
        return members.exclude(pk__in=contributors_since_live(page)).order_by("name")

    def _note_what_is_approved(self, task_state: Any, page: Any, user: Any, seen: str) -> None:
        revision = page.get_latest_revision()
        if fault := self.why_not(page, user) or revision.as_object().publication_fault():
            raise PublicationRefused(fault)
        if seen != approval_digest(revision.content):
            raise PublicationRefused(
                gettext("The draft was changed after you opened it. Look at it again, then decide.")
            )
        task_state.revision = revision
        task_state.sha256 = seen


@dataclass(frozen=True)
class GivenApproval:
    by: User | None


_given: ContextVar[GivenApproval | None] = ContextVar("given_approval", default=None)


@contextmanager
def approval_given(by: User | None) -> Iterator[None]:
    """What a service publishes in here was approved by this person, outside the workflow; None: by nobody, and nobody has to."""
    token = _given.set(GivenApproval(by))
    try:
        yield
    finally:
        _given.reset(token)


def second_person_task(page: Page) -> SecondPersonTask | None:
    """The task that a change of this page has to pass, where a second person is required."""
    workflow = None if page.alias_of_id else page.get_workflow()
    if workflow is None:
        return None
    tasks: QuerySet[SecondPersonTask] = SecondPersonTask.objects.filter(active=True, workflow_tasks__workflow=workflow)
    return tasks.order_by("workflow_tasks__sort_order").first()


def contributors_since_live(page: Page) -> set[int]:
    """Ids of all who wrote, submitted or, for a page that was never live, own what isn't live yet."""
    last = last_publication(page)
    revisions = Revision.objects.for_instance(page).filter(pk__gt=last.revision_id if last else 0)
    logged = PageLogEntry.objects.filter(page=page.pk, action__in=CONTRIBUTIONS, pk__gt=last.pk if last else 0)
    found = {*revisions.values_list("user_id", flat=True), *logged.values_list("user_id", flat=True)}
    if last is None:
        found.add(page.owner_id)
    return found - {None}


def approver_of(page: Page, revision_id: int | None) -> User | None:
    """Who approved that this revision goes live, as it reads now; None where nobody has to. Raises NotApproved."""
    if given := _given.get():
        if given.by and given.by.pk in contributors_since_live(page):
            raise NotApproved(
                gettext("%(name)s wrote part of it: somebody else has to approve it.") % {"name": given.by}
            )
        return given.by
    if second_person_task(page) is None:
        return None
    approvals = SecondPersonTaskState.objects.for_instance(page).filter(
        status=TaskState.STATUS_APPROVED,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        revision=revision_id,
        is_spent=False,
    )
    if (approval := approvals.order_by("-pk").first()) is None or approval.sha256 != _digest(revision_id):
        raise NotApproved(
            gettext("“%(title)s” is not published: another person has to approve it first. Submit it for approval.")
            % {"title": page.title}
        )
    return approval.finished_by


def follow_draft(page: Page, revision: Revision) -> None:
    """The draft was saved while in review: it is the one to decide on, and an approval of what it said before doesn't hold."""
    states = SecondPersonTaskState.objects.for_instance(page).filter(
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    states.filter(status=TaskState.STATUS_IN_PROGRESS).update(revision=revision)
    if approved := states.filter(status=TaskState.STATUS_APPROVED):
        approved.exclude(sha256=_digest(revision.pk)).update(
            status=TaskState.STATUS_CANCELLED,
            comment=gettext("The text was changed after it had been approved: it has to be approved again."),
        )


def spend_approvals(page: Page) -> None:
    """The page has gone live: what was approved before says nothing about what goes live next."""
    SecondPersonTaskState.objects.for_instance(page).update(is_spent=True)


def draft_digest(page: Page) -> str:
    """Of the latest draft, as an approval of it would note it."""
    return _digest(page.latest_revision_id)


def _digest(revision_id: int | None) -> str:
    """As the database has it: autosave rewrites revisions in place."""
    return approval_digest(Revision.objects.values_list("content", flat=True).get(pk=revision_id))
