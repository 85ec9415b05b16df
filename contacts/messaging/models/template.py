"""The template: the text a WhatsApp conversation may begin with."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField, ProseField
from tesoro.trash import Trashable


class Template(Trashable):
    """A text that WhatsApp has approved. Variables stand in it as ``{{1}}``, ``{{2}}`` …"""

    title = LineField(_("title"), max_length=100)
    body = ProseField(_("text"), max_length=1_024)
    content_sid = LineField(_("content SID"), max_length=34, blank=True, default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta(Trashable.Meta):
        verbose_name = _("WhatsApp template")
        verbose_name_plural = _("WhatsApp templates")

    def __str__(self) -> str:
        return self.title
