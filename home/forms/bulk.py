"""What a supervisor does for many people at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from home.forms.person import DayInput, ReasonField, StretchForm


class ProgramField(forms.ModelChoiceField):
    def __init__(self, *, empty_label: Any, required: bool = True) -> None:
        super().__init__(
            queryset=None,
            label=_("Programme"),
            empty_label=empty_label,
            required=required,
            error_messages={"required": _("Choose a programme.")},
        )


class OfProgramForm(forms.Form):
    """offered: the programmes to choose among. Any may be chosen: who had it may have left the team meanwhile."""

    def __init__(self, *args: Any, programs: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["program"]
        field.queryset = programs
        self.offered = offered


class RemindManyForm(OfProgramForm):
    program = ProgramField(empty_label=_("Whatever is overdue or expired"), required=False)


class AssignManyForm(OfProgramForm):
    program = ProgramField(empty_label=_("Choose one"))
    reason = ReasonField(max_length=200, required=False)


class ExtendManyForm(OfProgramForm):
    program = ProgramField(empty_label=_("Choose one"))
    due_on = forms.DateField(
        label=_("New day"), widget=DayInput, error_messages={"required": _("Say until when they have time.")}
    )
    reason = ReasonField(max_length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self._today:
            shown = date_format(self._today, "j F Y")
            raise forms.ValidationError(_("It can’t be before %(day)s."), params={"day": shown})
        return day


class WaiveManyForm(OfProgramForm, StretchForm):
    program = ProgramField(empty_label=_("Choose one"))
    starts_on = forms.DateField(label=_("From"), widget=DayInput, error_messages={"required": _("Say from when.")})
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput, required=False, help_text=_("The last day. Empty: for good.")
    )
    reason = ReasonField(max_length=300)

    field_order = ("program", "starts_on", "ends_on", "reason")


class ChoosingForm(forms.Form):
    """Who was chosen in the list: those ticked, the page, or all that the filter finds."""

    who = forms.ChoiceField(required=False, choices=[(key, key) for key in ("ticked", "page", "all")])

    def chosen(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("who") or "ticked"


def ids_in(values: list[str]) -> list[UUID]:
    """Those that are ids, as a list of people sends them."""
    field = forms.UUIDField()
    return [found for value in values if (found := _id(field, value))]


def _id(field: forms.UUIDField, value: str) -> UUID | None:
    try:
        return field.clean(value)
    except forms.ValidationError:
        return None
