"""Wagtail's own workflow asks a group that isn't there for its approval of every page. Ours stand where an approval is wanted."""

from django.db import migrations

NAME = "Moderators approval"


def delete_stock_workflow(apps, schema_editor):
    used = apps.get_model("wagtailcore.WorkflowState").objects.values("workflow")
    workflows = apps.get_model("wagtailcore.Workflow").objects.filter(name=NAME).exclude(pk__in=used)
    tasks = apps.get_model("wagtailcore.Task").objects.filter(name=NAME, workflow_tasks__workflow__in=workflows)
    pks = list(tasks.values_list("pk", flat=True))
    workflows.delete()
    apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(pk__in=pks).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0002_groups"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(delete_stock_workflow, migrations.RunPython.noop)]
