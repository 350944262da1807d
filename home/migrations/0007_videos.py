"""Editors and approvers may bring in the videos of lessons, with their captions: all the documents that there are."""

from django.db import migrations

GROUPS = ["Editors", "Approvers"]
NAMES = {
    "add_document": "Can add document",
    "change_document": "Can change document",
    "choose_document": "Can choose document",
}


def allow(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtaildocs", model="document"
    )
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for codename, name in NAMES.items():
        permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def forbid(apps, schema_editor):
    apps.get_model("wagtailcore.GroupCollectionPermission").objects.filter(
        group__name__in=GROUPS, permission__content_type__app_label="wagtaildocs"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_outbox"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
