import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [
        ("standards", "0007_second_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clause",
            name="moving_to",
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name="editionclause",
            name="chapter_key",
            field=models.UUIDField(db_index=True),
        ),
        migrations.CreateModel(
            name="CitationCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("citing", models.CharField(max_length=60)),
                ("was_retired", models.BooleanField()),
                ("checked_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citation_checks",
                        to="standards.clauseversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("citing", "version", "was_retired"), name="standards_citationcheck_unique"
                    )
                ],
            },
        ),
        GuardFact("CitationCheck"),
    ]
