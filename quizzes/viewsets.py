"""The question bank in the admin."""

from __future__ import annotations

import json
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.models import FormState
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn, UpdatedAtColumn
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.snippets.views import snippets
from wagtail.utils.decorators import xframe_options_sameorigin_override

from core.permissions import has_permission
from people.middleware import SignedInRequest
from quizzes.domain.questions import QuestionContent
from quizzes.enums import QuestionKind
from quizzes.models import Question
from quizzes.selectors.questions import question_key
from quizzes.services import set_answer_key
from standards.models import Clause
from standards.reports.citations import check_citations, warn_of_outdated
from standards.selectors.citations import OutdatedUse, outdated_uses_unscoped


class QuestionFilterSet(WagtailFilterSet):
    clause = django_filters.ModelMultipleChoiceFilter(
        field_name="question_clauses__clause",
        queryset=Clause.objects.filter(retired_at=None),
        label=_("Clause"),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=QuestionKind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    live = django_filters.BooleanFilter(label=_("Published"))
    is_outdated = django_filters.BooleanFilter(label=_("To look through"), method="narrow_to_outdated")

    class Meta:
        model = Question
        fields = ["clause", "kind", "live", "is_outdated"]

    def narrow_to_outdated(self, questions: Any, name: str, wanted: bool) -> Any:
        outdated = outdated_uses_unscoped()
        ids = [pk for pk in questions.values_list("pk", flat=True) if question_key(pk) in outdated]
        return questions.filter(pk__in=ids) if wanted else questions.exclude(pk__in=ids)


class QuestionIndexView(snippets.IndexView):
    @cached_property
    def outdated(self) -> dict[str, OutdatedUse]:
        return outdated_uses_unscoped()

    def _codes_that_changed(self, question: Question) -> str:
        use = self.outdated.get(question_key(question.pk))
        return use.codes if use else ""

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("stem", label=_("Question"), accessor=str, get_url=self.get_edit_url, get_title_id=_title_id),
            Column("clauses", label=_("Clauses"), accessor=_codes),
            Column("outdated", label=_("To look through"), accessor=self._codes_that_changed),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            UpdatedAtColumn(),
            StatusTagColumn("status", label=_("Status"), accessor=_status, primary=lambda question: question.live),
        ]


class KeepsAnswerKeyMixin:
    """Saving a question writes the key that was typed, in a row of its own; reverting to an old revision does so too."""

    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        set_answer_key(question=form.instance, key=form.key, now=self.request.now)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


class KeylessPreviewMixin(PreviewOnEdit):
    """Wagtail keeps what it previews for a day: here that is what learners read, never the form with its key."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.remove_old_preview_data()
        form = self.get_form(request.POST)
        is_valid = self.validate_form(form)
        if is_valid:
            shown = {"kind": form.cleaned_data["kind"], "content": form.content.as_mapping()}
            FormState.objects.update_or_create_by_instance(
                instance=self.object,
                parent_object_id=self.parent_object_id,
                user=request.user,
                defaults={"data": json.dumps(shown), "last_updated_at": request.now},
            )
        return JsonResponse({"is_valid": is_valid, "is_available": is_valid or self._get_form_state() is not None})

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form_state = self._get_form_state()
        if form_state is None:
            return self.error_response()
        shown = json.loads(form_state.data)
        self.object.kind = shown["kind"]
        self.object.set_content(QuestionContent.from_mapping(shown["content"]))
        mode = self.object.default_preview_mode
        return self.object.make_preview_request(request, mode, self.get_extra_request_attrs())


class QuestionCreateView(KeepsAnswerKeyMixin, snippets.CreateView):
    pass


class QuestionEditView(KeepsAnswerKeyMixin, snippets.EditView):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        warn_of_outdated(request, question_key(self.object.pk))
        return super().get(request, *args, **kwargs)


class QuestionDeleteView(snippets.DeleteView):
    """Wagtail asks here only whether any question may be deleted; this one may have been published."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission_for_instance("delete", self.object):
            messages.error(
                request, _("This question has been published, and answers may rest on it. Unpublish it instead.")
            )
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)


class QuestionPreviewOnCreateView(KeylessPreviewMixin, snippets.PreviewOnCreateView):
    pass


class QuestionPreviewOnEditView(KeylessPreviewMixin, snippets.PreviewOnEditView):
    pass


class QuestionViewSet(snippets.SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Question bank")
    menu_name = "question-bank"
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    preview_on_add_view_class = QuestionPreviewOnCreateView
    preview_on_edit_view_class = QuestionPreviewOnEditView
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["stem"]
    search_backend_name = None
    filterset_class = QuestionFilterSet
    ordering = "-pk"

    def get_queryset(self, request: Any) -> Any:
        return Question.objects.prefetch_related("question_clauses__clause")


def _codes(question: Question) -> str:
    return ", ".join(entry.clause.code for entry in question.question_clauses.all())


def _status(question: Question) -> str:
    """Without Wagtail's “scheduled”, which costs a query a row."""
    if not question.live:
        return gettext("Draft")
    return gettext("Published, with changes in draft") if question.has_unpublished_changes else gettext("Published")


def _title_id(question: Question) -> str:
    return f"question_{question.pk}_title"


@has_permission("quizzes.change_question")
@require_http_methods(["GET", "HEAD", "POST"])
def question_check(request: SignedInRequest, question_id: int) -> HttpResponse:
    """What changed in the clauses that a question tests since somebody looked at it."""
    question = get_object_or_404(Question, pk=question_id)
    edit_url = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    return check_citations(request, question_key(question.pk), str(question), edit_url)
