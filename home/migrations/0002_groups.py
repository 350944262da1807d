"""The groups of QUALITY's roles and the front page. Learner is everybody; supervisor comes from supervising a team."""

from django.db import migrations

EDITOR, APPROVER, ADMINISTRATOR = "Editors", "Approvers", "Administrators"

CONTENT = {
    "quizzes.question": "add change delete publish view",
    "training.persona": "add change delete view",
    "training.program": "add change view",
}
ORGANISATION = ("people.user", "people.team", "people.jobrole", "people.branch")

PERMISSIONS = {
    EDITOR: {**CONTENT, **dict.fromkeys(ORGANISATION, "view"), "wagtailadmin.admin": "access"},
    APPROVER: {**CONTENT, **dict.fromkeys(ORGANISATION, "view"), "wagtailadmin.admin": "access"},
    ADMINISTRATOR: {
        **dict.fromkeys(ORGANISATION, "add change view"),
        "people.invitation": "add",
        "training.program": "view",
        "training.programassignment": "add view",
        "certificates.certificate": "view",
        "core.organisationsettings": "change",
        "wagtailadmin.admin": "access",
    },
}
EXTRA = {ADMINISTRATOR: [("people", "user", "view_all_people", "See everybody and their records")]}
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
IMAGE_PERMISSIONS = ("add_image", "change_image", "choose_image")


def permission(apps, app_label, model, codename, name):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model)
    return apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )[0]


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    # Wagtail's own two groups would only confuse: ours say what people do here.
    Group.objects.filter(name__in=["Moderators"]).delete()
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for label, actions in wanted.items():
            app_label, model = label.split(".")
            for action in actions.split():
                codename = f"{action}_{model}"
                group.permissions.add(permission(apps, app_label, model, codename, f"Can {action} {model}"))
        for entry in EXTRA.get(name, ()):
            group.permissions.add(permission(apps, *entry))
    # Nothing of ours is a document, and nothing serves them.
    apps.get_model("wagtailcore.GroupCollectionPermission").objects.filter(
        permission__content_type__app_label="wagtaildocs"
    ).delete()
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for name in (EDITOR, APPROVER):
        group = Group.objects.get(name=name)
        for codename in PAGE_PERMISSIONS:
            apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
                group=group, page=root, permission=permission(apps, "wagtailcore", "page", codename, codename)
            )
        for codename in IMAGE_PERMISSIONS:
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=collection,
                permission=permission(apps, "wagtailimages", "image", codename, codename),
            )


def delete_groups(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name__in=[APPROVER, ADMINISTRATOR]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(create_groups, delete_groups)]
