"""Places are compared without case and accents: a folded copy of the locations of each lead."""

from django.db import migrations, models

from tesoro.text import fold

CHUNK = 500


def fill(apps, schema_editor):
    leads = apps.get_model("leads", "Lead")._base_manager.using(schema_editor.connection.alias).exclude(locations="")
    last = 0
    while chunk := list(leads.filter(pk__gt=last).order_by("pk").only("pk", "locations")[:CHUNK]):
        for lead in chunk:
            lead.places_key = fold(lead.locations)
        leads.bulk_update(chunk, ["places_key"])
        last = chunk[-1].pk


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="places_key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
