"""The quiz form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

NO_PART = _("Write a part of 1: 0.8 is 80 per cent, 1 is all.")
_OUT_OF_BOUNDS = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")


class QuizPageForm(WagtailAdminPageForm):
    """Publishes only what can be asked: a draw that finds too few questions is said, and keeps the quiz a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "mastery_score" in self.fields:
            self.fields["mastery_score"].error_messages |= dict.fromkeys(_OUT_OF_BOUNDS, NO_PART)

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
