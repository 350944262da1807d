"""Loading as from the command line, and what it left."""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from core import clock
from tests.factories.people import NOW


def run(command: str, **options: Any) -> str:
    out = StringIO()
    with clock.set_to(NOW):
        call_command(command, stdout=out, **options)
    return out.getvalue()


def rows() -> dict[str, str]:
    """A digest of every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = hashlib.sha256("\n".join(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return found
