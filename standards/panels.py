"""Panels of the chapter editor."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from standards.contributions import clause_uses


class ClauseUsesPanel(Panel):
    """For each clause of the chapter: the questions and choices that cite it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "standards/admin/clause_uses_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            codes = self.instance.codes_in_force()
            uses = clause_uses(list(codes))
            context["rows"] = [(code, uses.get(pk, [])) for pk, code in codes.items()]
            context["heading"] = _("What cites each clause")
            return context
