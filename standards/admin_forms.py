"""The chapter form asks why a clause changed and what kind of change it is, and guards the codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

REASON_LENGTH = (10, 1000)


class ChapterPageForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.has_unpublished_changes:
            # What was said of the last change says nothing of the next.
            self.initial["change_reason"] = ""
            for form in self.formsets["clauses"].forms:
                form.initial["change_kind"] = ""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if "clauses" not in self.formsets:
            return valid
        codes_are_right = self._check_codes()
        if self.is_deferred_validation or not valid:
            return valid and codes_are_right
        return codes_are_right and self._check_change()

    def _clause_forms(self) -> list[Any]:
        formset = self.formsets["clauses"]
        return [
            form
            for form in formset.forms
            if hasattr(form, "cleaned_data")
            and form.has_changed() | bool(form.instance.pk)
            and not form.cleaned_data.get("DELETE")
        ]

    def _check_codes(self) -> bool:
        """Each code once, none of another chapter, none retired, none changed after it was published."""
        seen: set[str] = set()
        faults = self.instance.code_faults([form.cleaned_data.get("code", "") for form in self._clause_forms()])
        right = True
        for form in self._clause_forms():
            code, was = form.cleaned_data.get("code", ""), form.initial.get("code", "")
            fault = faults.get(code)
            if code and code in seen:
                fault = _("Another clause of this chapter has this code.")
            elif was and code != was and self.instance.is_published_code(was):
                fault = _(
                    "%(code)s has been published: a code never changes. Retire the clause and write a new one."
                ) % {"code": was}
            elif not code and not self.is_deferred_validation:
                fault = _("A clause needs a code before it can be published.")
            seen.add(code)
            if fault:
                form.add_error("code", fault)
                right = False
        if lost := sorted(self.instance.arriving_codes() - seen):
            message = _(
                "%(codes)s is being moved to this chapter, but isn't in this form: open the chapter anew. To take a clause"
                " back, move it to the chapter that it came from."
            )
            self.add_error(None, message % {"codes": ", ".join(lost)})
            right = False
        return right

    def _check_change(self) -> bool:
        """A published clause that changed needs its kind, and the page a reason of 10 to 1,000 characters."""
        if not self.instance.is_source():
            return True
        changed = self.instance.changed_codes(form.instance for form in self._clause_forms())
        kept = {form.cleaned_data["code"] for form in self._clause_forms()}
        if not changed and not self.instance.retired_codes(kept):
            return True
        right = True
        for form in self._clause_forms():
            if form.cleaned_data["code"] in changed and not form.cleaned_data.get("change_kind"):
                form.add_error(
                    "change_kind", _("This clause changed: say whether people have to do something differently.")
                )
                right = False
        shortest, longest = REASON_LENGTH
        if not shortest <= len(self.cleaned_data.get("change_reason", "").strip()) <= longest:
            message = _("Say in %(shortest)s to %(longest)s characters why it changed; people read it when they sign.")
            self.add_error("change_reason", message % {"shortest": shortest, "longest": longest})
            right = False
        return right
