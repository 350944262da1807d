"""The question form: the key is typed beside the options, and goes its own way from there. The quiz form."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BlockField
from wagtail.blocks.stream_block import StreamBlockValidationError

from quizzes.blocks.authored import WRITTEN
from quizzes.domain.authoring import Authored, compose, decompose
from quizzes.domain.kinds import Fault
from quizzes.domain.publishing import publishing_faults

OPTION_FAULTS = {
    Fault.TOO_FEW_OPTIONS: _("A question needs at least two answers to choose from."),
    Fault.SAME_OPTION_TWICE: _("Two answers say the same. Change one of them."),
    Fault.NOT_ONE_RIGHT: _(
        "Tick the one answer that is right. If several are, change the kind to “Several right answers”."
    ),
    Fault.NONE_RIGHT: _("Tick every answer that is right; at least one must be."),
}
"""What to say of the faults that only the whole set of options shows; the fields themselves catch the others."""


class QuestionForm(WagtailAdminModelForm):
    """Reads the key from the stored AnswerKey, and gives what was typed as `key`; a service writes it (quizzes.viewsets)."""

    general_feedback = forms.CharField(
        label=_("Feedback for everybody"),
        required=False,
        max_length=1000,
        widget=AdminAutoHeightTextInput,
        help_text=_("The idea behind the question, in a sentence or two. Learners read it after they have handed in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        self.stored_key = self.key = question.key
        self.content = question.content
        self.initial["general_feedback"] = self.stored_key.general
        kind = self.data.get("kind", question.kind)
        self.written = WRITTEN[kind if kind in WRITTEN else question.kind]
        authored = decompose(question.kind, self.content, self.stored_key)
        block = self.written.block
        self.fields["options"] = BlockField(block=block, label=question._meta.get_field("options").verbose_name)
        self.initial["options"] = block.to_python(self.written.show(authored))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "options" in cleaned:
            authored = Authored(
                kind=cleaned.get("kind", self.instance.kind),
                stem=cleaned.get("stem", ""),
                general=cleaned.get("general_feedback", ""),
                **self.written.read(cleaned["options"]),
            )
            self.content, self.key = compose(authored, lambda: str(uuid.uuid4()))
            if not self.is_deferred_validation:
                self._refuse_unsound_options(authored.kind)
            stored = self._meta.model.stored_options(authored.kind, self.content)
            cleaned["options"] = self._meta.model._meta.get_field("options").stream_block.to_python(stored)
        return cleaned

    def has_changed(self) -> bool:
        # Options are compared as they are stored, which is without the key.
        return super().has_changed() or self.key != self.stored_key

    def _refuse_unsound_options(self, kind: str) -> None:
        faults = publishing_faults(kind, self.content, self.key, ())
        if said := [OPTION_FAULTS[fault] for fault in faults if fault in OPTION_FAULTS]:
            errors = forms.utils.ErrorList([forms.ValidationError(message) for message in said])
            self.add_error("options", StreamBlockValidationError(non_block_errors=errors))


class QuizPageForm(WagtailAdminPageForm):
    """Publishes only what can be asked: a draw that finds too few questions is said, and keeps the quiz a draft."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid or self.is_deferred_validation or "questions" not in self.formsets:
            return valid
        formset = self.formsets["questions"]
        rows = [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and form.has_changed() | bool(form.instance.pk)
        ]
        for fault in self.instance.drawing_faults(rows):
            self.add_error(None, fault)
        return not self.errors
