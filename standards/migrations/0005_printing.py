import core.models.files
import django.db.models.deletion
import standards.models.prints
from core.models.facts import GuardFact
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("standards", "0004_tags_and_reviews"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="clausetext",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="Everybody may read its title, statement and target at /charter/, once this chapter is published.",
                verbose_name="in the customer charter",
            ),
        ),
        migrations.CreateModel(
            name="CharterFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown", models.CharField(max_length=64, unique=True)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        storage=core.models.files.private_storage,
                        upload_to=standards.models.prints.charter_file_path,
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("rendered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", ""), ("sha256", "")),
                            models.Q(models.Q(("file", ""), _negated=True), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standards_charterfile_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chapter_key", models.UUIDField(null=True)),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=core.models.files.private_storage,
                        upload_to=standards.models.prints.edition_file_path,
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rendered_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="standards.edition"
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wagtailcore.locale"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("chapter_key", None)),
                        fields=("edition", "locale"),
                        name="standards_editionfile_whole_unique",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "locale", "chapter_key"), name="standards_editionfile_chapter_unique"
                    ),
                ],
            },
        ),
        GuardFact("CharterFile"),
        GuardFact("EditionFile"),
    ]
