"""What the addresses of lists of people may say."""

from __future__ import annotations

from typing import Any

from django import forms

from core.enums import Status
from standards.enums import SignatureState
from training.selectors.team import Sort

SHOWN_AS = {
    "overdue": Status.OVERDUE,
    "expired": Status.EXPIRED,
    "in-progress": Status.IN_PROGRESS,
    "not-started": Status.ASSIGNED,
    "refresher-open": Status.REFRESH,
    "certified": Status.CERTIFIED,
    "waived": Status.WAIVED,
    "on-leave": Status.ON_LEAVE,
}
SIGNATURES_SHOWN_AS = {
    "not-signed": SignatureState.NOT_SIGNED,
    "changed": SignatureState.CHANGED,
    "signed": SignatureState.SIGNED,
}


class PeopleFilterForm(forms.Form):
    """What the address of a list of people may say. A value that makes no sense is as if it weren't there."""

    team = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    name = forms.CharField(required=False, max_length=100)

    def as_filters(self) -> dict[str, Any]:
        self.is_valid()
        return {"team_id": self.cleaned_data.get("team"), "name": self.cleaned_data.get("name", "")}


class TeamFilterForm(PeopleFilterForm):
    branch = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    show = forms.ChoiceField(required=False, choices=[(key, key) for key in SHOWN_AS])
    sort = forms.RegexField(r"^-?(name|team|status|date|(status|date):[-\w]+)$", required=False, max_length=100)

    def as_filters(self) -> dict[str, Any]:
        filters, values = super().as_filters(), self.cleaned_data
        return {
            **filters,
            "branch_id": values.get("branch"),
            "status": SHOWN_AS.get(values.get("show", "")),
            "sort": _sort(values.get("sort") or "name"),
        }


def _sort(said: str) -> Sort:
    by, _colon, of = said.removeprefix("-").partition(":")
    return Sort(by, of, is_reversed=said.startswith("-"))


class SignatureFilterForm(PeopleFilterForm):
    chapter = forms.SlugField(required=False, max_length=255, allow_unicode=True)
    show = forms.ChoiceField(required=False, choices=[(key, key) for key in SIGNATURES_SHOWN_AS])

    def as_filters(self) -> dict[str, Any]:
        filters, values = super().as_filters(), self.cleaned_data
        return {
            **filters,
            "chapter": values.get("chapter", ""),
            "state": SIGNATURES_SHOWN_AS.get(values.get("show", "")),
        }
