"""Notes are found by their words: a folded copy of each, which the trigram index is made over after the migration."""

from django.db import migrations, models

from tesoro.search import text_of_prose

CHUNK = 500


def fill(apps, schema_editor):
    notes = apps.get_model("timeline", "Note")._base_manager.using(schema_editor.connection.alias)
    last = 0
    while chunk := list(notes.filter(pk__gt=last).order_by("pk").only("pk", "body")[:CHUNK]):
        for note in chunk:
            note.search_text = text_of_prose(note.body)
        notes.bulk_update(chunk, ["search_text"])
        last = chunk[-1].pk


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_notes_on_relations")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True)),
                fields=["account", "created_at", "id"],
                name="note_newest",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
