"""What a draft touches, and the decision on it of who approves."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.enums import Decision
from standards.forms import DecisionForm
from standards.models import ChapterPage
from standards.selectors.approvals import review_for_editor
from standards.selectors.chapters import draft_for_editor
from standards.selectors.impact import impact_for_editor
from standards.services import decide_on_chapter


@admin_only
@require_safe
def chapter_impact(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What publishing the latest draft of a chapter would touch."""
    found = impact_for_editor(request.user, page_id)
    if found is None:
        raise Http404
    draft, impact = found
    review = review_for_editor(request.user, draft)
    context = {"page": draft, "impact": impact, "review": review, "page_title": _("Impact")}
    return render(request, "standards/admin/impact.html", context)


@admin_only
@require_POST
def decide_chapter(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Approve the draft that waits for it, or send it back. What is refused, the admin answers with the reason."""
    draft = draft_for_editor(request.user, page_id)
    if draft is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(map(str, form.non_field_errors())) or _("Choose whether to approve or to send back.")
        )
    else:
        decision = Decision(form.cleaned_data["decision"])
        seen, comment = form.cleaned_data["seen"], form.cleaned_data["comment"]
        decide_on_chapter(page=draft, by=request.user, decision=decision, seen=seen, comment=comment, now=request.now)
        messages.success(request, _decided(decision, draft))
    return redirect("chapter_impact", page_id)


def _decided(decision: Decision, draft: ChapterPage) -> str:
    if decision == Decision.SEND_BACK:
        return _("Sent back. The editor reads your comment and can go on.")
    page = ChapterPage.objects.get(pk=draft.pk)
    if page.workflow_in_progress:
        return _("Approved. Another step has to follow before it is published.")
    if page.approved_schedule:
        return _("Approved. It goes live when its time has come.")
    return _("Approved and published.")
