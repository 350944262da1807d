"""How many have signed, by chapter; nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from core.reports import ColumnsReportView
from standards.domain.signatures import SMALLEST_GROUP, ShownCount, shown_counts
from standards.selectors.signatures import ChapterCounts, signature_counts_unscoped


@dataclass(frozen=True)
class SignatureLine:
    """A chapter with its counts as this reader may see them."""

    chapter: str
    people: str | int
    signed: str | int
    changed: str | int
    not_signed: str | int
    share: str


class SignaturesReportView(ColumnsReportView):
    """How many have signed each chapter, for everybody in the admin; nobody's name. Small groups are shown to who may see everybody."""

    page_title = gettext_lazy("Signatures")
    header_icon = "tick"
    index_url_name = "signatures_report"
    index_results_url_name = "signatures_report_results"
    paginate_by = None
    export_filename = "signatures"
    columns = [
        Column("chapter", label=gettext_lazy("Chapter"), classname="title"),
        Column("people", label=gettext_lazy("People")),
        Column("signed", label=gettext_lazy("Signed")),
        Column("changed", label=gettext_lazy("Changed since")),
        Column("not_signed", label=gettext_lazy("Not signed")),
        Column("share", label=gettext_lazy("Share")),
    ]

    def get_queryset(self) -> list[SignatureLine]:
        sees_all = self.request.user.has_perm("people.view_all_people")
        return [_line(counts, sees_all) for counts in signature_counts_unscoped()]


def _line(counts: ChapterCounts, sees_all: bool) -> SignatureLine:
    parts = (counts.signed, counts.changed, counts.not_signed)
    people, signed, changed, not_signed = _shown(counts.people, parts, sees_all)
    return SignatureLine(
        chapter=f"{counts.chapter.number} {counts.chapter.page.title}",
        people=worded(people),
        signed=worded(signed),
        changed=worded(changed),
        not_signed=worded(not_signed),
        share=_share(signed, counts.people) if people.number else "",
    )


def _shown(people: int, parts: Sequence[int], sees_all: bool) -> list[ShownCount]:
    if sees_all:
        return [ShownCount(number) for number in (people, *parts)]
    return [*shown_counts([people]), *shown_counts(parts)]


def worded(count: ShownCount) -> str | int:
    """A number as it may be shown, in words where it must not be exact."""
    if count.number is None:
        return _("fewer than %(number)s") % {"number": SMALLEST_GROUP}
    return _("more than %(number)s") % {"number": count.number} if count.is_more else count.number


def _share(signed: ShownCount, people: int) -> str:
    if signed.number is None:
        return ""
    percent = f"{100 * signed.number // people} %"
    return _("more than %(number)s") % {"number": percent} if signed.is_more else percent
