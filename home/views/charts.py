"""Figures over time and on the way, as the pictures of pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.domain.tallies import Tally
from training.reports.charts import CountedBars, Trend, counted_bars, trend
from training.selectors.organisation import MonthEnd


def trend_of(months: Iterable[MonthEnd]) -> Trend:
    """The share of certified people at each month's end."""
    return trend("trend", _("Certified at the end of each month"), [_month(month) for month in months])


def funnel_of(tally: Tally) -> CountedBars:
    """How far those come who are assigned: each step is a part of the one above it."""
    steps = [
        (_("Assigned"), tally.total),
        (_("Started"), tally.started),
        (_("Half done"), tally.half),
        (_("Completed at least once"), tally.completed),
        (_("Certified on that day"), tally.holding),
    ]
    return counted_bars("funnel", _("From assigned to certified"), steps, whole=tally.total)


def _month(month: MonthEnd) -> tuple[str, str, int | None, str]:
    label, short = date_format(month.day, "j F Y"), date_format(month.day, "M")
    if month.tally is None:
        return label, short, None, _("Not counted yet")
    if month.tally.percent is None:
        return label, short, None, _("Nobody had a programme")
    counted = _("%(holding)s of %(total)s") % {"holding": month.tally.holding, "total": month.tally.total}
    return label, short, month.tally.percent, counted
