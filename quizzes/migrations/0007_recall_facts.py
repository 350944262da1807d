from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_recall")]

    operations = [
        GuardFact("RecallReview"),
        GuardFact("PracticeDay"),
        GuardFact("PracticeQuestion"),
        GuardFact("PracticeClause"),
        GuardFact("PracticeHint"),
        GuardFact("PracticeAnswer"),
    ]
