from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        GuardFact("ScenarioVersion"),
        GuardFact("ScenarioVersionText"),
        GuardFact("ChoiceCitation"),
        GuardFact("Playthrough", sealed_by="ended_at"),
        GuardFact("PlaythroughStep"),
        GuardFact("StepClause"),
    ]
