"""PostgreSQL's guard of facts lets through what erases a person, and only that."""

from django.db import migrations

from core.models.facts import GUARD_FUNCTION

STRICT = """
CREATE OR REPLACE FUNCTION piawai_guard_fact() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% rows are facts: they can''t be changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql
"""


def let_erasing_pass(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD_FUNCTION, params=None)


def let_nothing_pass(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STRICT, params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_quiet_hours")]

    operations = [migrations.RunPython(let_erasing_pass, let_nothing_pass)]
