"""The staged row: one data record of the file, what was found about it, and what will be written."""

import json
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from contacts.imports.models.run import ImportRun
from tesoro.tenancy import AccountOwned, AccountQuerySet


class Verdict(models.TextChoices):
    """What will happen, or has happened, with a row."""

    NEW = "new", _("Will be created")
    UPDATE = "update", _("Will be updated")
    SKIP = "skip", _("Skipped")
    ERROR = "error", _("With errors")


class ReadableEncoder(json.JSONEncoder):
    """Stores letters as letters, so that a search in the column finds them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class ImportRowQuerySet(AccountQuerySet):
    """Queries with names."""

    def writable(self) -> Self:
        """Return the rows that an import writes, in the order of the file."""
        return self.filter(verdict__in=[Verdict.NEW, Verdict.UPDATE]).order_by("line")

    def failing(self) -> Self:
        """Return the rows with errors, in the order of the file."""
        return self.filter(verdict=Verdict.ERROR).order_by("line")

    def with_error_in(self, field: str) -> Self:
        """Return the rows with an error in this field."""
        return self.filter(error_fields__contains=f",{field},")

    def containing(self, text: str) -> Self:
        """Return the rows in whose cells this text stands, as typed in the file or corrected since.

        Case does not count, accents do. SQLite ignores the case of ASCII letters only, and PostgreSQL that of others
        only in some collations: both are asked for the text as typed, in small and capital letters, and capitalised.
        """
        spellings = {text, text.lower(), text.upper(), text.title()} if not text.isascii() else {text}
        found = models.Q()
        for spelling in spellings:
            found |= models.Q(text__icontains=json.dumps(spelling, ensure_ascii=False)[1:-1])
        return self.annotate(text=Cast("cells", models.TextField())).filter(found)


class ImportRow(AccountOwned):
    """One data record. ``line`` is where it begins in the file and tells the rows of a run apart.

    ``cells`` are the cells as in the file, with corrections in place; ``originals`` keeps, by column, what a
    correction replaced. ``values`` are the cleaned values of a row that will be written. ``email_key`` is what tells
    records of the kind apart: of people the email, of companies the name. ``target`` is the id of who has it.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="staged", db_index=False)
    number = models.PositiveIntegerField(_("row"))
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(default=list, encoder=ReadableEncoder)
    originals = models.JSONField(default=dict)
    faults = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict.choices)
    errors = models.JSONField(_("errors"), default=list)
    error_fields = models.CharField(max_length=400, default="", blank=True)
    email_key = models.CharField(max_length=254, default="", blank=True)
    target = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        indexes = [
            models.Index(fields=["run", "verdict", "line"], name="import_row_verdict"),
            models.Index(
                fields=["run", "email_key", "line"], name="import_row_email", condition=~models.Q(email_key="")
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_line")]

    def __str__(self) -> str:
        return f"{self.run_id}, line {self.line}"
