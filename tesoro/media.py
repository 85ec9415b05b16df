"""Uploaded pictures: filed by account, shown to that account's users only."""

import mimetypes
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404
from django.utils.deconstruct import deconstructible

from tesoro.access import Request

SHOWN = {".jpg", ".jpeg", ".png", ".gif", ".webp"}


@deconstructible
class UnderAccount:
    """Where an upload is kept: ``<account>/<folder>/<random name>``. The name that was sent is never used."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, instance: models.Model, filename: str) -> str:
        """Return the path of a new upload."""
        account = instance.account_id if hasattr(instance, "account_id") else instance.pk
        if account is None:
            raise ValueError("a picture belongs to an account")
        suffix = PurePosixPath(filename).suffix.lower()
        return f"{account}/{self.folder}/{uuid4().hex}{suffix if suffix in SHOWN else ''}"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, UnderAccount) and self.folder == other.folder

    def __hash__(self) -> int:
        return hash(self.folder)


def picture(request: Request, name: str) -> FileResponse:
    """Return a picture of the request's account, or raise Http404. A browser never runs what it is given here."""
    path = PurePosixPath(name)
    allowed = path.parts[:1] == (str(request.account.pk),) and ".." not in path.parts
    if not allowed or path.suffix not in SHOWN or not default_storage.exists(name):
        raise Http404
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    response = FileResponse(default_storage.open(name), content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    return response
