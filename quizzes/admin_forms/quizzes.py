"""The quiz form."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm


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
