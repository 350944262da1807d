from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0005_play"),
    ]

    operations = [
        migrations.AlterField(
            model_name="persona",
            name="face",
            field=models.CharField(
                choices=[
                    ("salmah", "Woman in a headscarf"),
                    ("rizal", "Man with short hair"),
                    ("fernandez", "Older woman with grey hair"),
                    ("lim", "Man with glasses"),
                    ("yeoh", "Young woman with a fringe"),
                    ("bautista", "Older man in a flat cap"),
                ],
                max_length=30,
                verbose_name="face",
            ),
        ),
    ]
