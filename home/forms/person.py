"""What a supervisor does for one person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from standards.forms import TypedTextField
from training.domain.evidence import LARGEST, kind_of_file


class DayInput(forms.DateInput):
    """The browser's own; its value is always as ISO writes it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonField(forms.CharField):
    def __init__(self, *, max_length: int, required: bool = True) -> None:
        super().__init__(
            label=_("Reason"),
            max_length=max_length,
            required=required,
            help_text=_("It stays on record, for supervisors and administrators."),
            error_messages={"required": _("Say why.")},
        )


class ExtendForm(forms.Form):
    """present: when it is due now; today: where the person works."""

    due_on = forms.DateField(
        label=_("New day"), widget=DayInput, error_messages={"required": _("Say until when they have time.")}
    )
    reason = ReasonField(max_length=300)

    def __init__(self, *args: Any, present: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._earliest = max(present, today)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self._earliest:
            raise forms.ValidationError(_("It can’t be before %(day)s."), params={"day": _shown(self._earliest)})
        return day


class StretchForm(forms.Form):
    """From one day to another, or without an end."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput, error_messages={"required": _("Say from when.")})
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput, required=False, help_text=_("The last day. Empty: nobody knows yet.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This is before the first day."))
        return cleaned


class LeaveForm(StretchForm):
    """Why somebody is away is nobody's business here."""


class EvidenceField(forms.FileField):
    """A scan or a photo; what it is called here says nothing of what it was called there."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large. Send one of up to 10 MB."))
        kind = kind_of_file(file.read(16))
        file.seek(0)
        if kind is None:
            raise forms.ValidationError(_("This is neither a PDF nor a PNG or JPEG picture."))
        file.name = f"evidence.{kind}"
        return file


class WaiveForm(StretchForm):
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput, required=False, help_text=_("The last day. Empty: for good.")
    )
    reason = ReasonField(max_length=300)
    evidence = EvidenceField(
        label=_("Evidence"), required=False, help_text=_("If there is any: PDF, PNG or JPEG, up to 10 MB.")
    )


class PriorLearningForm(forms.Form):
    """activities: all that the assignment asks for, any of which may be ticked; offered: those that aren't done yet.

    today: where the person works.
    """

    activities: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("What they have learnt already"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what they have learnt.")},
    )
    learnt_on = forms.DateField(label=_("When"), widget=DayInput, error_messages={"required": _("Say when it was.")})
    reason = forms.CharField(
        label=_("Where, and what shows it"),
        max_length=300,
        help_text=_("It stays on record, for supervisors and administrators."),
        error_messages={"required": _("Say where they learnt it.")},
    )
    evidence = EvidenceField(
        label=_("Evidence"), required=False, help_text=_("If there is any: PDF, PNG or JPEG, up to 10 MB.")
    )

    def __init__(self, *args: Any, activities: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activities"]
        field.queryset = activities
        self.offered = [activity for activity in activities if not activity.is_done]
        self._today = today

    @property
    def ticked(self) -> set[str]:
        return set(map(str, self["activities"].value() or ()))

    def clean_learnt_on(self) -> date:
        day: date = self.cleaned_data["learnt_on"]
        if day > self._today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class WhyForm(forms.Form):
    """Ending a waiver, releasing from a programme."""

    reason = ReasonField(max_length=200)


class AssignOneForm(forms.Form):
    """offered: the programmes that would be new. Any may be chosen: sent twice, it is the same assignment."""

    program: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label=_("Programme"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose a programme.")},
    )
    reason = ReasonField(max_length=200, required=False)

    def __init__(self, *args: Any, programs: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["program"]
        field.queryset = programs
        self.offered = offered


class CoachingForm(forms.Form):
    """today: where the person works."""

    held_on = forms.DateField(label=_("Day"), widget=DayInput, error_messages={"required": _("Say on which day.")})
    text = TypedTextField(
        label=_("What you spoke about"),
        max_length=2000,
        help_text=_("Supervisors and administrators read it, and the person may ask to see it."),
        error_messages={"required": _("Write a sentence or two.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > self._today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


def _shown(day: date) -> str:
    return date_format(day, "j F Y")
