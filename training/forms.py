from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.blocks import KEY_LENGTH

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
