"""What the reports of the admin have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.domain.exports import safe_cell


class ColumnsReportView(ReportView):
    """A report whose files (CSV, XLSX) hold the columns of its list, unless it names others in `list_export`.

    No text in them is one that a spreadsheet takes for a formula.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "columns" in vars(cls):
            columns = {str(column.accessor): column.label for column in cls.columns}
            cls.list_export = vars(cls).get("list_export") or list(columns)
            cls.export_headings = columns | vars(cls).get("export_headings", {})

    def get_preprocess_function(self, field: str, value: object, export_format: str) -> Callable[[Any], Any] | None:
        if isinstance(value, str | Promise):
            return safe_cell
        preprocess: Callable[[Any], Any] | None = super().get_preprocess_function(field, value, export_format)
        return preprocess


class CodesColumn(Column):
    """Codes of clauses, "REL-1, RES-2", of which none is broken at its hyphen."""

    def get_value(self, instance: Any) -> SafeString:
        codes = super().get_value(instance).split(", ")
        return format_html_join(", ", '<span class="code">{}</span>', ((code,) for code in codes if code))
