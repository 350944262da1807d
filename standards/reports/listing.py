"""What reports on clauses have in common: lines that no single table holds, their filters and their files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from core.reports import ColumnsReportView
from standards.models import Clause
from standards.selectors.keeping import KeptClause

NOBODY, LEFT = "nobody", "left"
Choices = list[tuple[str, str]]

CLAUSE_COLUMNS = (
    Column("code", label=gettext_lazy("Code"), classname="whole"),
    TitleColumn(
        "title",
        label=gettext_lazy("Clause"),
        get_url=lambda line: reverse("clause", args=[line.code]),
        classname="title",
    ),
)
"""Which clause a line is about: its `code` and `title`, which leads to it."""


def owner_in_words(kept: KeptClause) -> str:
    if kept.owner is None:
        return _("nobody")
    return kept.owner.name if kept.owner.is_active else _("%(name)s (has left)") % {"name": kept.owner.name}


def owner_choices(kept: Iterable[KeptClause]) -> Choices:
    owners = {one.owner for one in kept if one.owner}
    named = sorted((owner.name, str(owner.pk)) for owner in owners)
    return [(NOBODY, _("Nobody")), (LEFT, _("Somebody who has left")), *((pk, name) for name, pk in named)]


def is_kept_by(kept: KeptClause, owner: str) -> bool:
    if owner == NOBODY:
        return kept.owner is None
    if owner == LEFT:
        return kept.owner is not None and not kept.owner.is_active
    return kept.owner is not None and str(kept.owner.pk) == owner


class Line(Protocol):
    @property
    def kept(self) -> KeptClause: ...


class ClauseFilterSet(WagtailFilterSet):
    """matches: filter → whether a line answers to the chosen value. choices_of: filter → what there is to choose in these lines."""

    chapter = django_filters.ChoiceFilter(label=gettext_lazy("Chapter"), empty_label=gettext_lazy("All"))
    owner = django_filters.ChoiceFilter(label=gettext_lazy("Owner"), empty_label=gettext_lazy("All"))

    matches: ClassVar[Mapping[str, Callable[[Any, str], bool]]] = {
        "chapter": lambda line, slug: line.kept.chapter.slug == slug,
        "owner": lambda line, owner: is_kept_by(line.kept, owner),
    }
    choices_of: ClassVar[Mapping[str, Callable[[Iterable[KeptClause]], Choices]]] = {
        "chapter": lambda kept: list({one.chapter.slug: one.chapter.title for one in kept}.items()),
        "owner": owner_choices,
    }

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        # There is no queryset to filter, but the base class asks for one.
        super().__init__(*args, queryset=Clause.objects.none(), **kwargs)
        for name, choices in self.choices_of.items():
            self.filters[name].extra["choices"] = choices([line.kept for line in lines])

    def filter_queryset(self, lines: Sequence[Line]) -> list[Line]:
        chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        return [line for line in lines if all(self.matches[name](line, value) for name, value in chosen.items())]


class ClauseReportView(ColumnsReportView, ABC):
    """A report whose lines are made in one go, filtered in memory and shown by page."""

    @abstractmethod
    def make_lines(self) -> Sequence[Line]: ...

    @cached_property
    def lines(self) -> Sequence[Line]:
        return self.make_lines()

    def get_queryset(self) -> Sequence[Line]:
        return self.lines

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "lines": self.lines}


class DayColumn(Column):
    cell_template_name = "standards/admin/day_cell.html"
