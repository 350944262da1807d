"""Choosing clauses in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from standards.selectors.clauses import clause_choices_unscoped


class ClauseSelect(forms.Select):
    """Clauses in force as “REL-1 Keep the promise”; one that was retired stays where it is already chosen."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        titles = {str(clause): title for clause, title in clause_choices_unscoped()}
        blank, *rest = self.choices
        retired = [
            (str(clause), _("%(code)s (retired)") % {"code": code})
            for clause, code in rest
            if str(clause) in value and str(clause) not in titles
        ]
        shown = forms.Select(self.attrs, [blank, *retired, *titles.items()])
        groups: list[Any] = shown.optgroups(name, value, attrs)
        return groups
