"""What may change after a look (whether it is hidden, until when) stands outside the journal (ADR 0013)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_blocks")]
    operations = [
        migrations.RemoveField(model_name="inquiry", name="hidden_until"),
        migrations.RemoveField(model_name="inquiry", name="hidden_reason"),
    ]
