"""Panels of the scenario editor."""

from __future__ import annotations

from wagtail.admin.panels import Panel


class FindingsPanel(Panel):
    """A place for what the linter says, which the form's script asks for: a draft is saved without the page being loaded anew."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "training/admin/findings_panel.html"
