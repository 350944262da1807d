"""Administrators may see what runs in the background, run it again, and read in the site history who did."""

from django.db import migrations

GROUP = "Administrators"
PERMISSIONS = [
    ("core", "longjob", "operate", "See what runs in the background, and run it again"),
    ("django_tasks_database", "dbtaskresult", "view_dbtaskresult", "Can view Task Result"),
]


def allow(apps, schema_editor):
    for app_label, model, codename, name in PERMISSIONS:
        content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
            group.permissions.add(permission)


def forbid(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
        for app_label, _, codename, _ in PERMISSIONS:
            group.permissions.remove(*group.permissions.filter(content_type__app_label=app_label, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_translators"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0004_jobs"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
