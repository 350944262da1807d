"""Who was reminded of a review stands in the outbox; those who were aren't told again."""

from django.db import migrations


def keep_what_was_told(apps, schema_editor):
    Notice = apps.get_model("outbox", "Notice")
    reminders = apps.get_model("standards", "ReviewReminder").objects.filter(tries__gt=0).select_related("clause")
    Notice.objects.bulk_create(
        (
            Notice(
                recipient_id=reminder.owner_id,
                kind="review_due",
                key=f"review-{reminder.stage}:{reminder.clause_id}:{reminder.due_on}",
                context={"code": reminder.clause.code, "title": "", "due_on": reminder.due_on, "is_last": False},
                url=f"/standards/{reminder.clause.code}/review/",
                created_at=reminder.tried_at,
                is_in_bell=False,
            )
            for reminder in reminders
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
        ("standards", "0009_languages"),
    ]

    operations = [
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="ReviewReminder"),
    ]
