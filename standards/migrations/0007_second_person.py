"""Approval by a second person, as a task of Wagtail's workflows."""

import django.db.models.deletion
from django.db import migrations, models


def delete_tasks(apps, schema_editor):
    """Without their tables Wagtail couldn't load what its own tables hold of them."""
    apps.get_model("standards.SecondPersonTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("standards", "0006_clause_questions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondPersonTaskState",
            fields=[
                (
                    "taskstate_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.taskstate",
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("is_spent", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "decision of a second person",
            },
            bases=("wagtailcore.taskstate",),
        ),
        migrations.CreateModel(
            name="SecondPersonTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval by a second person",
                "verbose_name_plural": "approvals by a second person",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.RunPython(migrations.RunPython.noop, delete_tasks),
    ]
