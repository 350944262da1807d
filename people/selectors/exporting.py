"""All that is held on somebody, for themselves to read: a table a model, in its fields' own words. One query a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Field, FileField
from django.utils.translation import gettext as _

from people.contributions import PersonalData, personal_data
from people.models import User
from people.selectors.personal_data import model_of, rows_about, rows_with

NAMED_BY = ("title", "name", "code", "number")
"""The first of these fields that a model has says what one of its rows is."""


@dataclass(frozen=True)
class Table:
    """Rows of one model. name: of its file; rows: by the fields' names as people read them."""

    name: str
    label: str
    rows: list[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        return list(self.rows[0])

    @property
    def lines(self) -> Iterator[list[Any]]:
        yield from (list(row.values()) for row in self.rows)


@dataclass(frozen=True)
class _Column:
    """lookup: what is read; label: what it is called."""

    lookup: str
    label: str
    field: Field[Any, Any] | None = None

    @property
    def is_person(self) -> bool:
        return self.field is not None and self.field.related_model is User

    @cached_property
    def words(self) -> dict[Any, Any]:
        return dict(self.field.flatchoices) if self.field is not None and self.field.choices else {}


def tables_of_person(person: User) -> Iterator[Table]:
    """What is held on this person, and what they did; of others it says no more than that it was somebody else."""
    for entry in personal_data().values():
        if (entry.person or entry.emails or model_of(entry) is User) and (rows := _rows(entry, person)):
            yield Table(entry.model, str(model_of(entry)._meta.verbose_name_plural), rows)


def files_of_person(person: User) -> Iterator[Any]:
    """Files that are theirs (FieldFile), as the rows about them name them."""
    for entry in personal_data().values():
        fields = [name for name in entry.personal if isinstance(model_of(entry)._meta.get_field(name), FileField)]
        for row in rows_about(entry, person) if fields else ():
            yield from (file for name in fields if (file := getattr(row, name)))


def _rows(entry: PersonalData, person: User) -> list[dict[str, Any]]:
    columns, about = _columns(entry), entry.subject or entry.person
    lookups = [*(column.lookup for column in columns), *about]
    rows = []
    for values in rows_with(entry, person).values_list(*lookups):
        is_about = not about or person.pk in values[len(columns) :]
        rows.append(
            {
                column.label: _shown(column, value, person)
                for column, value in zip(columns, values, strict=False)
                if is_about or column.lookup not in entry.personal
            }
        )
    return rows


def _columns(entry: PersonalData) -> list[_Column]:
    own = [
        _Column(_lookup(field), str(field.verbose_name), field)
        for field in model_of(entry)._meta.concrete_fields
        if field.name not in entry.hidden and not getattr(field.remote_field, "parent_link", False)
    ]
    return own + [_Column(lookup, lookup.replace("__", " ").replace("_", " ")) for lookup in entry.shown]


def _lookup(field: Any) -> str:
    """Of a person the id; of anything else that a row points to, what it is called."""
    if not field.is_relation or field.related_model is User:
        return str(field.attname)
    names = {each.name for each in field.related_model._meta.concrete_fields}
    found = next((name for name in NAMED_BY if name in names), None)
    return f"{field.name}__{found}" if found else str(field.attname)


def _shown(column: _Column, value: Any, person: User) -> Any:
    if value is None:
        return None
    if column.is_person:
        return _("you") if value == person.pk else _("somebody else")
    return str(column.words.get(value, value)) if column.words else value
