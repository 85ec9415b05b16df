from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0005_deals")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("actor__isnull", False), ("echo", False), ("shown", True)),
                fields=["account", "actor", "verb", "at", "echo", "shown"],
                name="event_by_actor",
            ),
        ),
    ]
