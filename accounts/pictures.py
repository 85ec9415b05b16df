"""A logo or a photo put in place, and the file of the one before deleted."""

from django.core.files.base import ContentFile
from django.db import models, transaction


def set_picture(row: models.Model, field: str, picture: ContentFile) -> None:
    """Store ``picture`` as ``row.field``. The old file goes once the row is saved."""
    before = getattr(row, field).name
    storage = getattr(row, field).storage
    setattr(row, field, picture)
    row.save(update_fields=[field])
    if before:
        transaction.on_commit(lambda: storage.delete(before))


def remove_picture(row: models.Model, field: str) -> None:
    """Empty ``row.field``; its file goes once the row is saved."""
    file = getattr(row, field)
    before, storage = file.name, file.storage
    setattr(row, field, "")
    row.save(update_fields=[field])
    if before:
        transaction.on_commit(lambda: storage.delete(before))
