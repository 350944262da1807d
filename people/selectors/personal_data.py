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
    """Rows about somebody or of what they did: how many erasure deletes, empties of what is personal, or leaves to the pseudonym."""

    words: str
    deleted: int = 0
    emptied: int = 0
    kept: int = 0

    @property
    def rows(self) -> int:
        return self.deleted + self.emptied + self.kept

    def __add__(self, other: Held) -> Held:
        return Held(self.words, self.deleted + other.deleted, self.emptied + other.emptied, self.kept + other.kept)


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
    """How many rows there are with this person, in the words of their models; the technical ones come last."""
    found: dict[str, Held] = {}
    for entry in personal_data().values():
        words = str(entry.words) or _("Technical records")
        found[words] = found.get(words, Held(words)) + _held(entry, person, words)
    technical = [words for words in found if words == _("Technical records")]
    return [found[words] for words in (*sorted(set(found) - set(technical)), *technical) if found[words].rows]


def _held(entry: PersonalData, person: User, words: str) -> Held:
    """A query, and one more where some rows are about them and others only of what they did."""
    rows = rows_with(entry, person).order_by().count()
    about = rows_about(entry, person).order_by().count() if entry.subject and rows else rows
    if entry.is_deleted:
        return Held(words, deleted=about, kept=rows - about)
    return Held(words, emptied=about, kept=rows - about) if entry.personal else Held(words, kept=rows)


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
