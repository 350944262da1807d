from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_guard_facts")]

    operations = [
        migrations.AddField(
            model_name="chapterpage",
            name="minutes",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, help_text="Minutes to read, counted at each publication."
            ),
        ),
    ]
