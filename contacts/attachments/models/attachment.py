"""The attachment: a file of a person, a company or a deal, stored under a random name and never run by a browser."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.attachments.kinds import FileKind, kind_of
from contacts.attachments.naming import NAME_LENGTH, chosen_name, ending
from contacts.timeline.models import SubjectEntry
from tesoro.media import UnderAccount


class Attachment(SubjectEntry):
    """A file of a person, a company or a deal; ``name`` is how its sender called it, without what could do harm."""

    file = models.FileField(_("file"), upload_to=UnderAccount("files"), max_length=200, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    thumbnail = models.FileField(upload_to=UnderAccount("thumbnails"), max_length=200, blank=True, editable=False)
    # False for what came with an email: the email's card tells of it.
    own_card = models.BooleanField(default=True, editable=False)

    # What `attach` had to do to the name that was sent, in words.
    renamed = ""

    class Meta(SubjectEntry.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> FileKind:
        """What kind of file its name says it is: icon and word. It says so to people; nothing is opened by it."""
        return kind_of(self.name)

    @property
    def source(self) -> str:
        """Who added it, in words. Reads the author."""
        if self.author:
            return self.author.get_full_name()
        return gettext("Somebody who has left") if self.own_card else gettext("From an email")

    def rename(self, name: str, *, by: Any) -> None:
        """Give the file another name with the same ending. Raises PermissionDenied, or ValidationError."""
        self.demand(by)
        self.name = chosen_name(name, ending(self.name))
        self.save(update_fields=["name"])

    def _show(self, shown: bool) -> None:
        super()._show(shown and self.own_card)
