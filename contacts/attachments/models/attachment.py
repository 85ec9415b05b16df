"""The attachment: a file of a person. It is stored under a random name and never run by a browser."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models import Entry
from tesoro.media import UnderAccount

NAME_LENGTH = 150


class Attachment(Entry):
    """A file of a person; ``name`` is how its sender called it, without what could do harm."""

    file = models.FileField(_("file"), upload_to=UnderAccount("files"), max_length=200, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    thumbnail = models.FileField(upload_to=UnderAccount("thumbnails"), max_length=200, blank=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name
