from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.domain.exchange.records import LARGEST_FILE
from training.blocks import KEY_LENGTH
from training.domain.scenario.exchange.formats import FORMATS

MOST_DECISIONS = 1000


class ChoiceForm(forms.Form):
    """A choice, with the run and the decision that it was offered for."""

    run = forms.UUIDField()
    position = forms.IntegerField(min_value=1, max_value=MOST_DECISIONS)
    choice = forms.CharField(max_length=KEY_LENGTH)


class TryAgainForm(forms.Form):
    """The decision of a run to try again from."""

    position = forms.IntegerField(min_value=1, max_value=MOST_DECISIONS)


class AssignForm(forms.Form):
    """Whom, and why."""

    people: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("People"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        error_messages={"required": _("Choose at least one person.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Such as “New at the counter”. It stays on record."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class ScenarioFileForm(forms.Form):
    """A scenario of another system, or of another Piawai."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Up to 10 MB. Nothing comes in before you have seen what would."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("As its name says")), *((each.name, each.label) for each in FORMATS.values())],
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        self.suffix = PurePath(file.name).suffix.lower()
        content: bytes = file.read()
        return content

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in cleaned and not cleaned.get("format"):
            cleaned["format"] = next((each.name for each in FORMATS.values() if self.suffix in each.suffixes), "")
            if not cleaned["format"]:
                self.add_error("format", _("The name of the file doesn’t tell its format. Choose it here."))
        return cleaned
