"""Administrators see the outbox and send failed mails again."""

from django.db import migrations

GROUP = "Administrators"


def allow(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label="outbox", model="mail")
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="retry_mail",
        defaults={"name": "See what was told to whom, and send failed mails again"},
    )
    for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
        group.permissions.add(permission)


def forbid(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name=GROUP):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="outbox", codename="retry_mail"))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_operators"),
        ("outbox", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
