"""Previews of a question that is being written. None of them holds a key."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from wagtail.admin.models import FormState
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.snippets.views import snippets
from wagtail.utils.decorators import xframe_options_sameorigin_override

from quizzes.domain.questions import QuestionContent


class KeylessPreviewMixin(PreviewOnEdit):
    """Wagtail keeps what it previews for a day: here that is what learners read, never the form with its key."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.remove_old_preview_data()
        form = self.get_form(request.POST)
        is_valid = self.validate_form(form)
        if is_valid:
            shown = {"kind": form.kind, "content": form.content.as_mapping(), "clauses": form.clause_ids}
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
        self.object.set_clauses(shown["clauses"])
        mode = self.object.default_preview_mode
        return self.object.make_preview_request(request, mode, self.get_extra_request_attrs())


class QuestionPreviewOnCreateView(KeylessPreviewMixin, snippets.PreviewOnCreateView):
    pass


class QuestionPreviewOnEditView(KeylessPreviewMixin, snippets.PreviewOnEditView):
    pass
