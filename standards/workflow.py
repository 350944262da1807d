"""What the editor shows of the approval by a second person: how to ask for it, where to give it, why something isn't published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import Page

from standards.models import ChapterPage, SecondPersonTask, StandardsPage
from standards.models.approvals import second_person_task
from standards.selectors.approvals import guarded_titles_unscoped

NOT_PUBLISHED = _("Saved as a draft, not published: another person has to approve it first. Submit it for approval.")

WAITS = _("This draft waits for your decision. Look at what it touches, then approve it or send it back.")


class SubmitForApproval(SubmitForModerationMenuItem):
    """Where “Publish” would stand."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        again = page and page.current_workflow_state
        return {**context, "label": _("Submit again for approval") if again else _("Submit for approval")}


class DecideMenuItem(ActionMenuItem):
    """Leads to the page that shows what the change touches, where the decision is made."""

    name = "decide"
    label = _("Impact and approval")
    icon_name = "success"

    def get_url(self, parent_context: Any) -> str:
        return str(parent_context["page"].decision_url)


def offer_approval(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """“Submit for approval” in place of Wagtail's words; the decision with the impact in sight, not blindly from the editor."""
    page = context.get("page")
    if not isinstance(page or context["parent_page"], ChapterPage | StandardsPage):
        return
    if second_person_task(page or context["parent_page"]) is None:
        return
    menu_items[:] = [
        SubmitForApproval() if item.name == "action-submit" else item for item in menu_items if item.name != "approve"
    ]
    if page and _task_in_review(page):
        menu_items.insert(1, DecideMenuItem())


def point_to_impact(request: HttpRequest, page: Page) -> None:
    """Tells who opens a chapter in review how to decide, or why they may not."""
    task = _task_in_review(page)
    if request.method != "GET" or task is None or task.locked_for_user(page, request.user):
        return
    why_not = task.why_not(page, request.user)
    messages.info(request, why_not or WAITS, buttons=[messages.button(page.decision_url, _("Impact"))])


def say_why_not(request: HttpRequest, page: Page) -> None:
    """Wagtail saves a draft where somebody asks for what they may not do, and says nothing of it."""
    if request.POST.get("action-publish") and isinstance(page, ChapterPage) and second_person_task(page):
        messages.error(request, NOT_PUBLISHED)
    task = _task_in_review(page)
    if task and request.POST.get("workflow-action-name") == "approve":
        messages.error(request, task.why_not(page, request.user) or WAITS)


def tell_of_another_writer(request: HttpRequest, page: Page) -> None:
    """Wagtail refuses an autosave over a newer draft; who saves by hand is told whose draft theirs will stand on."""
    latest = page.latest_revision
    is_autosave = not request.accepts("text/html")
    if request.method != "POST" or is_autosave or not isinstance(page, ChapterPage) or latest is None:
        return
    opened = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    if opened and opened != str(latest.pk) and latest.user_id != request.user.pk:
        text = _(
            "%(name)s saved this chapter while you had it open. Yours is the newest draft now; theirs is in the history."
        )
        history = messages.button(reverse("wagtailadmin_pages:history", args=[page.pk]), _("History"))
        messages.warning(request, text % {"name": latest.user or _("Somebody")}, buttons=[history])


def say_why_not_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Wagtail leaves out what somebody may not publish."""
    if request.method != "POST" or action_type != "publish":
        return
    if guarded := guarded_titles_unscoped([int(pk) for pk in request.GET.getlist("id") if pk.isdecimal()]):
        text = _(
            "Not published: %(titles)s. Another person has to approve it first: open it, and submit it for approval."
        )
        messages.error(request, text % {"titles": ", ".join(guarded)})


def refuse_conversion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An alias shows what its chapter says; as a page of its own it would be live with another chapter's codes, in no edition."""
    if not isinstance(page.specific, ChapterPage):
        return None
    messages.error(request, _("An alias of a chapter stays one. To go on from its text, copy the chapter."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _task_in_review(page: Page) -> SecondPersonTask | None:
    task = page.current_workflow_task if isinstance(page, ChapterPage) else None
    return task if isinstance(task, SecondPersonTask) else None
