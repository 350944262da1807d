from django.db import migrations

from core.models.facts import GuardFact


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]

    operations = [GuardFact("Certificate"), GuardFact("CertificateClause")]
