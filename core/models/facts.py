"""Facts: what happened is recorded once and never changed. A correction is a new fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, NoReturn, Self

from django.db import connections, models, transaction
from django.db.migrations.operations.base import Operation


class FactError(Exception):
    """Something tried to change or delete a fact."""


class FactQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise FactError(f"{self.model.__name__} rows are facts: they can't be updated.")

    def delete(self) -> NoReturn:
        raise FactError(f"{self.model.__name__} rows are facts: they can't be deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FactError(f"{self.model.__name__} rows are facts: they can't be updated.")

    def erase_columns(self, **blanks: Any) -> int:
        """Blank what is personal in these rows; how many. For people.services.erasing alone (tests/architecture.py holds it to that)."""
        with transaction.atomic(self.db), _guard_open_for_erasing(self.db):
            return super().update(**blanks)


class Fact(models.Model):
    """Insert-only row. A model that is ordinary until some moment names the field of that moment in `sealed_by`.

    On PostgreSQL the same holds in the database itself (`GuardFact` in the migration).
    """

    sealed_by: ClassVar[str | None] = None
    wagtail_reference_index_ignore = True  # nothing may delete what a fact points to: PROTECT says so already

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        instance = super().from_db(db, field_names, values, **kwargs)
        instance._was_sealed = instance._is_sealed() if cls.sealed_by in (*field_names, None) else True
        return instance

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and getattr(self, "_was_sealed", self.sealed_by is None):
            raise FactError(f"{self!r} is a fact: it can't be changed.")
        super().save(*args, **kwargs)
        self._was_sealed = self._is_sealed()

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Any] | None = None,
    ) -> None:
        read = None if fields is None else list(fields)
        super().refresh_from_db(using, read, from_queryset)
        if read is None or self.sealed_by in read:
            self._was_sealed = self._is_sealed()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FactError(f"{self!r} is a fact: it can't be deleted.")

    def _is_sealed(self) -> bool:
        return self.sealed_by is None or getattr(self, self.sealed_by) is not None


@contextmanager
def _guard_open_for_erasing(using: str) -> Iterator[None]:
    """The triggers of PostgreSQL let an update pass in here, and in this transaction only."""
    if connections[using].vendor != "postgresql":
        yield
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('piawai.erasing', 'on', true)")
        yield
        cursor.execute("SELECT set_config('piawai.erasing', '', true)")


GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION piawai_guard_fact() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('piawai.erasing', true) = 'on' AND NEW.id = OLD.id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% rows are facts: they can''t be changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql
"""
"""Every fact has a column `id`. What erasing may not change either is the rest of the row: Python sees to that."""


class GuardFact(Operation):
    """Migration operation: let PostgreSQL itself refuse UPDATE and DELETE on a fact's table (once `sealed_by` is set)."""

    reversible = True

    def __init__(self, model_name: str, sealed_by: str | None = None) -> None:
        self.model_name = model_name
        self.sealed_by = sealed_by

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model_name], {"sealed_by": self.sealed_by}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        condition = f"WHEN (OLD.{self.sealed_by} IS NOT NULL)" if self.sealed_by else ""
        schema_editor.execute(GUARD_FUNCTION, params=None)
        schema_editor.execute(
            f'CREATE TRIGGER {table}_is_fact BEFORE UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW {condition} EXECUTE FUNCTION piawai_guard_fact()"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f'DROP TRIGGER IF EXISTS {table}_is_fact ON "{table}"')

    def describe(self) -> str:
        return f"Guard the facts of {self.model_name}"
