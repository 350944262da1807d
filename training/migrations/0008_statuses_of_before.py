"""A status for each person and programme that were there before statuses were kept. Rules were the plain ones then."""

from django.db import migrations
from django.db.models import Count, Q


def fill(apps, schema_editor):
    Assignment = apps.get_model("training", "ProgramAssignment")
    Status = apps.get_model("training", "ProgramStatus")
    completions = {each.assignment_id: each for each in apps.get_model("training", "ProgramCompletion").objects.all()}
    released = set(apps.get_model("training", "AssignmentRelease").objects.values_list("assignment", flat=True))
    done = Count("completions", filter=Q(completions__activity__is_active=True))
    statuses = {}
    for assignment in Assignment.objects.annotate(done=done).order_by("learner", "program", "cycle").iterator():
        pair = (assignment.learner_id, assignment.program_id)
        held = completions.get(assignment.pk)
        before = statuses.get(pair)
        statuses[pair] = Status(
            learner_id=assignment.learner_id,
            program_id=assignment.program_id,
            assignment_id=assignment.pk,
            due_on=assignment.due_on,
            done=assignment.done,
            is_open=held is None and assignment.pk not in released,
            is_released=assignment.pk in released,
            completed_on=held.completed_on if held else before and before.completed_on,
            expires_on=held.expires_on if held else before and before.expires_on,
            opens_on=held.expires_on if held else before and before.opens_on,
        )
    Status.objects.bulk_create(statuses.values(), batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("training", "0007_program_rules")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
