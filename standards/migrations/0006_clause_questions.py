import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [
        ("standards", "0005_printing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("question", "Question"), ("suggestion", "Suggestion")], max_length=20),
                ),
                ("is_named", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="standards.clauseversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "question or suggestion",
                "verbose_name_plural": "questions and suggestions",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                (
                    "enquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wording", to="standards.enquiry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnquiryReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("shown", "Answer, shown under the clause"),
                            ("private", "Answer, for the person who asked alone"),
                            ("closed", "Close it, with the reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("replied_at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="standards.enquiry"
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.clauseversion"
                    ),
                ),
            ],
            options={
                "ordering": ["enquiry", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("enquiry", "number"), name="standards_enquiryreply_number_unique")
                ],
            },
        ),
        GuardFact("Enquiry"),
        GuardFact("EnquiryReply"),
    ]
