"""On PostgreSQL, order keys byte by byte as SQLite does: folded letters need no language, and lists agree."""

from django.db import migrations

COLUMNS = [("contacts_person", "name_key", 200), ("contacts_person", "email_key", 254)]


def order_by_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, column, length in COLUMNS:
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [migrations.RunPython(order_by_bytes, migrations.RunPython.noop)]
