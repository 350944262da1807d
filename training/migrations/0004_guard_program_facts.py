from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("training", "0003_programs")]

    operations = [GuardFact("Completion"), GuardFact("ProgramCompletion"), GuardFact("AssignmentRelease")]
