"""The question form: the key is typed beside the options, and goes its own way from there."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks.stream_block import StreamBlockValidationError

from quizzes.blocks import KEY_FIELDS
from quizzes.domain.questions import Fault, KeyContent, publishing_faults

OPTION_FAULTS = {
    Fault.TOO_FEW_OPTIONS: _("A question needs at least two answers to choose from."),
    Fault.SAME_OPTION_TWICE: _("Two answers say the same. Change one of them."),
    Fault.NOT_ONE_RIGHT: _(
        "Tick the one answer that is right. If several are, change the kind to “Several right answers”."
    ),
    Fault.NONE_RIGHT: _("Tick every answer that is right; at least one must be."),
}
"""What to say of the faults that only the whole set of options shows; the fields themselves catch the others."""

_KEY_IN_FORM = re.compile(rf"options-\d+-value-({'|'.join(KEY_FIELDS)})|general_feedback")


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
        self.stored_key = self.key = self.instance.key
        self.initial["general_feedback"] = self.stored_key.general
        feedback = dict(self.stored_key.feedback)
        for option in self.initial.get("options") or ():
            option.value["is_right"] = option.id in self.stored_key.right
            option.value["feedback"] = feedback.get(option.id, "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "options" in cleaned:
            self.key = _typed_key(cleaned["options"], cleaned.get("general_feedback", ""))
            if not self.is_deferred_validation:
                self._refuse_unsound_options(cleaned)
        return cleaned

    def has_changed(self) -> bool:
        # Options are compared as they are stored, which is without the key.
        return super().has_changed() or self.key != self.stored_key

    def _refuse_unsound_options(self, cleaned: dict[str, Any]) -> None:
        content = self._meta.model.content_of(cleaned.get("stem", ""), cleaned["options"])
        faults = publishing_faults(cleaned.get("kind", ""), content, self.key, ())
        if said := [OPTION_FAULTS[fault] for fault in faults if fault in OPTION_FAULTS]:
            errors = forms.utils.ErrorList([forms.ValidationError(message) for message in said])
            self.add_error("options", StreamBlockValidationError(non_block_errors=errors))


def without_keys(data: QueryDict) -> QueryDict:
    """Form data less all that belongs to the key: what Wagtail may keep for a preview."""
    kept = data.copy()
    for name in data:
        if _KEY_IN_FORM.fullmatch(name):
            del kept[name]
    return kept


def _typed_key(options: Any, general: str) -> KeyContent:
    for option in options:
        option.id = option.id or str(uuid.uuid4())
    return KeyContent.of(
        {option.id for option in options if option.value["is_right"]},
        {option.id: option.value["feedback"] or "" for option in options},
        general,
    )
