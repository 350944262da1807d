"""Administrators may see what runs in the background, and run it again."""

from django.db import migrations

GROUP = "Administrators"


def allow(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="core", model="longjob"
    )
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="operate",
        defaults={"name": "See what runs in the background, and run it again"},
    )
    for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
        group.permissions.add(permission)


def forbid(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="core", codename="operate"))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_translators"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0004_jobs"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
