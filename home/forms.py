from __future__ import annotations

from typing import Any

from django import forms

from core.enums import Status

SHOWN_AS = {
    "overdue": Status.OVERDUE,
    "expired": Status.EXPIRED,
    "in-progress": Status.IN_PROGRESS,
    "not-started": Status.ASSIGNED,
    "certified": Status.CERTIFIED,
}


class TeamFilterForm(forms.Form):
    """What the address of My team may say. A value that makes no sense is as if it weren't there."""

    team = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    name = forms.CharField(required=False, max_length=100)
    show = forms.ChoiceField(required=False, choices=[(key, key) for key in SHOWN_AS])

    def as_filters(self) -> dict[str, Any]:
        self.is_valid()
        values = self.cleaned_data
        return {
            "team_id": values.get("team"),
            "name": values.get("name", ""),
            "status": SHOWN_AS.get(values.get("show", "")),
        }
