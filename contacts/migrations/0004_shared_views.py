import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_phone_and_signature"),
        ("contacts", "0003_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="shared",
            field=models.BooleanField(
                default=False,
                help_text="Everybody sees it. You and admins can change it.",
                verbose_name="shared with the office",
            ),
        ),
        migrations.AlterField(
            model_name="savedview",
            name="query",
            field=models.CharField(
                blank=True, editable=False, max_length=2000, verbose_name="search, filters and columns"
            ),
        ),
        migrations.AddIndex(
            model_name="savedview",
            index=models.Index(fields=["account", "section"], name="view_of_section"),
        ),
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(editable=False, max_length=20)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="defaults",
                        to="contacts.savedview",
                    ),
                ),
            ],
            options={
                "verbose_name": "default view",
                "verbose_name_plural": "default views",
                "constraints": [models.UniqueConstraint(fields=("user", "section"), name="default_view_once")],
            },
        ),
    ]
