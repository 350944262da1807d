"""Adding, copying, editing and deleting questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.widgets import Button
from wagtail.snippets.views import snippets

from quizzes.enums import QuestionKind
from quizzes.models import Question
from quizzes.selectors.questions import question_key
from quizzes.services import set_answer_key
from quizzes.viewsets.cards import CARDS
from standards.reports.citations import warn_of_outdated


class KeepsAnswerKeyMixin:
    """Saving a question writes the key that was typed, in a row of its own; reverting to an old revision does so too."""

    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        set_answer_key(question=form.instance, key=form.key, now=self.request.now)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


class QuestionCreateView(KeepsAnswerKeyMixin, snippets.CreateView):
    """First what kind of question, then the form for that kind."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Saved in the background while somebody publishes, a new question would be there twice.
        self.autosave_enabled = False

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("kind") in QuestionKind.values:
            return super().get(request, *args, **kwargs)
        context = {
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "header_icon": self.header_icon,
            "page_title": gettext("New question"),
            "cards": [(card, set_query_params(self.add_url, {"kind": card.kind})) for card in CARDS],
        }
        return TemplateResponse(request, "quizzes/admin/kinds.html", context)

    def get_page_subtitle(self) -> Any:
        return self.form.instance.get_kind_display() if hasattr(self, "form") else super().get_page_subtitle()

    def get_initial_form_instance(self) -> Question:
        question = super().get_initial_form_instance() or Question()
        wanted = self.request.POST.get("kind") or self.request.GET.get("kind")
        if wanted in QuestionKind.values:
            question.kind = wanted
        return question


class QuestionCopyView(snippets.CopyView):
    """The form for a new question with everything that another one says; nothing is shared but the words."""

    http_method_names = ("get", "head")

    def get_object(self, queryset: Any = None) -> Question:
        question: Question = super().get_object(queryset)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", question):
            raise PermissionDenied
        return question

    def get_initial_form_instance(self) -> Question:
        return self.get_object().get_latest_revision_as_object().unsaved_copy()


class QuestionEditView(KeepsAnswerKeyMixin, snippets.EditView):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        warn_of_outdated(request, question_key(self.object.pk))
        return super().get(request, *args, **kwargs)

    @property
    def header_more_buttons(self) -> list[Button]:
        own = [self.object.pk]
        return [
            *super().header_more_buttons,
            Button(gettext("Published versions"), url=reverse("question_versions", args=own), icon_name="history"),
            Button(gettext("How people did"), url=reverse("question_analysis", args=own), icon_name="glasses"),
        ]


class QuestionDeleteView(snippets.DeleteView):
    """Wagtail asks here only whether any question may be deleted; this one may have been published."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission_for_instance("delete", self.object):
            messages.error(
                request, _("This question has been published, and answers may rest on it. Unpublish it instead.")
            )
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)


class QuestionConfirmWorkflowCancellationView(PermissionCheckedMixin, snippets.ConfirmWorkflowCancellationView):
    """Wagtail's asks nobody for a permission, and names the workflow and its task."""

    permission_required = "publish"
