"""The form of a programme: rules that contradict each other, and activities that can't be taken away, are told at their field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from training.domain.recertification import ProblemKind, problems
from training.enums import ActivityKind

FIELDS = {"basis": "expiry_basis", "fixed_on": "fixed_expiry_on"}
"""Fields of the rules that are called otherwise in the form."""

MESSAGES: dict[tuple[str, ProblemKind], str | Promise] = {
    ("window_days", ProblemKind.NEEDS_PERIOD): _(
        "Without a validity nothing expires. Say how many months it holds, or take this out."
    ),
    ("grace_days", ProblemKind.NEEDS_PERIOD): _(
        "Without a validity nothing expires. Say how many months it holds, or take this out."
    ),
    ("basis", ProblemKind.NEEDS_PERIOD): _("This needs a validity: say how many months it holds."),
    ("window_days", ProblemKind.LONGER_THAN_PERIOD): _(
        "The refresher would open before it was done: make this shorter than the validity."
    ),
    ("minimum_months", ProblemKind.LONGER_THAN_PERIOD): _("It can’t hold longer than its validity."),
    ("minimum_months", ProblemKind.SHORTER_THAN_WINDOW): _(
        "The next refresher would open on the day that this one is done. Make it longer."
    ),
    ("minimum_months", ProblemKind.FIXED_ONLY): _(
        "This is for a validity that counts from a fixed day. Take it out, or choose that."
    ),
    ("fixed_on", ProblemKind.MISSING): _("Say on which day it expires."),
}
TOO_SMALL = _("This can’t be so little.")


class ProgramForm(WagtailAdminModelForm):
    """Keeps an activity that people have done: it can be taken out of use, not deleted."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rules = ("active_months", "window_days", "expiry_basis", "minimum_months", "fixed_expiry_on", "grace_days")
        if not any(name in self.errors for name in rules):
            for name in rules:
                setattr(self.instance, name, cleaned.get(name, getattr(self.instance, name)))
            for problem in problems(self.instance.rules):
                self.add_error(
                    FIELDS.get(problem.field, problem.field), MESSAGES.get((problem.field, problem.kind), TOO_SMALL)
                )
        return cleaned

    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        forms = [form for form in getattr(self, "formsets", {}).get("activities", ()) if hasattr(form, "cleaned_data")]
        found = [self._deletes_what_was_done(forms), _repeats(forms)]
        return is_valid and not any(found)

    def _deletes_what_was_done(self, forms: Iterable[Any]) -> bool:
        message = _(
            "People have done “%(title)s”, and that stays on record. Switch off “in use” instead of deleting it."
        )
        kept = [form for form in forms if _is_deleted(form) and form.instance.pk and form.instance.has_completions()]
        for form in kept:
            self.add_error(None, message % {"title": form.instance})
        return bool(kept)


def _repeats(forms: Iterable[Any]) -> bool:
    """Whether a page stands there twice; told at the second. As typed: what Django found to be double is not in its cleaned data."""
    seen, found = set(), False
    for form in forms:
        for kind in ActivityKind:
            page = "" if _is_deleted(form) else str(form[kind].value() or "")
            if page and page in seen:
                form.add_error(kind, _("This stands in the programme already."))
                found = True
            seen.add(page)
    return found


def _is_deleted(form: Any) -> bool:
    return bool(form.cleaned_data.get("DELETE"))
