from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]

    operations = [
        GuardFact("ClauseVersion"),
        GuardFact("ClauseVersionAuthor"),
        GuardFact("ClauseVersionText"),
        GuardFact("Edition"),
        GuardFact("EditionClause"),
        GuardFact("Acknowledgement"),
        GuardFact("AcknowledgedClause"),
    ]
