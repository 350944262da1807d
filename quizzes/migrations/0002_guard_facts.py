from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_initial")]

    operations = [
        GuardFact("AnswerKey"),
        GuardFact("QuestionVersion"),
        GuardFact("QuestionVersionText"),
        GuardFact("QuestionVersionClause"),
        GuardFact("QuizAttempt", sealed_by="submitted_at"),
        GuardFact("AttemptQuestion"),
        GuardFact("AskedClause"),
        GuardFact("Response"),
    ]
