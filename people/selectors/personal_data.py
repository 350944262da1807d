"""What is held on somebody, over every model that is registered; and where in all texts they are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, FileField, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from people.contributions import PersonalData, personal_data
from people.domain.erasing import Traces, traces_of
from people.models import Erasure, User

MOST_ROWS_NAMED = 50
"""Rows of a field of which an erasure keeps the ids, where they still name the person."""


@dataclass(frozen=True)
class Held:
    """Rows about somebody or of what they did. deleted: those that erasure deletes; kept: those that stay, under a pseudonym."""

    words: str
    deleted: int
    kept: int

    @property
    def rows(self) -> int:
        return self.deleted + self.kept


@dataclass(frozen=True)
class Naming:
    """A text that names the person. value: what stands there now."""

    entry: PersonalData | None
    model: type[Model]
    field: str
    pk: Any
    value: Any


def model_of(entry: PersonalData) -> Any:
    return apps.get_model(entry.model)


def rows_about(entry: PersonalData, person: User) -> QuerySet[Any]:
    """Rows in which this person is the one it is about: what erasure blanks or deletes."""
    return _rows(entry, person, entry.subject or entry.person)


def rows_with(entry: PersonalData, person: User) -> QuerySet[Any]:
    """Those, and the rows of what they did."""
    return _rows(entry, person, entry.person)


def _rows(entry: PersonalData, person: User, lookups: tuple[str, ...]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model_of(entry)._default_manager.order_by("pk")
    if model_of(entry) is User:
        return rows.filter(pk=person.pk)
    conditions = [Q((lookup, person.pk)) for lookup in lookups]
    conditions += [Q((f"{name}__iexact", person.email)) for name in entry.emails]
    return rows.filter(reduce(or_, conditions)) if conditions else rows.none()


def why_not_erase(person: User, by: User) -> str:
    """Why `by` may not erase this person, in words for them; empty if they may."""
    if person.pk == by.pk:
        return _("You can’t erase yourself. Ask another administrator.")
    administrators = User.objects.administrators()
    if administrators.filter(pk=person.pk).exists() and not administrators.exclude(pk=person.pk).exists():
        return _("This is the last administrator. Name another one first.")
    return ""


def held_on(person: User) -> list[Held]:
    """How many rows there are with this person, in the words of their models; the technical ones come last. A query a model."""
    counts: dict[str, list[int]] = {}
    for entry in personal_data().values():
        if rows := rows_with(entry, person).order_by().count():
            of_these = counts.setdefault(str(entry.words), [0, 0])
            of_these[0 if entry.is_deleted else 1] += rows
    technical = counts.pop("", None)
    found = [Held(words, deleted, kept) for words, (deleted, kept) in sorted(counts.items())]
    return [*found, *([Held(_("Technical records"), *technical)] if technical else [])]


def erasure_of(person: User) -> Erasure | None:
    return Erasure.objects.filter(person=person).select_related("erased_by").first()


def places_named(erased: Erasure) -> list[tuple[str, str, list[Any]]]:
    """What still names somebody after their erasure: model and field as people read them, ids of the rows."""
    named = []
    for label, field, ids in erased.remaining:
        model = apps.get_model(label)
        named.append((str(model._meta.verbose_name), str(model._meta.get_field(field).verbose_name), ids))
    return named


def traces_of_person(person: User) -> Traces:
    """The words by which they are found: every name, address and number that is or was theirs."""
    found: list[str] = []
    for entry in personal_data().values():
        for values in rows_about(entry, person).values_list(*entry.names).distinct() if entry.names else ():
            found += [str(value) for value in values if value]
    return traces_of(found)


def stored_files(entry: PersonalData, person: User) -> list[tuple[str, str, str]]:
    """(model, field, name) of the files that go with this person. The rows stay locked, so that none comes after."""
    fields = file_fields(entry)
    rows = rows_about(entry, person).select_for_update(of=("self",)) if fields else ()
    return [(entry.model, name, file.name) for row in rows for name in fields if (file := getattr(row, name))]


def file_fields(entry: PersonalData) -> list[str]:
    names = [field.name for field in model_of(entry)._meta.concrete_fields if isinstance(field, FileField)]
    return names if entry.is_deleted else [name for name in names if name in entry.personal]


def replaceable_mentions(traces: Traces) -> Iterator[Naming]:
    """Texts that name the person and are no published words: erasure rewrites them."""
    for entry in personal_data().values():
        for field in entry.mentions:
            yield from _naming(entry, model_of(entry), field, traces)


def remaining_mentions(traces: Traces) -> list[list[Any]]:
    """[model, field, ids of the first rows] of every text that still names the person, wherever in the database."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label != "wagtailsearch":  # an index only repeats what it indexes
            for field in filter(_holds_words, model._meta.local_concrete_fields):
                rows = [
                    naming.pk for naming in _naming(None, model, field.name, traces) if traces.count_in(naming.value)
                ]
                found += [[model._meta.label, field.name, rows[:MOST_ROWS_NAMED]]] if rows else []
    return found


def _holds_words(field: Field[Any, Any]) -> bool:
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def _naming(entry: PersonalData | None, model: type[Model], field: str, traces: Traces) -> Iterator[Naming]:
    if not traces:
        return
    stored: Any = Cast(field, TextField())
    named = reduce(or_, (Q(stored_text__icontains=form) for form in traces.as_stored))
    rows = model._default_manager.order_by("pk").annotate(stored_text=stored).filter(named)
    for pk, value in rows.values_list("pk", field).iterator(chunk_size=200):
        yield Naming(entry, model, field, pk, value)
