"""A mailbox gets a person's notices only once the identity behind its account is verified (design §4).

Sign-up used to choose it for everybody; what was chosen for accounts that are not verified until now is forgotten, and
chosen again when they are.
"""

from django.db import migrations

FORGET = """
DELETE FROM notice_choice WHERE key IN
    (SELECT person_key FROM account WHERE person_key IS NOT NULL AND verified_at IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_campaign_indexes"), ("accounts", "0003_identity")]
    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
