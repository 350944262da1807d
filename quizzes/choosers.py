"""Choosing clauses in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.models import Locale

from standards.selectors.clauses import clause_choices_unscoped, clauses_in_force


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


def code_choices() -> list[tuple[str, Any]]:
    """Codes of clauses in force, for a line of a dialogue that may break one."""
    in_force = clauses_in_force(None, Locale.get_default())
    titles = [(clause.code, f"{clause.code} {clause.content.title}") for clause in in_force]
    return [("", _("None: it is fine")), *titles]
