"""What the address of the organisation's figures may say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.enums import Status
from home.forms.filters import SHOWN_AS
from home.forms.person import DayInput
from training.enums import Grouping
from training.selectors.organisation import Chosen

GROUPED_BY = {
    "branch": Grouping.BRANCH,
    "team": Grouping.TEAM,
    "role": Grouping.JOB_ROLE,
    "programme": Grouping.PROGRAM,
}


class IdField(forms.IntegerField):
    """The id of something, or the one that stands for none of them."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=-1, max_value=2**31)


class AsOfForm(forms.Form):
    """What the address of the organisation's figures may say. Only a day that makes no sense is told; today is in force then."""

    by = forms.ChoiceField(required=False, choices=[(key, key) for key in GROUPED_BY])
    branch, team, role, programme = IdField(), IdField(), IdField(), IdField()
    show = forms.ChoiceField(required=False, choices=[(key, key) for key in SHOWN_AS])
    sort = forms.RegexField(r"^-?[a-z_]+$", required=False, max_length=20)
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.is_valid()

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > self._today:
            message = _("This day is still to come. The latest is today, %(day)s.")
            raise forms.ValidationError(message, params={"day": date_format(self._today, "j F Y")})
        if day and day.year < 1900:
            raise forms.ValidationError(_("Nothing is on record of that time."))
        return None if day == self._today else day

    @property
    def day(self) -> date:
        return self.cleaned_data.get("on") or self._today

    @property
    def grouping(self) -> Grouping:
        return GROUPED_BY.get(self.cleaned_data.get("by", ""), Grouping.BRANCH)

    @property
    def status(self) -> Status | None:
        return SHOWN_AS.get(self.cleaned_data.get("show", ""))

    @property
    def chosen(self) -> Chosen:
        values = self.cleaned_data
        return Chosen(
            branch=values.get("branch") or None,
            team=values.get("team") or None,
            job_role=values.get("role") or None,
            program=values.get("programme") or None,
        )

    @property
    def in_address(self) -> dict[str, str]:
        """What was understood, as an address says it."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
