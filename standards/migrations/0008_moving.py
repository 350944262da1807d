from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standards", "0003_chapterpage_minutes")]

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
    ]
