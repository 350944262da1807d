from decimal import Decimal

from django.db import migrations

from core.models.facts import GuardFact
from quizzes.domain.answers import answer_from_json
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import kind_of
from quizzes.domain.questions import QuestionContent


def give_marks(apps, schema_editor):
    """Attempts that were handed in before marks were kept get the ones that their result was made of."""
    attempts = apps.get_model("quizzes", "QuizAttempt").objects.filter(submitted_at__isnull=False, grades=None)
    grades = apps.get_model("quizzes", "AttemptGrade").objects
    for attempt in attempts.prefetch_related(
        "questions__responses", "questions__text", "questions__version__answer_key"
    ):
        rows = []
        for asked in sorted(attempt.questions.all(), key=lambda one: one.position):
            last = max(asked.responses.all(), key=lambda one: one.number, default=None)
            mark = kind_of(asked.version.kind).mark(
                QuestionContent.from_mapping(asked.text.text),
                KeyContent.from_mapping(asked.version.answer_key.payload),
                answer_from_json(last.chosen if last else ()),
            )
            rows.append([asked.position, asked.version_id, str(mark), None])
        grades.create(
            attempt=attempt,
            number=1,
            marks=rows,
            score_raw=attempt.score_raw or Decimal(0),
            score_max=attempt.score_max or Decimal(0),
            score_scaled=attempt.score_scaled or Decimal(0),
            is_success=bool(attempt.is_success),
            graded_at=attempt.submitted_at,
        )


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_question_kinds")]

    operations = [
        migrations.RunPython(give_marks, migrations.RunPython.noop),
        GuardFact("AttemptGrade"),
    ]
